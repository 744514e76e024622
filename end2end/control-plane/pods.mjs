// The environments of two Pods on this machine: each has its own network and mount namespace, as containers have. They end with this
// process. This needs root. `pod` can reach the machine, where the API server is, and its `neighbour`, and both can reach it.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { waitFor } from './wait.mjs';

const run = promisify(execFile);

/** The addresses are in the range for benchmarks (RFC 2544), which no network uses; `number` (0 to 255) separates two simultaneous runs. */
export async function makePods(number = Math.floor(Math.random() * 256)) {
  const address = (host) => `198.18.${number}.${host}`;
  const [pod, neighbour] = await Promise.all([holder(), holder()]);
  const machine = `kubehop-${number}`;
  const ip = (...args) => execFileSync('ip', args);
  ip('link', 'add', machine, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pod.pid));
  ip('address', 'add', `${address(1)}/30`, 'dev', machine);
  ip('link', 'set', machine, 'up');
  const inPod = (...args) => execFileSync('nsenter', ['-t', String(pod.pid), '--net', 'ip', ...args]);
  const inNeighbour = (...args) => execFileSync('nsenter', ['-t', String(neighbour.pid), '--net', 'ip', ...args]);
  inPod('link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(neighbour.pid));
  for (const [inside, device, own] of [[inPod, 'eth0', 2], [inPod, 'eth1', 5], [inNeighbour, 'eth0', 6]]) {
    inside('link', 'set', 'lo', 'up');
    inside('address', 'add', `${address(own)}/30`, 'dev', device);
    inside('link', 'set', device, 'up');
  }
  return {
    machine: address(1),
    podIP: address(5),
    pid: pod.pid,
    /** The command prefix that runs a command in `pod` like the kubelet: with `uid`, without capabilities, with a read-only root. */
    command: (uid) => [...enter(pod), 'setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--inh-caps=-all', '--bounding-set=-all', '--no-new-privs'],
    /** Mounts the files of a service account, as the kubelet does. */
    mountToken: async ({ token, ca, namespace }) => {
      const folder = '/var/run/secrets/kubernetes.io/serviceaccount';
      const write = 'cd "$0"; printf %s "$1" > token; printf %s "$2" > ca.crt; printf %s "$3" > namespace';
      await inside(pod, 'sh', ['-ec', `mount -t tmpfs tmpfs /var/run/; mkdir -p "$0"; ${write}; mount -o remount,bind,ro /`, folder, token, ca, namespace]);
    },
    /** Runs a program in `pod` or in `neighbour`, and resolves to its output. */
    fromPod: (program, args) => inside(pod, program, args),
    fromNeighbour: (program, args) => inside(neighbour, program, args),
    end: () => {
      for (const { child } of [pod, neighbour]) child.kill('SIGKILL');
    },
  };
}

/** A process that only keeps its namespaces alive. */
async function holder() {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', '--net', '--mount', 'sleep', 'infinity'], { stdio: 'ignore' });
  const own = readlinkSync('/proc/self/ns/net');
  await waitFor(() => readlinkSync(`/proc/${child.pid}/ns/net`) !== own, 'a network namespace', 5_000, { everyMs: 5 });
  await waitFor(() => readFileSync(`/proc/${child.pid}/comm`, 'utf8') === 'sleep\n', 'its mounts', 5_000, { everyMs: 5 });
  return { child, pid: child.pid };
}

const enter = ({ pid }) => ['nsenter', '-t', String(pid), '--net', '--mount'];

async function inside(place, program, args) {
  const [nsenter, ...rest] = enter(place);
  return (await run(nsenter, [...rest, program, ...args])).stdout;
}
