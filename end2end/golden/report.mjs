// What a run of the comparison found: differences in groups, so that a reader sees at a glance what a commit changed.
import { answerDifferences } from './compare/answers.mjs';
import { lineOf, withoutAllowed } from './compare/allow.mjs';

/** The width of a printed value. */
const WIDE = 220;

export class Report {
  /** Answers that were compared, by part. */
  counts = new Map();
  #groups = new Map();
  #entries;
  #used = new Set();

  /** `entries` are those of `allowed.mjs`. */
  constructor(entries) {
    this.#entries = entries;
  }

  /** Compares the two answers to one question. `part` is what sort of question it is, `name` the question, `what` as in `answers.mjs`. */
  compare(part, name, what, base, now) {
    const count = this.counts.get(part) ?? { answers: 0, differ: 0 };
    this.counts.set(part, count);
    count.answers += 1;
    const { left, used } = withoutAllowed(this.#entries, part, name, answerDifferences(what, base, now));
    for (const entry of used) this.#used.add(entry);
    if (left.length > 0) count.differ += 1;
    for (const difference of left) this.#add(part, name, difference);
  }

  #add(part, name, difference) {
    const { what, kind, path, base, now } = difference;
    const key = `${part}  ${what}  ${path}  ${kind}`;
    const group = this.#groups.get(key) ?? { count: 0, alike: new Map() };
    this.#groups.set(key, group);
    group.count += 1;
    // Within a group, differences that are the same but for addresses and numbers have one example.
    const sort = `${plain(base)} → ${plain(now)}`;
    const alike = group.alike.get(sort) ?? { count: 0, name, base, now };
    group.alike.set(sort, alike);
    alike.count += 1;
  }

  get isEqual() {
    return this.#groups.size === 0;
  }

  /** The report as text; `most` examples a group. */
  text(most) {
    const lines = [];
    const groups = [...this.#groups].sort(([, a], [, b]) => b.count - a.count);
    for (const [key, { count, alike }] of groups) {
      lines.push(`${key}  ${times(count)}`);
      const sorts = [...alike.values()].sort((a, b) => b.count - a.count);
      for (const { count: own, name, base, now } of sorts.slice(0, most)) {
        lines.push(`    ${own} ×, as in ${name}`);
        const from = firstDifference(base, now);
        if (base !== undefined) lines.push(`      - ${shown(base, from)}`);
        if (now !== undefined) lines.push(`      + ${shown(now, from)}`);
      }
      if (sorts.length > most) lines.push(`    and ${sorts.length - most} more sorts (--show ${sorts.length})`);
    }
    if (groups.length > 0) lines.push('');
    for (const [part, { answers, differ }] of this.counts) {
      lines.push(`  ${part.padEnd(10)} ${String(answers).padStart(7)} answers${differ ? `, ${differ} differ` : ''}`);
    }
    const idle = this.#entries.filter((entry) => !this.#used.has(entry));
    lines.push(...idle.map((entry) => `allowed.mjs: this entry allowed nothing: ${lineOf(entry)}`));
    return lines.join('\n');
  }
}

const times = (count) => (count === 1 ? 'once' : `${count} times`);

/** A value without its numbers and addresses. */
const plain = (value) => (value === undefined ? '' : JSON.stringify(value).replace(/[0-9a-f]*:[0-9a-f:]+|\d+(?:\.\d+)*/gi, '#'));

const textOf = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Where two values begin to differ; 0 if there is only one. */
function firstDifference(base, now) {
  if (base === undefined || now === undefined) return 0;
  const [before, after] = [base, now].map(textOf);
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  return at;
}

/** The part of a value around the first difference. */
function shown(value, difference) {
  const text = textOf(value);
  const from = difference < WIDE - 60 ? 0 : difference - 60;
  return `${from > 0 ? '…' : ''}${text.slice(from, from + WIDE)}${text.length > from + WIDE ? '…' : ''}`;
}
