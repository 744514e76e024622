// One of the two binaries that are compared: runs its commands and its servers.
import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kubehop } from '../tests/lib/kubehop.mjs';

/** The working directory of the commands. File paths are relative to it, so that both binaries print the same names. */
const CWD = fileURLToPath(new URL('..', import.meta.url));
/** Time limit for a command or an answer, in ms. */
const TIMEOUT_MS = 60_000;

export class Side {
  /** Both binaries run under the name `kubehop`, which they print, in their own folders below `folder`. */
  constructor(name, file, folder) {
    this.name = name;
    const bin = join(folder, name);
    mkdirSync(join(bin, 'home'), { recursive: true });
    this.file = join(bin, 'kubehop');
    symlinkSync(resolve(file), this.file);
    // No kubeconfig of the user, no log level, and English only.
    this.env = { PATH: process.env.PATH, HOME: join(bin, 'home'), LANG: 'C.UTF-8' };
  }

  /** Runs a command to its end: `{ code, stdout, stderr }`. `code` is the signal's name where a signal ended it. */
  run(args, { input = '', cwd = CWD } = {}) {
    return new Promise((resolve, reject) => {
      const child = spawn(this.file, args, { cwd, env: this.env, stdio: ['pipe', 'pipe', 'pipe'], timeout: TIMEOUT_MS, killSignal: 'SIGKILL' });
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
 * Gets a URL, with the header `host` and the method as given: `{ status, headers, body }`. `headers` are sorted lines, without the date
 * and the lengths.
 */
export function get(url, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false, timeout: TIMEOUT_MS }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, headers: headerLines(response.rawHeaders), body: Buffer.concat(chunks).toString() }));
    });
    asked.on('timeout', () => asked.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    asked.on('error', reject);
    asked.end();
  });
}

/** The framing of a body follows from its length, so its headers are not compared. */
const IGNORED_HEADERS = ['date', 'connection', 'content-length', 'transfer-encoding'];

function headerLines(raw) {
  const lines = [];
  for (let at = 0; at < raw.length; at += 2) {
    if (!IGNORED_HEADERS.includes(raw[at].toLowerCase())) lines.push(`${raw[at].toLowerCase()}: ${raw[at + 1]}`);
  }
  return lines.sort();
}
