// The two streams on which one change is timed: a raw `watch` of the API server, and kubehop's events.
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';

/** Milliseconds since the Unix epoch, with fractions; a page's `performance.timeOrigin + performance.now()` is on the same clock. */
export const now = () => performance.timeOrigin + performance.now();

/**
 * Opens a raw watch of a kind in the whole cluster. `seen(object, at, bytes)` is called for every object that is added or changed; `at`
 * is the time when the last byte of its event arrived.
 */
export async function watch(cluster, path, seen) {
  const { metadata } = await cluster.request('GET', `${path}?limit=1`);
  const url = new URL(`${path}?watch=1&resourceVersion=${metadata.resourceVersion}`, cluster.server);
  const get = url.protocol === 'https:' ? httpsGet : httpGet;
  const headers = cluster.token ? { authorization: `Bearer ${cluster.token}` } : {};
  return stream(get, url, { ca: cluster.ca, headers }, '\n', (line, at) => {
    const { type, object } = JSON.parse(line);
    if (type === 'ERROR') throw new Error(`the raw watch of ${path} ended: ${object.message}`);
    if (type !== 'DELETED') seen(object, at, Buffer.byteLength(line) + 1);
  });
}

/**
 * Opens kubehop's event stream. `seen(changes, at, bytes, seq)` is called for every `delta`; `bytes` is the size of the whole event,
 * `seq` its number in the log.
 */
export function events(kubehop, query, seen) {
  return stream(httpGet, new URL(`/api/v1/events${query}`, kubehop.url), {}, '\n\n', (block, at) => {
    if (/^event: reset$/m.test(block)) throw new Error(`kubehop sent the bench's own stream away: ${block}`);
    if (!/^event: delta$/m.test(block)) return;
    const seq = Number(/^id: \w+-(\d+)$/m.exec(block)[1]);
    seen(JSON.parse(/^data: (.*)$/m.exec(block)[1]).changes, at, Buffer.byteLength(block) + 2, seq);
  });
}

/** `failure()` is the reason why the stream was ended, if it was. */
function stream(get, url, options, separator, take) {
  return new Promise((resolve, reject) => {
    const request = get(url, { ...options, agent: false }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${url}: ${response.statusCode}`));
      let rest = '';
      let failure;
      response.setEncoding('utf8').on('data', (text) => {
        const at = now();
        const parts = (rest + text).split(separator);
        rest = parts.pop();
        try {
          for (const part of parts) take(part, at);
        } catch (error) {
          failure = error;
          request.destroy();
        }
      });
      response.on('error', () => {}); // It is cut at the end.
      resolve({ close: () => request.destroy(), failure: () => failure });
    });
    request.on('error', reject);
  });
}

/** The times when the effects of one change are seen: `saw(place, pod, ready, at, more)` in any order, `all(places)` waits for them. */
export class Sightings {
  #expected = {};

  /** Waits from now on for this Pod to become ready or not ready. */
  expect(pod, ready) {
    this.#expected = { pod, ready, times: {}, wake: () => {} };
  }

  saw(place, pod, ready, at, more) {
    const { times, wake } = this.#expected;
    if (pod !== this.#expected.pod || ready !== this.#expected.ready || place in times) return;
    Object.assign(times, { [place]: at }, more);
    wake();
  }

  /** Resolves to the times once the change was seen in all these places. */
  all(places, ms) {
    const expected = this.#expected;
    return new Promise((resolve, reject) => {
      const missing = () => places.filter((place) => !(place in expected.times));
      const timeout = setTimeout(() => reject(new Error(`${expected.pod} was not seen within ${ms} ms at: ${missing()}`)), ms);
      expected.wake = () => {
        if (missing().length > 0) return;
        clearTimeout(timeout);
        resolve(expected.times);
      };
      expected.wake();
    });
  }
}
