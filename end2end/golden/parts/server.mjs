// A server of each binary; both get the same HTTP requests. What differs between two runs is normalised: see `normal`.
import { get } from '../side.mjs';

/** Time limit for a server to list its cluster, and to end, in ms. */
const TIMEOUT_MS = 60_000;
/** One day in ms. A time of the last day counts as a time of the run. */
const DAY_MS = 86_400_000;

export class Servers {
  #pair;

  /** Starts both servers with these arguments and waits until each has listed its cluster. `base` is the value of --base-path; `settle`
  /** is called for each before the first request.
   */
  static async start(pair, args, { base = '', settle = () => {} } = {}) {
    const servers = new Servers();
    servers.#pair = pair;
    servers.list = await pair.both(async (side) => {
      const kubehop = await side.serve(args);
      const server = { kubehop, url: kubehop.url + base, origin: kubehop.url, api: kubehop.api };
      try {
        await firstCursor(server.url);
        await settle(server);
        return { ...server, ...(await firstCursor(server.url)) };
      } catch (error) {
        throw new Error(`${side.name}, kubehop ${args.join(' ')}: ${error.message}\n${kubehop.log}`);
      }
    });
    return servers;
  }

  /** Stops both; compares how they end, and the warnings and errors in their logs. */
  async stop(name) {
    const ends = await Promise.all(this.list.map(({ kubehop }) => {
      const tooLong = setTimeout(() => kubehop.kill(), TIMEOUT_MS);
      return kubehop.stop().finally(() => clearTimeout(tooLong));
    }));
    const [base, now] = ends.map(({ code, signal }, n) => {
      const server = this.list[n];
      const log = server.kubehop.log.split('\n').filter((line) => / WARN | ERROR |panicked/.test(line)).map((line) => line.replace(/^\S+Z /, '')).join('\n');
      return normal(`exit ${code ?? signal}\n${log}`, server);
    });
    this.#pair.report.compare('server', name, 'text', base, now);
  }

  /** Does the same for each server, at the same time. */
  both(act) {
    return Promise.all(this.list.map((server, n) => act(server, this.#pair.sides[n])));
  }

  /**
   * Sends the same request to both and compares status, headers and body. `what` is how the body is compared. Returns the base's answer,
   * normalised. `root` is the URL to which the path is appended: `url`, `origin` without the base path, or `api` for the sandbox's
   * Kubernetes API; `plain` normalises the body further.
   */
  async ask(part, path, what, { root = 'url', name = path, method, headers, plain = (text) => text } = {}) {
    const answers = await this.both(async (server, side) => {
      const { status, headers: lines, body } = await get(server[root] + path, { method, headers }).catch((error) => {
        // A missing answer is an answer too; but without the base's answer there is nothing to compare.
        if (side.name === 'base') throw new Error(`${side.name}, ${path}: ${error.message}\n${server.kubehop.log}`);
        return { status: `no answer: ${error.message}`, headers: [], body: '' };
      });
      return { head: normal([status, ...lines].join('\n'), server), body: plain(normal(body, server)) };
    });
    const [base, now] = answers;
    const named = `${method ?? 'GET'} ${name}`;
    this.#pair.report.compare(part, `${named} (head)`, 'text', base.head, now.head);
    // A refusal is a problem document, whatever the path answers otherwise.
    const refused = [base, now].every(({ head }) => head.includes('problem+json'));
    this.#pair.report.compare(part, named, refused ? 'json' : what, base.body, now.body);
    return base.body;
  }
}

/** Waits until a server's lists are complete. The number of frames before that depends on which list came first. */
async function firstCursor(url) {
  const { cursor } = await snapshotWhen(url, (snapshot, state) => state === 'live' && snapshot.scopes.every((scope) => scope.cursor === snapshot.cursor));
  const [epoch, seq] = cursor.split('-');
  return { epoch, first: Number(seq) };
}

/** A server's overview, as soon as it matches. */
export async function snapshotWhen(url, isRight) {
  for (const end = Date.now() + TIMEOUT_MS; ; ) {
    const snapshot = JSON.parse((await get(`${url}/api/v1/snapshot?overview=true`)).body);
    const [{ state }] = JSON.parse((await get(`${url}/api/v1/contexts`)).body);
    if (isRight(snapshot, state)) return snapshot;
    if (Date.now() > end) throw new Error(`the server at ${url} is ${state} after ${TIMEOUT_MS / 1000} s, and not as it must be`);
  }
}

/** A server's text without random parts and parts that depend on the clock: its address, cursors, ETags, nonces, times. */
export function normal(text, { url, api, epoch, first }) {
  const hosts = [url, api].filter(Boolean).map((own) => new URL(own).host);
  const plain = hosts.reduce((text, host, n) => text.replaceAll(host, n === 0 ? 'HOST' : 'SANDBOX'), text);
  const relative = (seq) => Number(seq) - first;
  return plain
    .replaceAll(new RegExp(`\\b${epoch}-(\\d+)`, 'g'), (_, seq) => `EPOCH-${relative(seq)}`)
    .replaceAll(/\bdata-seq="(\d+)"/g, (_, seq) => `data-seq="${relative(seq)}"`)
    .replaceAll(/(etag: W\/"EPOCH--?\d+)-[0-9a-f]{16}"/g, '$1-HASH"')
    .replaceAll(/'nonce-[\w-]{22}'/g, "'nonce-NONCE'")
    .replaceAll(/nonce="[\w-]{22}"/g, 'nonce="NONCE"')
    .replaceAll(/"at":\d{13}\b/g, '"at":0')
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (time) => (Date.now() - Date.parse(time) < DAY_MS ? 'NOW' : time))
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'TIME UTC');
}
