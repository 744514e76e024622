// A real Kubernetes control plane on this machine: etcd, kube-apiserver, kube-controller-manager, kube-scheduler,
// and kwok as the kubelet of every Node.
//
//   node control-plane.mjs up [--dir D] [--nodes 3] [--address A] [--detach]
//   node control-plane.mjs down --dir D
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { ensureTools } from './build.mjs';
import { isReady, kubectlRunner, requester } from './client.mjs';
import { CERTIFICATE_NAMES, ORDER, advertised, argumentsOf, writeKubeconfig, writeKwokConfig, writeTokens } from './components.mjs';
import { createNodes, nodesTakePods } from './fixtures.mjs';
import { freePorts, guard, isFree, isRunning, kill, killGuard, signal, start, started, tail } from './processes.mjs';
import { waitFor } from './wait.mjs';

const STATE = 'control-plane.json';
const NEEDED = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok', 'kwok-stages.yaml', 'kubectl', 'certs'];
const READY_LIMIT_MS = 60_000;

/**
 * Starts a control plane and resolves to its handle when it is ready for use. Options, all optional:
 *
 * - `dir`: an empty or absent folder for data and logs (default: a new one under the system's temporary folder)
 * - `nodes`: how many ready Nodes to create (3)
 * - `apiServerAddress`: the address that the API server binds to (127.0.0.1); `certificateNames`: more names or IPs for its certificate
 * - `users`: `{ name: [group...] }` that get a token beside `admin`; the default is one user `limited` without any rights
 * - `without`: components not to start, for instance `['kwok']`; `controllers` and `extraArgs: { component: [flag...] }`
 * - `detach`: the control plane outlives this process; by default it ends with this process, also when that is killed
 * - `log`: takes lines about a build of the tools
 */
export async function up(options = {}) {
  const tools = await ensureTools(NEEDED, { log: options.log });
  const dir = emptyFolder(options.dir);
  const apiServerAddress = options.apiServerAddress ?? '127.0.0.1';
  const users = { admin: ['system:masters'], ...(options.users ?? { limited: [] }) };
  const [api, etcd, etcdPeer] = [...(await freePorts(1, apiServerAddress)), ...(await freePorts(2, '127.0.0.1'))];
  const host = advertised(apiServerAddress);
  const state = {
    dir,
    tools,
    apiServerAddress,
    ports: { api, etcd, etcdPeer },
    server: `https://${host.includes(':') ? `[${host}]` : host}:${api}`,
    kubeconfig: join(dir, 'kubeconfig'),
    tokens: Object.fromEntries(Object.keys(users).map((name) => [name, randomBytes(16).toString('hex')])),
    without: options.without ?? [],
    controllers: options.controllers ?? '*,-nodeipam',
    extraArgs: options.extraArgs ?? {},
  };
  await promisify(execFile)(tools.certs, [join(dir, 'certs'), ...new Set([...CERTIFICATE_NAMES, host, ...(options.certificateNames ?? [])])]);
  writeTokens(dir, users, state.tokens);
  writeKwokConfig(dir);
  writeFileSync(join(dir, STATE), JSON.stringify(state, null, 2), { mode: 0o600 });
  if (!options.detach) guard(dir);
  const handle = attach(dir);
  writeKubeconfig(state.kubeconfig, { server: state.server, ca: handle.ca, user: 'admin', token: state.tokens.admin });
  try {
    await startAll(handle, state, options.nodes ?? 3);
  } catch (error) {
    await handle.stopAll();
    const others = ORDER.flat().filter((name) => name !== error.component).map((name) => tail(dir, name));
    throw new Error(['the control plane did not start', error.message, ...others].join('\n'), { cause: error });
  }
  return handle;
}

/** The handle of a control plane that any process started in this folder. */
export function attach(dir) {
  const state = JSON.parse(readFileSync(join(resolve(dir), STATE), 'utf8'));
  const handle = { dir: state.dir, server: state.server, kubeconfig: state.kubeconfig, tokens: state.tokens, ports: state.ports, tools: state.tools };
  handle.ca = readFileSync(join(state.dir, 'certs/ca.crt'), 'utf8');
  handle.request = requester(handle);
  handle.kubectl = kubectlRunner(handle);
  /** The path of a kubeconfig for one of `tokens`. */
  handle.kubeconfigOf = (user) => {
    const file = join(state.dir, `kubeconfig-${user}`);
    writeKubeconfig(file, { server: state.server, ca: handle.ca, user, token: state.tokens[user] });
    return file;
  };
  /**
   * Kills the API server; resolves when its port is free. The other components are paused until it is back: their retries back off to as
   * much as a minute, which a test would wait for a replaced Pod. Start it again within 40 s, the lease of the Nodes: after that they may
   * turn NotReady, and their Pods with them.
   */
  handle.killApiServer = async () => {
    signal(state.dir, othersOf(state.dir), 'SIGSTOP');
    await kill(state.dir, ['kube-apiserver']);
    await waitFor(() => isFree(state.ports.api, state.apiServerAddress), `port ${state.ports.api} to be free`, 10_000, { everyMs: 10 });
  };
  /** Starts it again with the same port, certificate and data; resolves when it is ready. */
  handle.startApiServer = async () => {
    start(state.dir, 'kube-apiserver', state.tools['kube-apiserver'], argumentsOf(state)['kube-apiserver']);
    await waitUntilReady(state.dir, 'kube-apiserver', () => isReady(handle));
    signal(state.dir, othersOf(state.dir), 'SIGCONT');
  };
  /** Ends every process and keeps the folder with the logs. `down` also removes the folder. */
  handle.stopAll = async () => {
    await kill(state.dir);
    await killGuard(state.dir);
    const bound = [[state.ports.api, state.apiServerAddress], [state.ports.etcd, '127.0.0.1'], [state.ports.etcdPeer, '127.0.0.1']];
    for (const [port, address] of bound) await waitFor(() => isFree(port, address), `port ${port} to be free`, 10_000, { everyMs: 10 });
  };
  return handle;
}

/** Stops all processes of this handle (or folder) and removes its folder. */
export async function down(handleOrDir) {
  const handle = typeof handleOrDir === 'string' ? attach(handleOrDir) : handleOrDir;
  await handle.stopAll();
  rmSync(handle.dir, { recursive: true, force: true });
}

async function startAll(handle, state, nodes) {
  const args = argumentsOf(state);
  const ready = {
    etcd: async () => (await fetch(`http://127.0.0.1:${state.ports.etcd}/health`)).ok,
    'kube-apiserver': () => isReady(handle),
    // Without its service account a namespace accepts no Pods; the controller manager makes this account and those of later namespaces.
    'kube-controller-manager': () => handle.request('GET', '/api/v1/namespaces/default/serviceaccounts/default'),
  };
  for (const step of ORDER.map((names) => names.filter((name) => !state.without.includes(name)))) {
    for (const name of step) start(state.dir, name, state.tools[name], args[name]);
    for (const name of step) if (ready[name]) await waitUntilReady(state.dir, name, ready[name]);
  }
  const names = await createNodes(handle, nodes, { wait: false });
  if (!state.without.includes('kwok')) await waitUntilReady(state.dir, 'kwok', () => nodesTakePods(handle, names));
  for (const name of started(state.dir)) assertRunning(state.dir, name);
}

/** The components that talk to the API server. */
function othersOf(dir) {
  return started(dir).filter((name) => ORDER.at(-1).includes(name));
}

async function waitUntilReady(dir, name, condition) {
  try {
    await waitFor(() => (assertRunning(dir, name), condition()), `${name} to be ready`, READY_LIMIT_MS, { everyMs: 50 });
  } catch (error) {
    throw Object.assign(new Error(`${error.message}\n${tail(dir, name)}`, { cause: error }), { component: name });
  }
}

function assertRunning(dir, name) {
  if (!isRunning(dir, name)) throw Object.assign(new Error(`${name} ended by itself`), { fatal: true });
}

function emptyFolder(wanted) {
  if (!wanted) return mkdtempSync(join(tmpdir(), 'kubehop-control-plane-'));
  const dir = resolve(wanted);
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new Error(`${dir} is not empty; "down --dir" removes the control plane of a folder`);
  mkdirSync(dir, { recursive: true });
  return dir;
}

async function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      dir: { type: 'string' },
      nodes: { type: 'string', default: '3' },
      address: { type: 'string' },
      detach: { type: 'boolean', default: false },
    },
  });
  if (positionals[0] === 'down' && values.dir) return down(resolve(values.dir));
  if (positionals[0] !== 'up') throw new Error('usage: node control-plane.mjs up [--dir D] [--nodes N] [--address A] [--detach] | down --dir D');
  const handle = await up({ dir: values.dir, nodes: Number(values.nodes), apiServerAddress: values.address, detach: values.detach });
  console.log(handle.kubeconfig);
  console.error(values.detach ? `stop it with: node control-plane.mjs down --dir ${handle.dir}` : 'Ctrl-C ends it');
  if (values.detach) return undefined;
  return new Promise((ended) => {
    const forever = setInterval(() => {}, 1 << 30);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => {
        clearInterval(forever);
        ended(down(handle));
      });
    }
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
