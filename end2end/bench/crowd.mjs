// A separate process with many clients of one event stream: raw sockets, whose cost is mostly the kernel's. Started by `clients.mjs` with
// a channel to it; it ends with that channel, and in any case after LIMIT_MS.
//
//   { open: { host, port, path, clients } }   → { opened: { ms } }
//   { report: { seqs } }                      → { report: { frames: [[seq, clients, first, median, p99, last]], lost, disorder } }
//
// Times are milliseconds since the Unix epoch, with fractions. A report waits until every client has seen the last of these frames, or
// until no data came for QUIET_MS.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 10 * 60_000;
const QUIET_MS = 15_000;
/** Maximum number of connections that wait to be accepted. */
const MAX_PENDING_CONNECTIONS = 200;
/** Number of first frames for which each client's time is kept. */
const KEPT_FRAMES = 3_000;
const NEEDLE = '\nid: ';
const BUFFER = Buffer.allocUnsafe(256 * 1024);

const frames = new Map();
let clients = [];
let lost = 0;
let disorder = 0;
let lastByte = 0;

const now = () => performance.timeOrigin + performance.now();

setTimeout(() => process.exit(2), LIMIT_MS).unref();
process.on('disconnect', () => process.exit(0));
process.on('message', async ({ open, report }) => {
  try {
    if (open) process.send({ opened: await openAll(open) });
    if (report) process.send({ report: await reportOn(report.seqs) });
  } catch (error) {
    process.send({ failed: error.message });
  }
});

async function openAll({ host, port, path, clients: count }) {
  const start = now();
  const request = `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nAccept: text/event-stream\r\n\r\n`;
  clients = Array.from({ length: count }, () => ({ seq: 0, rest: undefined }));
  let next = 0;
  const worker = async () => {
    while (next < count) await openOne(clients[next++], { host, port }, request);
  };
  await Promise.all(Array.from({ length: Math.min(MAX_PENDING_CONNECTIONS, count) }, worker));
  return { ms: now() - start };
}

/** Resolves once the stream has begun: the client's position in the log is taken then. */
function openOne(client, address, request) {
  return new Promise((resolve, reject) => {
    let begun = false;
    const take = (length) => {
      lastByte = now();
      const bytes = BUFFER.subarray(0, length);
      if (!begun) {
        begun = true;
        const head = bytes.toString('latin1', 0, 15);
        if (!head.startsWith('HTTP/1.1 200')) reject(new Error(`a client was answered: ${head}`));
        resolve();
      }
      read(client, bytes);
      return true;
    };
    const socket = connect({ ...address, noDelay: true, onread: { buffer: BUFFER, callback: take } }, () => socket.write(request));
    socket.on('error', (error) => reject(new Error(`a client cannot connect: ${error.message}`)));
    socket.on('close', () => {
      lost += 1;
      reject(new Error('a client was sent away'));
    });
  });
}

/** Extracts the ids of frames from the next bytes of a stream. A truncated id is kept for the next call. */
function read(client, bytes) {
  const text = (client.rest ?? '') + bytes.toString('latin1');
  let at = 0;
  for (;;) {
    const start = text.indexOf(NEEDLE, at);
    const end = start < 0 ? -1 : text.indexOf('\n', start + NEEDLE.length);
    if (end < 0) {
      client.rest = text.slice(start < 0 ? Math.max(at, text.length - NEEDLE.length + 1) : start);
      return;
    }
    seen(client, Number(text.slice(text.indexOf('-', start) + 1, end)));
    at = end;
  }
}

function seen(client, seq) {
  if (seq <= client.seq) disorder += 1;
  client.seq = seq;
  let frame = frames.get(seq);
  if (!frame) {
    frame = { count: 0, base: lastByte, times: frames.size < KEPT_FRAMES ? new Float32Array(clients.length) : undefined };
    frames.set(seq, frame);
  }
  if (frame.times && frame.count < clients.length) frame.times[frame.count] = lastByte - frame.base;
  frame.count += 1;
}

async function reportOn(seqs) {
  const last = Math.max(...seqs);
  lastByte = now();
  while (clients.some(({ seq }) => seq < last) && now() - lastByte < QUIET_MS && lost === 0) await sleep(50);
  const all = seqs.map((seq) => {
    const { count = 0, base = NaN, times = new Float32Array() } = frames.get(seq) ?? {};
    const sorted = times.slice(0, count).sort();
    const at = (share) => base + sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
    return [seq, count, at(0), at(0.5), at(0.99), at(1)];
  });
  return { frames: all, lost, disorder };
}
