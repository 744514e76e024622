// Builds the programs of the test control plane from the pinned Go modules beside this file, once, into a cache.
//
//   node build.mjs [NAME...]          builds what is missing (all of them without names) and prints the paths
//   import { ensureTools } from ...   does the same; resolves to { name: path }
//
// The cache is end2end/.cache/tools, or KUBEHOP_TOOLS_CACHE: one folder per Go module, named by a hash of what it is built from.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { waitFor } from './wait.mjs';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

const kubernetes = (name) => ({ module: 'kubernetes', package: `k8s.io/kubernetes/cmd/${name}`, binary: name });
const stages = [
  'node/fast/node-initialize',
  'node/heartbeat-with-lease/node-heartbeat-with-lease',
  'pod/fast/pod-ready',
  'pod/fast/pod-complete',
  'pod/fast/pod-delete',
];

/**
 * Every tool: its Go module, its package in that module, and the name that `go build` gives the binary. The stages are kwok's own YAML
 * files, joined.
 */
const TOOLS = {
  'kube-apiserver': kubernetes('kube-apiserver'),
  'kube-controller-manager': kubernetes('kube-controller-manager'),
  'kube-scheduler': kubernetes('kube-scheduler'),
  'kube-proxy': kubernetes('kube-proxy'),
  kubectl: kubernetes('kubectl'),
  etcd: { module: 'kubernetes', package: 'go.etcd.io/etcd/server/v3', binary: 'server' },
  kwok: { module: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok', binary: 'kwok' },
  'kwok-stages.yaml': { module: 'kwok', stages },
  certs: { module: 'certs', package: '.', binary: 'certs' },
  portmap: { module: 'cni', package: 'github.com/containernetworking/plugins/plugins/meta/portmap', binary: 'portmap' },
  coredns: { module: 'coredns', package: '.', binary: 'coredns' },
};

const LOCK_REFRESH_MS = 2_000;
const LOCK_STALE_MS = 20_000;
const BUILD_LIMIT_MS = 60 * 60_000;

/** Builds the named tools (all by default) that are missing in the cache. Resolves to their paths by name. */
export async function ensureTools(names = Object.keys(TOOLS), { log = (line) => console.error(line) } = {}) {
  const paths = {};
  for (const name of names) {
    if (!TOOLS[name]) throw new Error(`no tool is called ${name}; there are ${Object.keys(TOOLS).join(', ')}`);
    paths[name] = join(cacheFolder(TOOLS[name].module), name);
  }
  for (const module of new Set(names.map((name) => TOOLS[name].module))) {
    const missing = () => names.filter((name) => TOOLS[name].module === module && !existsSync(paths[name]));
    if (missing().length === 0) continue;
    await needGo(module);
    await withLock(cacheFolder(module), log, async () => {
      const wanted = missing(); // Another process may have built them while this one waited for the lock.
      if (wanted.length > 0) await build(module, wanted, log);
    });
  }
  return paths;
}

async function build(module, names, log) {
  const cache = cacheFolder(module);
  for (const left of readdirSync(cache)) if (left.startsWith('tmp-')) rmSync(join(cache, left), { recursive: true, force: true });
  const temporary = join(cache, `tmp-${process.pid}`);
  mkdirSync(temporary);
  log(`building ${names.join(', ')} (the first time takes minutes; Go keeps what it compiled)`);
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const progress = setInterval(() => log(`  still building after ${seconds()} s`), 60_000);
  try {
    const programs = names.filter((name) => TOOLS[name].package);
    if (programs.length > 0) {
      const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags', linkerFlags(module), '-o', `${temporary}/`];
      await go(module, ['build', ...flags, ...programs.map((name) => TOOLS[name].package)]);
    }
    for (const name of names.filter((name) => TOOLS[name].stages)) await joinStages(TOOLS[name], join(temporary, name));
    // A rename is atomic: a file in the cache is always complete.
    for (const name of names) renameSync(join(temporary, TOOLS[name].binary ?? name), join(cache, name));
    log(`built ${names.join(', ')} in ${seconds()} s`);
  } finally {
    clearInterval(progress);
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function joinStages({ module, stages }, file) {
  const { stdout } = await go(module, ['mod', 'download', '-json', 'sigs.k8s.io/kwok']);
  const folder = join(JSON.parse(stdout).Dir, 'kustomize/stage');
  writeFileSync(file, stages.map((stage) => readFileSync(join(folder, `${stage}.yaml`), 'utf8')).join('---\n'));
}

async function go(module, args) {
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  try {
    return await run('go', args, { cwd: join(here, module), env, maxBuffer: 64 << 20, timeout: BUILD_LIMIT_MS });
  } catch (error) {
    const tail = String(error.stderr ?? error.message).trimEnd().split('\n').slice(-30).join('\n');
    throw new Error(`go ${args[0]} failed in ${module}:\n${tail}`);
  }
}

async function needGo(module) {
  const wanted = /^go (\S+)$/m.exec(moduleFile(module, 'go.mod'))[1];
  const install = `install Go ${wanted} or newer (go.dev/dl) and put its bin folder on PATH`;
  let found;
  try {
    found = (await run('go', ['env', 'GOVERSION'], { cwd: join(here, module) })).stdout.trim();
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`the test control plane is built with Go, and no "go" is on PATH: ${install}`);
    throw new Error(`"go env GOVERSION" failed: ${install}\n${error.stderr ?? error.message}`);
  }
  const number = (text) => (text.match(/\d+/g) ?? []).concat(0, 0).slice(0, 3).reduce((sum, part) => sum * 1000 + Number(part), 0);
  if (number(found) < number(wanted)) throw new Error(`${found} is too old for the test control plane: ${install}`);
}

/** kubectl and others cannot parse their own version without these flags. The version is the one that go.mod pins. */
function linkerFlags(module) {
  if (module !== 'kubernetes') return '-s -w';
  const [, version, major, minor] = /^\s+k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\S+)/m.exec(moduleFile(module, 'go.mod'));
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor };
  return ['-s -w', ...Object.entries(values).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)].join(' ');
}

function cacheFolder(module) {
  const hash = createHash('sha256');
  for (const part of ['go.mod', 'go.sum', 'main.go'].map((file) => moduleFile(module, file))) hash.update(part).update('\0');
  hash.update([linkerFlags(module), stages, process.platform, process.arch].join('\0'));
  const root = resolve(process.env.KUBEHOP_TOOLS_CACHE || join(here, '../.cache/tools'));
  return join(root, `${module}-${hash.digest('hex').slice(0, 16)}`);
}

function moduleFile(module, file) {
  const path = join(here, module, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/**
 * One builder per folder: its lock is a file that it touches regularly; a lock that was not touched for long belongs to a dead process.
 * Two builders at once would only waste time, because files are renamed into place.
 */
async function withLock(folder, log, work) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  const take = () => {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const touched = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (touched && Date.now() - touched > LOCK_STALE_MS) rmSync(lock, { force: true });
    return false;
  };
  if (!take()) {
    log('another process is building the tools; waiting for it');
    await waitFor(take, `the lock ${lock}`, BUILD_LIMIT_MS, { everyMs: 500 });
  }
  const touch = setInterval(() => existsSync(lock) && utimesSync(lock, new Date(), new Date()), LOCK_REFRESH_MS);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    rmSync(lock, { force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    for (const path of Object.values(await ensureTools(process.argv.length > 2 ? process.argv.slice(2) : undefined))) console.log(path);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
