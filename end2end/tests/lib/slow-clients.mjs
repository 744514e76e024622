// A separate process with many clients that request the stream and do not read it, like sleeping laptops. Started with a channel to it;
// it ends with that channel, and in any case after LIMIT_MS.
//
//   { open: { url, clients } }  → { opened: true }
// { read: true }              → { ended: { reset, cut, other } }   they read on; how their streams ended
// { reload: true }            → { reloaded: true }                 each loads a snapshot and follows, like a page
//   { hashes: true }            → { hashes: [...] }                  of the rows that each has
import { connect } from 'node:net';
import { Follower } from './follower.mjs';

const LIMIT_MS = 10 * 60_000;
/** Maximum number of clients that load at the same time. */
const MAX_LOADING_CLIENTS = 16;
/** Number of last bytes of a stream that contain its last event. */
const TAIL_BYTES = 4_096;

let clients = [];
let followers = [];
let url;

setTimeout(() => process.exit(2), LIMIT_MS).unref();
process.on('disconnect', () => process.exit(0));
process.on('message', async (question) => {
  try {
    process.send(await answer(question));
  } catch (error) {
    process.send({ failed: error.message });
  }
});

async function answer({ open, read, reload, hashes }) {
  if (open) {
    url = open.url;
    clients = await Promise.all(Array.from({ length: open.clients }, openOne));
    return { opened: true };
  }
  if (read) {
    const all = await Promise.all(clients.map((client) => (client.socket.resume(), client.ended)));
    const count = (how) => all.filter((one) => one === how).length;
    return { ended: { reset: count('reset'), cut: count('cut'), other: all.find((one) => one !== 'reset' && one !== 'cut') } };
  }
  if (reload) {
    for (let at = 0; at < clients.length; at += MAX_LOADING_CLIENTS) {
      const wave = clients.slice(at, at + MAX_LOADING_CLIENTS).map(() => Follower.open(url));
      followers.push(...(await Promise.all(wave)));
    }
    return { reloaded: true };
  }
  if (hashes) {
    const failure = followers.find((follower) => follower.failure)?.failure;
    if (failure) throw failure;
    return { hashes: followers.map((follower) => follower.hash) };
  }
  throw new Error(`nothing is asked for`);
}

/** Resolves when the stream has begun; nothing is read from then on. */
function openOne() {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const client = { socket: connect({ host, port: Number(port) }), tail: '' };
    client.socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${host}:${port}\r\nAccept: text/event-stream\r\n\r\n`);
    client.socket.setEncoding('latin1').once('data', (text) => {
      client.socket.pause();
      if (text.startsWith('HTTP/1.1 200')) resolve(client);
      else reject(new Error(`a client was answered: ${text.slice(0, 100)}`));
    });
    client.ended = new Promise((ended) => {
      client.socket.on('data', (text) => (client.tail = (client.tail + text).slice(-TAIL_BYTES)));
      client.socket.on('error', () => ended('cut'));
      client.socket.on('close', () => ended(outcome(client.tail)));
    });
  });
}

/** How a stream ended: with a `reset` event and the end of the response, or in the middle. */
function outcome(tail) {
  if (!tail.endsWith('0\r\n\r\n')) return 'cut';
  const events = [...tail.matchAll(/^event: (\w+)$/gm)];
  return events.at(-1)?.[1] ?? tail.slice(-200);
}
