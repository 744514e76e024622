// One of the two binaries that are compared: runs its commands and its servers.
import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kubehop } from '../tests/lib/kubehop.mjs';

/** Where the commands run: paths of files are relative to it, so that both binaries print the same names. */
const CWD = fileURLToPath(new URL('..', import.meta.url));
/** How long a command or an answer may take, in ms, before it counts as none. */
const PATIENCE = 60_000;

export class Side {
  /** Both binaries run by the name `kubehop`, which they print, in folders of their own below `folder`. */
  constructor(name, file, folder) {
    this.name = name;
    const bin = join(folder, name);
    mkdirSync(join(bin, 'home'), { recursive: true });
    this.file = join(bin, 'kubehop');
    symlinkSync(resolve(file), this.file);
    // No kubeconfig of the user's, no log level and no language but English.
    this.env = { PATH: process.env.PATH, HOME: join(bin, 'home'), LANG: 'C.UTF-8' };
  }

  /** Runs a command to its end: `{ code, stdout, stderr }`. `code` is the signal's name where a signal ended it. */
  run(args, { input = '', cwd = CWD } = {}) {
    return new Promise((resolve, reject) => {
      const child = spawn(this.file, args, { cwd, env: this.env, stdio: ['pipe', 'pipe', 'pipe'], timeout: PATIENCE, killSignal: 'SIGKILL' });
      const output = { stdout: [], stderr: [] };
      for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => output[stream].push(chunk));
      child.on('error', reject);
      child.stdin.on('error', () => {}); // The command may end without reading; its answer tells.
      child.on('close', (code, signal) => {
        const [stdout, stderr] = [output.stdout, output.stderr].map((chunks) => Buffer.concat(chunks).toString().replaceAll(this.env.HOME, '~'));
        resolve({ code: code ?? signal, stdout, stderr });
      });
      child.stdin.end(input);
    });
  }

  /** Starts a server and waits until it listens. */
  serve(args, { cwd = CWD } = {}) {
    return Kubehop.start(['--listen', '127.0.0.1:0', ...args], { file: this.file, cwd, env: this.env });
  }
}

/**
 * Gets an address, with the header `host` and the method as they are given: `{ status, headers, body }`. `headers` are sorted lines, without
 * the date and the lengths.
 */
export function get(url, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false, timeout: PATIENCE }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, headers: headerLines(response.rawHeaders), body: Buffer.concat(chunks).toString() }));
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
    asked.on('error', reject);
    asked.end();
  });
}

/** How a body is framed follows from its length. */
const PASSED_OVER = ['date', 'connection', 'content-length', 'transfer-encoding'];

function headerLines(raw) {
  const lines = [];
  for (let at = 0; at < raw.length; at += 2) {
    if (!PASSED_OVER.includes(raw[at].toLowerCase())) lines.push(`${raw[at].toLowerCase()}: ${raw[at + 1]}`);
  }
  return lines.sort();
}
