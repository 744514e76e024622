// Thousands of clients of one kubehop, in a separate process: whether each sees every change, and after which time.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { flip, listen } from './changes.mjs';
import { cpu, openFilesLimit, rss } from './server.mjs';
import { median } from './report.mjs';

/** Number of files that a process has open beside its clients. */
const SPARE = 100;
const MOST = 20_000;
const LIMIT_MS = 5 * 60_000;
/** Pause between two changes, in ms: long enough for the last client to receive one before the next is made. */
const PAUSE_MS = 900;

/**
 * Opens this many event streams, of one namespace or of all, makes changes, and resolves to `{ opened, memory, delays: { median, last },
 * cpu, complete, frames, lost, disorder, missed }`: ms to open them all; kB per client; ms from the API event to the median client and to
 * the last one, per change; the server's processor time per change in ms; the number of frames that every client saw.
 */
export async function crowd(cluster, kubehop, { clients, changes, namespaces }) {
  if (clients > MOST) throw new Error(`${clients} clients are more than ${MOST}: one address has no more ports than that to spare`);
  const allowed = openFilesLimit(kubehop.child.pid);
  if (allowed < clients + SPARE) {
    throw new Error(`kubehop may open ${allowed} files, and ${clients} clients need ${clients + SPARE}: raise the limit (ulimit -n ${clients + SPARE})`);
  }
  const query = namespaces ? `?namespaces=${namespaces}` : '';
  const { hostname: host, port } = new URL(kubehop.url);
  const before = rss(kubehop);
  const child = fork(join(import.meta.dirname, 'crowd.mjs'));
  try {
    if (openFilesLimit(child.pid) < clients + SPARE) throw new Error(`the clients’ process may open too few files: raise the limit (ulimit -n ${clients + SPARE})`);
    const { opened } = await ask(child, { open: { host, port: Number(port), path: `/api/v1/events${query}`, clients } });
    const memory = (rss(kubehop) - before) / clients;
    const streams = await listen(cluster, kubehop, query);
    const pods = await cluster.candidates(cluster.namespace);
    const begin = { cpu: cpu(kubehop), frames: streams.seqs.length };
    const made = await flip({ cluster, ...streams }, pods, changes, { pause: PAUSE_MS });
    const used = cpu(kubehop) - begin.cpu;
    const seqs = streams.seqs.slice(begin.frames);
    streams.close();
    const { report } = await ask(child, { report: { seqs } });
    const of = new Map(report.frames.map((frame) => [frame[0], frame]));
    const delays = (place) => made.map(({ watchPod, framePodSeq }) => of.get(framePodSeq)[place] - watchPod);
    const counts = report.frames.map(([, count]) => count);
    return {
      clients,
      opened: opened.ms,
      memory,
      cpu: used / made.length,
      delays: { median: delays(3), last: delays(5) },
      complete: counts.filter((count) => count === clients).length,
      frames: counts.length,
      fewest: Math.min(...counts),
      typical: median(counts),
      lost: report.lost,
      disorder: report.disorder,
    };
  } finally {
    child.kill('SIGKILL');
  }
}

/** Sends a request to a process of many clients, and resolves to its answer. */
export async function ask(child, question) {
  const aborted = AbortSignal.timeout(LIMIT_MS);
  child.send(question);
  const ended = once(child, 'exit', { signal: aborted }).then(([code, signal]) => {
    throw new Error(`the clients’ process ended: ${signal ?? `exit code ${code}`}`);
  });
  const [answer] = await Promise.race([once(child, 'message', { signal: aborted }), ended]);
  ended.catch(() => {}); // It ends when it has answered.
  if (answer.failed) throw new Error(answer.failed);
  return answer;
}
