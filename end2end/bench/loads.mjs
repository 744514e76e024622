// make faults, first half: what one reader does, as felt by another. kubehop has the limits of its Deployment (1 CPU, 512 Mi), its cluster is
// the sandbox in a process without limits, and so are the readers. While each load runs, a probe asks /livez, and an innocent client follows
// the stream of a cluster in which things happen all the time.
//
//   KUBEHOP_BIN=RELEASE node loads.mjs [--scale NODES,PODS,SERVICES,CHANGES_PER_SECOND] [--only PART_OF_A_NAME]
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../control-plane/wait.mjs';
import { directEnvironment } from '../control-plane/processes.mjs';
import { Kubehop } from '../tests/lib/kubehop.mjs';
import { scaleCluster } from './clusters.mjs';
import { limited } from './limits.mjs';
import { markdown, quantile } from './report.mjs';
import { rss } from './server.mjs';
import { events } from './wire.mjs';

/** The goals, in ms. */
const MOST_LIVEZ_MS = 100;
const MOST_GAP_MS = 250;
export const LIMITS = { processors: 1, memory: 512 * 2 ** 20 };
/** Nodes, Pods, Services, and changes per second. */
export const SCALE = '3000,100000,7000,50';
const QUIET_MS = 5_000;
const PROBE_EVERY_MS = 20;
const CONTEXTS = 3_000;
/** Nodes with an endpoint of the Service that is on many Nodes. */
const EVERYWHERE = 1_000;
const SLICE = 100;
const EVERYWHERE_IP = '10.96.255.254';

/** Measures all loads; resolves to a section of FAULTS.md. */
export async function loads(numbers, wanted = () => true) {
  const cluster = await scaleCluster(numbers);
  const group = limited(LIMITS);
  let kubehop;
  try {
    await everywhere(cluster);
    const kubeconfig = withContexts(cluster.kubeconfig, CONTEXTS);
    const args = ['--kubeconfig', kubeconfig, '--listen', '127.0.0.1:0', '--health-listen', '127.0.0.1:0'];
    kubehop = await Kubehop.start(args, { through: group?.through, env: directEnvironment() });
    await waitFor(async () => (await kubehop.state()) === 'live', 'kubehop to be live', 600_000, { everyMs: 500 });
    await sleep(QUIET_MS);
    const rows = [['load', '/livez, greatest', '/livez, p99', 'longest gap of the stream', 'answers', 'slowest answer', 'memory', 'sent']];
    for (const load of (await all(kubehop)).filter(({ name }) => wanted(name))) {
      const row = await measured(kubehop, load);
      console.log(row.join(' | '));
      rows.push(row);
    }
    const limits = group ? `1 CPU and 512 Mi, of which ${Math.round(group.peak())} MB were used at most; killed for memory: ${group.oom()}` : 'none: this machine has no cgroups that can be written';
    return `## One reader's load, felt by another\n\nGoals: /livez ≤ ${MOST_LIVEZ_MS} ms, gap ≤ ${MOST_GAP_MS} ms. ${cluster.about}. kubehop's limits: ${limits}.\n\n${markdown(rows)}`;
  } finally {
    await kubehop?.kill();
    group?.remove();
    await cluster.stop();
  }
}

/** The same kubeconfig with more contexts, which nobody opens. */
function withContexts(file, count) {
  const config = JSON.parse(readFileSync(file, 'utf8'));
  const [{ context }] = config.contexts;
  for (let n = 0; n < count; n += 1) config.contexts.push({ name: `other-${n}`, context });
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** Makes a Service with an endpoint on each of many Nodes. */
async function everywhere(cluster) {
  const { items } = await cluster.request('GET', `/api/v1/nodes?limit=${EVERYWHERE}`);
  const namespace = `/namespaces/${cluster.namespace}`;
  const ports = [{ name: 'http', port: 80, protocol: 'TCP' }];
  await cluster.request('POST', `/api/v1${namespace}/services`, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'everywhere' }, spec: { type: 'NodePort', clusterIP: EVERYWHERE_IP, selector: { app: 'everywhere' }, ports } });
  for (let first = 0; first < items.length; first += SLICE) {
    const endpoints = items.slice(first, first + SLICE).map(({ metadata: { name } }, n) => ({ addresses: [`10.255.${Math.floor((first + n) / 250)}.${((first + n) % 250) + 1}`], conditions: { ready: true }, nodeName: name }));
    const metadata = { name: `everywhere-${first}`, labels: { 'kubernetes.io/service-name': 'everywhere' } };
    await cluster.request('POST', `/apis/discovery.k8s.io/v1${namespace}/endpointslices`, { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType: 'IPv4', ports, endpoints });
  }
}

async function all(kubehop) {
  const question = `from=external:203.0.113.7&to=${EVERYWHERE_IP}:80`;
  const trace = `/api/v1/trace?${question}`;
  const open = '?namespaces=team-001,team-002,team-003';
  const context = (await (await fetch(`${kubehop.url}/api/v1/contexts`)).json()).find(({ current }) => current).name;
  return [
    { name: 'none', requests: [], rounds: 1 },
    { name: '20 questions about every Node, 5 times', requests: [[trace, 20]], rounds: 5 },
    { name: '50 searches at once, twice', requests: [['/api/v1/search?q=a', 50]], rounds: 2 },
    { name: '10 snapshots as gzip', requests: [['/api/v1/snapshot', 10]], headers: { 'accept-encoding': 'gzip' }, rounds: 1 },
    { name: '10 snapshots, not compressed', requests: [['/api/v1/snapshot', 10]], rounds: 1 },
    { name: `50 lists of ${CONTEXTS.toLocaleString('en-US')} contexts, twice`, requests: [['/api/v1/contexts', 50], [`${trace}&context=${context}&node=node-0001`, 10]], rounds: 2 },
    { name: '25 pages and 20 pictures, twice', requests: [[`/${open}`, 20], [`/graph.svg${open}`, 20], [`/${open}&to=${EVERYWHERE_IP}:80`, 5]], rounds: 2 },
    { name: 'all of these at once', requests: [[trace, 20], ['/api/v1/search?q=a', 20], ['/api/v1/snapshot', 5], ['/api/v1/contexts', 20], [`/${open}`, 20], [`/graph.svg${open}`, 20]], headers: { 'accept-encoding': 'gzip' }, rounds: 1 },
  ];
}

/** One load: a row of the table. */
async function measured(kubehop, { name, requests, headers = {}, rounds }) {
  const health = kubehop.health;
  const [probe, stream] = [probing(health), await followed(kubehop)];
  await sleep(1_000);
  probe.reset();
  stream.reset();
  const result = requests.length > 0 ? await sent({ url: kubehop.url, requests, headers, rounds }) : await sleep(QUIET_MS, { answers: {}, slowest: 0 });
  const [times, gap] = [await probe.end(), stream.end()];
  const answers = Object.entries(result.answers).map(([status, count]) => `${count} × ${status}`).join(', ');
  if (Math.max(...times) > MOST_LIVEZ_MS || gap > MOST_GAP_MS) process.exitCode = 1;
  const judged = (value, most) => `${Math.round(value)} ms${value > most ? ' **missed**' : ''}`;
  return [name, judged(Math.max(...times), MOST_LIVEZ_MS), judged(quantile(times, 0.99), MOST_LIVEZ_MS), judged(gap, MOST_GAP_MS), answers, result.slowest ? `${Math.round(result.slowest).toLocaleString('en-US')} ms` : '', `${Math.round(rss(kubehop) / 1000)} MB`, `${((result.bytes ?? 0) / 1e6).toFixed(1)} MB`];
}

/** Sends a load from another process. */
function sent(load) {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'requests.mjs'), [JSON.stringify(load)]);
    let result;
    child.on('message', (message) => (result = message)).on('error', reject);
    child.on('exit', (code) => (result ? resolve(result) : reject(new Error(`the load ended with ${code}`))));
  });
}

/** Asks /livez all the time; `end()` resolves to the times of the answers, in ms. */
function probing(url) {
  const agent = new Agent({ keepAlive: true });
  let times = [];
  let ended = false;
  const asked = () => new Promise((resolve, reject) => {
    const began = performance.now();
    const request = get(new URL('/livez', url), { agent }, (response) => {
      response.resume().on('end', () => {
        times.push(performance.now() - began);
        resolve();
      });
    });
    request.on('error', reject);
  });
  const done = (async () => {
    while (!ended) await Promise.all([asked(), sleep(PROBE_EVERY_MS)]);
  })();
  done.catch(() => {}); // `end` rejects with it.
  return { reset: () => (times = []), end: async () => ((ended = true), await done, agent.destroy(), times) };
}

/** Follows the stream; `end()` is the longest time between two of its events, in ms. */
async function followed(kubehop) {
  let [last, longest] = [performance.now(), 0];
  const passed = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const { close, failure } = await events(kubehop, '', passed);
  return {
    reset: () => ([last, longest] = [performance.now(), 0]),
    end: () => {
      passed();
      close();
      if (failure()) throw failure();
      return longest;
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const at = process.argv.indexOf('--scale');
  const only = process.argv.indexOf('--only');
  console.log(await loads(at > 0 ? process.argv[at + 1] : SCALE, (name) => only < 0 || name.includes(process.argv[only + 1])));
}
