// Runs `kubehop trace` offline on a dump, with many questions at once.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The program: KUBEHOP_BIN, else the debug build. */
export const program = process.env.KUBEHOP_BIN || join(here, '../../target/debug/kubehop');

/** The flags for these settings. */
export function flags(settings, backend) {
  const gates = Object.entries(settings.featureGates).map(([name, on]) => `${name}=${on}`);
  return [
    `--proxy-mode=${backend}`,
    `--cluster-cidr=${settings.clusterCIDR}`,
    `--detect-local-mode=${settings.detectLocalMode}`,
    ...(settings.bridgeInterface ? [`--detect-local-interface=${settings.bridgeInterface}`] : []),
    ...(settings.interfaceNamePrefix ? [`--detect-local-interface=${settings.interfaceNamePrefix}`] : []),
    ...(settings.nodePortAddresses.length > 0 ? [`--node-port-addresses=${settings.nodePortAddresses.join(',')}`] : []),
    `--masquerade-all=${settings.masqueradeAll}`,
    `--localhost-node-ports=${settings.localhostNodePorts}`,
    ...(gates.length > 0 ? [`--feature-gates=${gates.join(',')}`] : []),
  ];
}

/**
 * The traces of `[{ from, to, node }]`, in the same order, of a file or (without one) of the cluster that `args` name. With `errors`, a question
 * that cannot be answered has an `error` instead.
 */
export function traceAll(file, args, questions, { errors: allowed = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['trace', '--batch', '-', ...(file ? ['-f', file] : []), '-o', 'json', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const output = { stdout: [], stderr: [] };
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => output[stream].push(chunk));
    child.on('error', reject);
    child.stdin.on('error', () => {}); // kubehop may end without reading; its exit code is checked.
    child.on('close', (code) => {
      const text = Buffer.concat(output.stdout).toString();
      const lines = text.split('\n').filter(Boolean);
      const errors = Buffer.concat(output.stderr).toString();
      if (code === 0 || code === 1 || (allowed && code === 2)) {
        if (lines.length === questions.length) return resolve(lines.map((line) => JSON.parse(line)));
      }
      return reject(new Error(`kubehop trace ${args.join(' ')} ended with ${code} and ${lines.length} of ${questions.length} answers\n${errors}`));
    });
    child.stdin.end(questions.map(({ from, to, node }) => `${[from, to, ...(node ? [node] : [])].join(' ')}\n`).join(''));
  });
}
