// The agent (agent/, Go): built once into the cache of tools, and controlled over its stdin and stdout.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'agent');

/** Builds the agent if the cache does not have this version. Returns its path. */
export function ensureAgent() {
  const hash = createHash('sha256');
  for (const file of readdirSync(source).sort()) hash.update(file).update('\0').update(readFileSync(join(source, file)));
  const root = resolve(process.env.KUBEHOP_TOOLS_CACHE || join(here, '../.cache/tools'));
  const folder = join(root, `netlab-agent-${hash.digest('hex').slice(0, 16)}`);
  const program = join(folder, 'agent');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const temporary = `${program}-${process.pid}`;
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', temporary];
  execFileSync('go', ['build', ...flags, '.'], { cwd: source, env, stdio: ['ignore', 'inherit', 'inherit'] });
  renameSync(temporary, program); // Atomic, so that two simultaneous builders do no harm.
  return program;
}

/** Starts the agent. `listen` and `probe` each send it a command and resolve to its answer. */
export function startAgent() {
  const child = spawn(ensureAgent(), [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map();
  let last = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line);
    const { done, failed } = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error) failed(new Error(`the agent: ${answer.error}`));
    else done(answer);
  });
  child.on('exit', (code) => waiting.forEach(({ failed }) => failed(new Error(`the agent ended with ${code}`))));
  const ask = (command) =>
    new Promise((done, failed) => {
      const id = ++last;
      waiting.set(id, { done, failed });
      child.stdin.write(`${JSON.stringify({ id, ...command })}\n`);
    });
  return {
    /** Listens over TCP on these addresses ('' is all), and over UDP on all addresses or none. */
    listen: (netns, ports, { tcp = [''], udp = true } = {}) => ask({ do: 'listen', netns, name: netns, ports, tcp, udp }),
    probe: async (probes) => (await ask({ do: 'probe', probes })).results ?? [],
    stop: () =>
      new Promise((done) => {
        child.once('exit', done);
        if (child.exitCode !== null || child.signalCode !== null || !child.kill('SIGKILL')) done();
      }),
  };
}
