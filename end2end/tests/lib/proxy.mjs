// A proxy between kubehop and the API server that treats watches like bad networks and broken middleboxes. Lists always pass.
//
// kubehop reaches it by plain HTTP on loopback, so that it can change whole lines; it reaches the API server as kubehop's administrator.
import { createServer } from 'node:http';
import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeKubeconfig } from '../../control-plane/components.mjs';
import { Random } from './random.mjs';

/** While a fault is set, one in this many events of a watch is affected. */
const ONE_IN = 4;
const LONGEST_PIECE = 700;
const LONGEST_DELAY_MS = 25;

/** The replacements of an event: first text that is not JSON, then JSON that is not an event, then events without an object. */
export const GARBLED = {
  'a byte that is none of JSON': (line) => `${line.slice(0, 40)}\u0000${line.slice(41)}`,
  'a quote too few at the end': (line) => line.replace(/"(?=[^"]*$)/, ' '),
  'the last bracket lost': (line) => line.slice(0, -1),
  'half of a line': (line) => line.slice(0, line.length / 2),
  'an empty line': () => '',
  'a letter of the type changed': (line) => line.replace('"type":"', '"type":"X'),
  'an empty object': () => '{}',
  null: () => 'null',
  'a list': () => '[]',
  'a string': () => '"event"',
  'a Status': () => '{"kind":"Status","apiVersion":"v1","status":"Failure","message":"garbled","code":500}',
  'an event without an object': () => '{"type":"MODIFIED"}',
  'an object without metadata': () => '{"type":"MODIFIED","object":{}}',
  'an object without a name': (line) => line.replace('"metadata":{"name":', '"metadata":{"mane":'),
};

export class Proxy {
  /** How often the present fault has been applied, by its effect. */
  struck = {};
  /** What the faults do; see `FAULTS`. */
  #fault;
  #watches = new Set();
  #held;
  #random = new Random(6);
  #agent;

  static async start(cluster) {
    const proxy = new Proxy();
    proxy.cluster = cluster;
    proxy.#agent = new Agent({ keepAlive: true, ca: cluster.ca });
    proxy.server = createServer((incoming, answer) => proxy.#take(incoming, answer));
    await new Promise((listening) => proxy.server.listen(0, '127.0.0.1', listening));
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    return proxy;
  }

  /** A kubeconfig that leads through the proxy. */
  kubeconfig(file) {
    writeKubeconfig(file, { server: this.url, ca: this.cluster.ca, user: 'admin', token: 'the proxy has its own' });
    return file;
  }

  /** Sets the fault of watches: `reset`, `truncate`, `delay`, or none. */
  fault(name) {
    this.#fault = name && FAULTS[name];
  }

  /** Garbles the next event that contains this text, in one of the ways of `GARBLED`; resolves when that has happened. */
  garble(what, text) {
    return new Promise((struck) => {
      this.#fault = {
        of: (line) => line.includes(text),
        strike: async (line, answer) => {
          this.#fault = undefined;
          await written(answer, `${GARBLED[what](line)}\n`);
          struck();
          return what;
        },
      };
    });
  }

  /** Stops the data of all open watches, which stay open; later watches work. */
  stall() {
    this.stalled = [...this.#watches];
    for (const watch of this.stalled) watch.stalled = true;
  }

  /** Number of stalled watches that kubehop has not given up. */
  get stillStalled() {
    return this.stalled.filter((watch) => this.#watches.has(watch)).length;
  }

  get watches() {
    return this.#watches.size;
  }

  /** Ends every watch regularly, and holds new requests until `release`. */
  hold() {
    let release;
    this.#held = new Promise((resolve) => (release = resolve));
    this.release = release;
    for (const { answer } of this.#watches) answer.end();
  }

  get total() {
    return Object.values(this.struck).reduce((sum, count) => sum + count, 0);
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
    this.#agent.destroy();
  }

  async #take(incoming, answer) {
    await this.#held;
    if (answer.destroyed) return;
    const { 'accept-encoding': _, ...headers } = incoming.headers;
    Object.assign(headers, { host: new URL(this.cluster.server).host, authorization: `Bearer ${this.cluster.tokens.admin}` });
    const asked = request(new URL(incoming.url, this.cluster.server), { method: incoming.method, headers, agent: this.#agent }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      if (response.statusCode === 200 && /[?&]watch=true/.test(incoming.url)) this.#watch(response, answer);
      else response.pipe(answer);
      response.on('error', () => answer.destroy());
    });
    // An API server that is down is also unreachable through a proxy.
    asked.on('error', () => answer.destroy());
    answer.on('close', () => asked.destroy());
    asked.end();
  }

  #watch(response, answer) {
    answer.flushHeaders();
    const watch = { answer, stalled: false };
    this.#watches.add(watch);
    answer.on('close', () => this.#watches.delete(watch)).on('error', () => {});
    let rest = '';
    let last = Promise.resolve();
    response.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) last = last.then(() => this.#pass(line, watch));
    });
    response.on('end', () => last.then(() => watch.stalled || answer.end()));
  }

  async #pass(line, { answer, stalled }) {
    if (stalled || isOver(answer)) return;
    const fault = this.#fault;
    const struck = fault && (fault.of ? fault.of(line) : this.#random.below(ONE_IN) === 0);
    if (!struck) return answer.write(`${line}\n`);
    const what = await fault.strike(line, answer, this.#random, this.total);
    this.struck[what] = (this.struck[what] ?? 0) + 1;
  }
}

/** Each fault changes one event, and returns its effect. `n` counts the events. */
const FAULTS = {
  reset: {
    strike: async (line, answer, random) => {
      if (random.below(2)) await written(answer, line.slice(0, random.below(line.length)));
      answer.socket?.resetAndDestroy();
      return 'connection reset';
    },
  },
  truncate: {
    strike: async (line, answer, random, n) => {
      await written(answer, line.slice(0, 1 + random.below(line.length - 1)));
      if (n % 2) answer.socket?.end();
      else answer.end();
      return n % 2 ? 'cut within a line' : 'ended regularly within a line';
    },
  },
  delay: {
    of: () => true,
    strike: async (line, answer, random) => {
      for (let rest = `${line}\n`; rest && !isOver(answer); ) {
        const length = 1 + random.below(LONGEST_PIECE);
        await sleep(random.below(LONGEST_DELAY_MS));
        await written(answer, rest.slice(0, length));
        rest = rest.slice(length);
      }
      return 'late, in pieces';
    },
  },
};

const isOver = (answer) => answer.writableEnded || answer.destroyed;

const written = (answer, text) => new Promise((done) => answer.write(text, done));
