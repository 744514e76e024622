// The measured kubehop: starts it on a cluster, and reads what it uses.
import { readFileSync } from 'node:fs';
import { waitFor } from '../control-plane/wait.mjs';
import { directEnvironment } from '../control-plane/processes.mjs';
import { Kubehop } from '../tests/lib/kubehop.mjs';

const LISTEN_LIMIT_MS = 180_000;
const LIVE_LIMIT_MS = 180_000;
/** The clock ticks of /proc/PID/stat are hundredths of a second on every Linux. */
const TICKS_PER_SECOND = 100;

/** Starts kubehop on this cluster and waits until it has listed everything. */
export async function startOn(cluster) {
  const kubehop = await launch(['--kubeconfig', cluster.kubeconfig]);
  try {
    await waitFor(async () => (await kubehop.state()) === 'live', 'kubehop to be live', LIVE_LIMIT_MS);
  } catch (error) {
    await kubehop.kill();
    throw error;
  }
  return kubehop;
}

/** Starts kubehop with these arguments on a free port; rejects if it does not listen in time. */
export async function launch(args) {
  let timeout;
  const late = new Promise((_, reject) => {
    timeout = setTimeout(() => reject(new Error(`kubehop ${args.join(' ')} did not listen within ${LISTEN_LIMIT_MS / 1000} s`)), LISTEN_LIMIT_MS);
  });
  try {
    // A server that is late is killed when this process ends.
    return await Promise.race([Kubehop.start([...args, '--listen', '127.0.0.1:0'], { env: directEnvironment() }), late]);
  } finally {
    clearTimeout(timeout);
  }
}

/** Resident memory in kB (of 1,000 bytes). */
export function rss(kubehop) {
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(proc(kubehop, 'status'))[1]) * 1024) / 1000;
}

/** Processor time that it has used so far, in ms. */
export function cpu(kubehop) {
  const [user, system] = proc(kubehop, 'stat').replace(/^.*\) /s, '').split(' ').slice(11, 13).map(Number);
  return ((user + system) * 1000) / TICKS_PER_SECOND;
}

/** Maximum number of files and connections that it may have open. */
export function openFilesLimit(pid) {
  const soft = /^Max open files\s+(\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))[1];
  return soft === 'unlimited' ? Infinity : Number(soft);
}

const proc = (kubehop, file) => readFileSync(`/proc/${kubehop.child.pid}/${file}`, 'utf8');
