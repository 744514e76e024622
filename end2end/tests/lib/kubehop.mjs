// A kubehop process of a test, on free ports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The binary: KUBEHOP_BIN, else the debug build. */
export const binary = process.env.KUBEHOP_BIN ?? fileURLToPath(new URL('../../../target/debug/kubehop', import.meta.url));

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export class Kubehop {
  /** The stderr of the process. */
  log = '';

  /**
   * Starts `kubehop` with these arguments and waits until it listens. The addresses that it prints become `url` and, with --sandbox-api,
   * `api`, with --health-listen `health`. `through` is a command that runs another one, for instance in other namespaces, and is replaced by it; `file` is another
   * binary than the tests'.
   */
  static async start(args, { through = [], file = binary, ...options } = {}) {
    const kubehop = new Kubehop();
    const [program, ...rest] = [...through, file, ...args];
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    running.add(child);
    kubehop.child = child;
    kubehop.ended = once(child, 'exit').then(([code, signal]) => {
      running.delete(child);
      return { code, signal };
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (kubehop.log += text));
    const listening = (async () => {
      for await (const line of createInterface({ input: child.stdout })) {
        kubehop.api ??= line.match(/^kubehop: sandbox API on (http:\S+)$/)?.[1];
        kubehop.health ??= line.match(/^kubehop: health on (http:\S+)$/)?.[1];
        kubehop.url ??= line.match(/^kubehop: listening on (http:\S+)$/)?.[1];
        if (kubehop.url) return child.stdout.resume();
      }
      throw new Error(`kubehop ended before it listened:\n${kubehop.log}`);
    })();
    await Promise.race([listening, once(child, 'error').then(([error]) => Promise.reject(new Error(`cannot start ${file}: ${error.message}`)))]);
    return kubehop;
  }

  /** Starts it on the sandbox, whose API listens too; `scenario` is the value of --sandbox. */
  static sandbox({ listen = '127.0.0.1:0', scenario = 'overview' } = {}) {
    return Kubehop.start([`--sandbox=${scenario}`, '--sandbox-api', '127.0.0.1:0', '--listen', listen]);
  }

  /** The `host:port` on which it listens. */
  get address() {
    return new URL(this.url).host;
  }

  /** The state of its current context: `connecting`, `live`, `stale`. */
  async state() {
    return (await (await fetch(`${this.url}/api/v1/contexts`)).json()).find(({ current }) => current)?.state;
  }

  /** Asks it to end, as a terminal or an init system does, and resolves to its exit code and signal. */
  async stop() {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  /** Kills it. */
  async kill() {
    this.killed = true;
    this.child.kill('SIGKILL');
    return this.ended;
  }
}
