// The laboratory: compares real packets through the real kube-proxy with kubehop's answers.
//
//   node end2end/netlab/run.mjs [--backend iptables|nftables|both] [--seed S] [--probes 1000] [--rounds N | --minutes M] [--results D]
//
// Exit code 0 without contradictions, 1 with contradictions, 2 when the laboratory itself failed.
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { down } from '../control-plane/control-plane.mjs';
import { ensureTools } from '../control-plane/build.mjs';
import { CLIENT, LISTENED, NODES, PODS, WORLD, localAddresses } from './addresses.mjs';
import { ensureAgent, startAgent } from './agent.mjs';
import { apply, clear, startCluster } from './cluster.mjs';
import { hideRun, isInside, runInside } from './isolate.mjs';
import { program as kubehop } from './kubehop.mjs';
import { build } from './network.mjs';
import { DEFAULT_RESULTS, Total, forget, keep } from './report.mjs';
import { round } from './round.mjs';
import { topology } from './topology.mjs';

const TOOLS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok', 'kwok-stages.yaml', 'kubectl', 'certs', 'kube-proxy', 'portmap'];
const DIR = '/run/netlab'; // Private to the laboratory, and in memory only.

function options() {
  const { values } = parseArgs({
    options: {
      backend: { type: 'string', default: 'both' },
      seed: { type: 'string' },
      probes: { type: 'string', default: '1000' },
      rounds: { type: 'string' },
      minutes: { type: 'string' },
      results: { type: 'string', default: DEFAULT_RESULTS },
      'per-round': { type: 'string', default: '350' },
    },
  });
  const backends = { both: ['iptables', 'nftables'], iptables: ['iptables'], nftables: ['nftables'] }[values.backend];
  if (!backends) throw new Error(`--backend is iptables, nftables or both, not ${values.backend}`);
  const number = (name) => {
    const value = values[name] === undefined ? undefined : Number(values[name]);
    if (Number.isNaN(value)) throw new Error(`--${name} is a number, not ${values[name]}`);
    return value;
  };
  const [probes, rounds, minutes, perRound] = ['probes', 'rounds', 'minutes', 'per-round'].map(number);
  return { backends, seed: number('seed') ?? randomInt(2 ** 31), probes, rounds, minutes, perRound, results: resolve(values.results) };
}

async function startLab() {
  hideRun();
  build();
  mkdirSync(DIR, { recursive: true });
  const tools = await ensureTools(TOOLS);
  const agent = startAgent();
  await Promise.all([...PODS, CLIENT, WORLD].map(({ netns }) => agent.listen(netns, LISTENED)));
  await Promise.all(NODES.map((node) => agent.listen(node.netns, LISTENED, { tcp: [0, 1].flatMap((family) => localAddresses(node, family)) })));
  const handle = await startCluster(`${DIR}/control-plane`);
  return { handle, agent, dir: DIR, kubeProxy: tools['kube-proxy'], portmap: tools.portmap };
}

/** Whether another topology is due: by rounds, by time, or until every backend has had its probes. */
function isDue({ rounds, minutes, probes }, done, started, totals) {
  if (rounds !== undefined) return done < rounds;
  if (minutes !== undefined) return Date.now() - started < minutes * 60_000;
  return Object.values(totals).some((total) => total.probes < probes);
}

async function run(wanted) {
  const lab = await startLab();
  const started = Date.now();
  const totals = Object.fromEntries(wanted.backends.map((backend) => [backend, new Total(backend)]));
  console.log(`netlab: seed ${wanted.seed}`);
  for (let done = 0; isDue(wanted, done, started, totals); done++) {
    const current = topology(wanted.seed + done);
    await apply(lab.handle, current);
    for (const backend of wanted.backends) {
      const before = Date.now();
      const result = await steadyRound({ lab, topology: current, backend, count: wanted.perRound });
      totals[backend].add(current, result, Date.now() - before);
      if (result.wrongPackets.length + result.wrongRules.length + result.fewer.wrong.length > 0) keep(wanted.results, current, backend, result, wanted.perRound);
    }
    await clear(lab.handle);
  }
  await down(lab.handle);
  for (const total of Object.values(totals)) console.log(total.line());
  const silent = Object.values(totals).filter(({ fewerClaimed }) => !fewerClaimed);
  for (const { backend } of silent) console.log(`${backend}: no answer to readers with fewer rights was anything but UNKNOWN`);
  return silent.length === 0 && Object.values(totals).every(({ failed }) => failed === 0) ? 0 : 1;
}

async function steadyRound(what) {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const result = await round(what);
    if (result) return result;
    console.log(`  seed ${what.topology.seed} ${what.backend}: the slices changed during the round; once more`);
  }
  throw new Error('the slices do not settle');
}

async function main() {
  const wanted = options();
  if (isInside()) return run(wanted);
  if (!existsSync(kubehop)) throw new Error(`no ${kubehop}: cargo build -p server, or set KUBEHOP_BIN`);
  // Steps that need the outer network run before the isolation.
  await ensureTools(TOOLS);
  ensureAgent();
  forget(wanted.results);
  return runInside();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.exit(await main());
  } catch (error) {
    console.error(error.stack);
    process.exit(2);
  }
}
