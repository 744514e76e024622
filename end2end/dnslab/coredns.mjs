// The real CoreDNS on loopback, in the folder of a control plane, and the client that asks it.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePorts, isRunning, kill, start, tail } from '../control-plane/processes.mjs';
import { waitFor } from '../control-plane/wait.mjs';
import { DOMAIN } from './topology.mjs';

const NAME = 'coredns';
const ADDRESS = '127.0.0.1';

/**
 * Starts CoreDNS with kubeadm's options, but for `fallthrough` and an upstream: it answers all names in its zones itself. It serves once it
 * has listed all objects. Resolves to its address.
 */
export async function startCoreDns({ dir, kubeconfig }, program) {
  const [port] = await freePorts(1, ADDRESS);
  const file = join(dir, 'Corefile');
  writeFileSync(
    file,
    `.:${port} {
  bind ${ADDRESS}
  errors
  kubernetes ${DOMAIN} in-addr.arpa ip6.arpa {
    kubeconfig ${kubeconfig}
    pods insecure
    startup_timeout 60s
  }
}
`,
  );
  start(dir, NAME, program, ['-conf', file]);
  const serves = () => {
    if (!isRunning(dir, NAME)) throw Object.assign(new Error(`CoreDNS ended by itself\n${tail(dir, NAME)}`), { fatal: true });
    return accepts(port);
  };
  await waitFor(serves, `CoreDNS to serve\n${tail(dir, NAME)}`, 60_000);
  return `${ADDRESS}:${port}`;
}

export function stopCoreDns({ dir }) {
  return kill(dir, [NAME]);
}

function accepts(port) {
  return new Promise((done) => {
    const socket = connect(port, ADDRESS);
    socket.once('connect', () => (socket.destroy(), done(true)));
    socket.once('error', () => done(false));
  });
}

/** The answers to `[{ name, types, search }]`, in the same order. */
export function askAll(program, address, questions) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['ask', address], { stdio: ['pipe', 'pipe', 'inherit'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.stdin.on('error', () => {}); // It may end without reading; its exit code is checked.
    child.on('close', (code) => {
      const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean);
      if (code === 0 && lines.length === questions.length) return resolve(lines.map((line) => JSON.parse(line)));
      return reject(new Error(`coredns ask ended with ${code} and ${lines.length} of ${questions.length} answers`));
    });
    child.stdin.end(questions.map(({ name, types, search }) => `${JSON.stringify({ name, types, search })}\n`).join(''));
  });
}
