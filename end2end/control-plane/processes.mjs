// Processes of one control plane, recorded in files of its folder: pids/NAME.pid and NAME.log. So any process that knows the folder can
// end them.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { waitFor } from './wait.mjs';

/** Starts `program` in the background, with its output appended to NAME.log. It outlives this process unless a guard runs. */
export function start(folder, name, program, args) {
  mkdirSync(join(folder, 'pids'), { recursive: true });
  const log = openSync(join(folder, `${name}.log`), 'a');
  const child = spawn(program, args, { cwd: folder, env: directEnvironment(), detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', (error) => writeFileSync(join(folder, `${name}.log`), `${error.message}\n`, { flag: 'a' }));
  if (!child.pid) throw new Error(`cannot start ${program}`);
  child.unref();
  writeFileSync(pidFile(folder, name), String(child.pid));
  return child.pid;
}

/** The environment without proxy variables, because the components must reach each other directly. */
export function directEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(https?|all|no)_proxy$/i.test(key)));
}

/** The names of all processes that `start` started in this folder and that were not stopped. */
export function started(folder) {
  const pids = join(folder, 'pids');
  return existsSync(pids) ? readdirSync(pids).filter((file) => file.endsWith('.pid')).map((file) => file.slice(0, -4)) : [];
}

export function pidOf(folder, name) {
  const file = pidFile(folder, name);
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
}

export function isRunning(folder, name) {
  const pid = pidOf(folder, name);
  return pid !== undefined && isAlive(pid) && isOurs(folder, pid);
}

export function signal(folder, names, which) {
  for (const name of names) if (isRunning(folder, name)) process.kill(pidOf(folder, name), which);
}

/** Kills at once (SIGKILL) and resolves when the processes are gone. The data is thrown away, so no orderly shutdown is needed. */
export async function kill(folder, names = started(folder)) {
  signal(folder, names, 'SIGKILL');
  for (const name of names) {
    await waitFor(() => !isRunning(folder, name), `${name} to end`, 10_000, { everyMs: 10 });
    rmSync(pidFile(folder, name), { force: true });
  }
}

/**
 * Starts a shell that holds a pipe from this process and waits until the pipe closes, which happens however this process ends, SIGKILL
 * included. Then it kills all processes in the pid files.
 */
export function guard(folder) {
  const script = 'read _; for file in "$0"/pids/*.pid; do kill -9 "$(cat "$file")" 2>/dev/null; done';
  const shell = spawn('sh', ['-c', script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.unref();
  shell.stdin.unref();
  writeFileSync(join(folder, 'guard.pid'), String(shell.pid));
}

export async function killGuard(folder) {
  const file = join(folder, 'guard.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  if (isAlive(pid) && isOurs(folder, pid)) process.kill(pid, 'SIGKILL');
  await waitFor(() => !(isAlive(pid) && isOurs(folder, pid)), 'the guard to end', 10_000, { everyMs: 10 });
  rmSync(file, { force: true });
}

/** The last lines of NAME.log, for an error message. */
export function tail(folder, name, lines = 15) {
  const file = join(folder, `${name}.log`);
  const text = existsSync(file) ? readFileSync(file, 'utf8').trimEnd() : '';
  return `--- ${file}\n${text.split('\n').slice(-lines).join('\n') || '(empty)'}`;
}

/**
 * Free ports below the range from which the system takes source ports. A client's own connection attempt to a killed API server could
 * take a port of that range.
 */
export async function freePorts(count, address) {
  const ports = new Set();
  while (ports.size < count) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port, address)) ports.add(port);
  }
  return [...ports];
}

export function isFree(port, address) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error) => (error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error)));
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function pidFile(folder, name) {
  return join(folder, 'pids', `${name}.pid`);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !/\) Z /.test(readProc(pid, 'stat') ?? ''); // A zombie has ended; its parent has not waited for it yet.
}

/**
 * Whether the pid is still the process that was started here: its command line contains the folder. Without /proc the answer is always
 * yes; also for a process that is just being executed, which has no command line for a moment.
 */
function isOurs(folder, pid) {
  const commandLine = readProc(pid, 'cmdline');
  return !commandLine || commandLine.includes(folder);
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
