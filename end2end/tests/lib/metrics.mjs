// kubehop's own metrics on /metrics, and the kernel's figures of its process.
import { readFileSync, readdirSync } from 'node:fs';

/** The sum of all series of this name with these labels, as `metric('kubehop_watch_lists_total', { kind: 'Pod' })`. */
export async function metrics(kubehop) {
  const lines = (await (await fetch(`${kubehop.url}/metrics`)).text()).split('\n');
  return (name, labels = {}) => {
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const own = lines.filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
    return own.filter((line) => wanted.every((label) => line.includes(label))).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };
}

/** Number of open files and connections. */
export const openFiles = (kubehop) => readdirSync(`/proc/${kubehop.child.pid}/fd`).length;

/** Resident memory in MB. */
export const memory = (kubehop) => (Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${kubehop.child.pid}/status`, 'utf8'))[1]) * 1024) / 1e6;

/** The kernel's memory for all TCP connections of this machine, in MB of pages; it includes sent data that was not read. */
export const tcpMemory = () => (Number(/^TCP: .* mem (\d+)$/m.exec(readFileSync('/proc/net/sockstat', 'utf8'))[1]) * 4096) / 1e6;
