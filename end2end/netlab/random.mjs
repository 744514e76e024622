// Random choices that can be repeated with a seed: mulberry32.

export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
    for (let round = 0; round < 4; round++) this.next(); // Neighbouring seeds have similar first numbers.
  }

  /** From 0 up to, but not including, 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  /** One of the values, by weight: `[[weight, value], ...]`. */
  weighted(choices) {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choices) if ((left -= weight) < 0) return value;
    return choices.at(-1)[1];
  }

  shuffle(list) {
    const result = [...list];
    for (let index = result.length - 1; index > 0; index--) {
      const other = this.between(0, index);
      [result[index], result[other]] = [result[other], result[index]];
    }
    return result;
  }

  /** Up to `count` different members. */
  some(list, count) {
    return this.shuffle(list).slice(0, count);
  }
}
