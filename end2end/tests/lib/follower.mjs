// A client of kubehop that behaves like the page: one snapshot, then the stream of changes, and a new snapshot after a reset.
import { createHash } from 'node:crypto';
import { openEvents } from './events.mjs';

export class Follower {
  /** Every row, by kind and key. */
  rows = new Map();
  /** `{ seq, at }` of every received frame: its number, and the time when it was put into the log. */
  frames = [];
  resets = 0;
  seq = 0;
  #closed = false;

  static async open(url, query = '') {
    const follower = new Follower();
    follower.url = url;
    follower.query = query;
    follower.done = follower.#follow(await follower.#load());
    return follower;
  }

  /** Its rows in an order that does not depend on the order of arrival. */
  get held() {
    return sorted([...this.rows.values()]);
  }

  get hash() {
    return hashOf(this.held);
  }

  close() {
    this.#closed = true;
    this.events.close();
    return this.done;
  }

  async #load() {
    const { cursor, rows } = await (await fetch(`${this.url}/api/v1/snapshot${this.query}`)).json();
    this.rows = new Map(rows.map((row) => [`${row.kind} ${row.key}`, row]));
    this.seq = seqOf(cursor);
    return cursor;
  }

  async #follow(cursor) {
    try {
      for (;;) {
        this.events = await openEvents(this.url, { query: `${this.query || '?'}${this.query && '&'}since=${cursor}` });
        let event;
        while ((event = await this.events.next()) && event.event !== 'reset') this.#take(event);
        if (this.#closed) return;
        if (!event) throw new Error('kubehop ended the stream');
        this.resets += 1;
        this.events.close();
        cursor = await this.#load();
      }
    } catch (error) {
      if (!this.#closed) this.failure = error;
    }
  }

  #take({ event, id, data }) {
    if (event !== 'delta') return;
    const seq = seqOf(id);
    this.frames.push({ seq, at: data.at });
    this.seq = Math.max(this.seq, seq);
    for (const { op, kind, key, row } of data.changes) {
      if (op === 'put') this.rows.set(`${kind} ${key}`, row);
      else this.rows.delete(`${kind} ${key}`);
    }
  }
}

/** The rows of a snapshot, in the same order. */
export async function snapshot(url, query = '') {
  return sorted((await (await fetch(`${url}/api/v1/snapshot${query}`)).json()).rows);
}

export const hashOf = (held) => createHash('sha256').update(held.join('\n')).digest('hex');

const seqOf = (cursor) => Number(cursor.split('-')[1]);

const sorted = (rows) => rows.map((row) => JSON.stringify(row)).toSorted();
