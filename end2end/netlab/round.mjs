// One topology with one backend: compares rules and packets with kubehop's answers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LISTENED, NODES } from './addresses.mjs';
import { startAgent } from './agent.mjs';
import { claims } from './claims.mjs';
import { dump, fingerprint } from './cluster.mjs';
import { differences } from './differences.mjs';
import { mapHostPorts, sharedNumbers } from './host-ports.mjs';
import { contradiction, plan } from './judge.mjs';
import { startKubeProxies } from './kube-proxy.mjs';
import { flags, traceAll } from './kubehop.mjs';
import { flush } from './network.mjs';
import { probes } from './probes.mjs';
import { Random } from './random.mjs';
import { asReader } from './readers.mjs';
import { readRules } from './rules.mjs';

const RETRIES = 2;

/**
 * Runs it, and resolves to the counts, all contradictions and the evidence; to undefined if the cluster changed meanwhile. Only timing is
 * random, so a contradiction counts if it remains when the probe is repeated with longer waits.
 */
export async function round({ lab, topology, backend, count }) {
  const { handle, agent, dir } = lab;
  const before = await fingerprint(handle);
  const text = await dump(handle, topology, backend);
  const file = join(dir, 'objects.yaml');
  writeFileSync(file, text);
  const { items: services } = await handle.request('GET', '/api/v1/services');
  const world = { services, pods: topology.pods };
  const args = topology.settings.byFlags ? flags(topology.settings, backend) : [];
  const asked = probes(new Random(topology.seed ^ 0x5eed), world, count);
  const wanted = claims(world);
  const [traces, claimed] = await Promise.all([traceAll(file, args, asked), traceAll(file, args, wanted)]);
  const fewer = await asReader({ handle, topology, backend, asked, traces });
  const withoutLoopback = backend === 'nftables' && topology.settings.featureGates.KubeProxyNFTablesLocalhostNodePorts === true;
  await listenOnLoopback(lab, !withoutLoopback);
  const proxies = await startKubeProxies({ handle, program: lab.kubeProxy, settings: topology.settings, backend, dir });
  try {
    const rules = await Promise.all(NODES.map((node) => readRules(backend, node)));
    const answered = wanted.map((claim, index) => ({ claim, trace: claimed[index] }));
    const compared = NODES.map((node, index) => differences(node, rules[index].families, answered, hidden(topology, services)));
    await mapHostPorts(lab.portmap, topology.pods, backend);
    const context = { affine: affine(services), withoutLoopback };
    const { connections, wrong } = await send({ agent, asked, traces, context });
    // A controller was late: objects and rules are not of the same moment, so the round says nothing about kubehop.
    if ((await fingerprint(handle)) !== before) return undefined;
    const names = rules.flatMap(({ families }) => families.map(({ chains }) => chains.size)).reduce((sum, each) => sum + each, 0);
    return {
      probes: asked.length,
      connections,
      names,
      unreachable: compared.flatMap(({ unreachable }) => unreachable),
      wrongRules: compared.flatMap((each) => each.wrong),
      wrongPackets: wrong,
      fewer,
      evidence: { text, rules, logs: proxies.logs(), args },
    };
  } finally {
    await proxies.stop();
    await flush();
  }
}

/** kube-proxy's own listeners on loopback, behind a gate, need ports on which the agents listen otherwise. */
async function listenOnLoopback(lab, wanted) {
  if (wanted && !lab.loopback) {
    lab.loopback = startAgent();
    await Promise.all(NODES.map(({ netns }) => lab.loopback.listen(netns, LISTENED, { tcp: ['127.0.0.1', '::1'], udp: false })));
  } else if (!wanted) {
    await lab.loopback?.stop();
    lab.loopback = undefined;
  }
}

async function send({ agent, asked, traces, context }) {
  let open = asked.map((probe, index) => ({ probe, trace: traces[index] }));
  let connections = 0;
  for (let attempt = 0; attempt <= RETRIES && open.length > 0; attempt++) {
    const results = await agent.probe(open.map(({ probe, trace }) => plan(probe, trace, context, { patient: attempt > 0 })));
    connections += results.reduce((sum, { answers, failed }) => sum + total(answers) + total(failed), 0);
    open = open
      .map((each, index) => ({ ...each, observed: results[index], reason: contradiction(each.probe, each.trace, results[index], context) }))
      .filter(({ reason }) => reason);
  }
  return { wrong: open, connections };
}

const total = (counts) => Object.values(counts).reduce((sum, each) => sum + each, 0);

/**
 * The Services with rules that no packet can reach: behind source ranges that accept nobody, external IPs that a gate disables, and nodePorts
 * whose number a hostPort has.
 */
function hidden({ settings, pods }, services) {
  const shared = sharedNumbers(pods, services);
  const some = services.filter(({ spec }) => spec.loadBalancerSourceRanges || spec.ports?.some(({ nodePort }) => shared.has(nodePort)));
  return { all: settings.featureGates.AllowServiceExternalIPs === false, services: new Set(some.map(keyOf)) };
}

const keyOf = ({ metadata }) => `${metadata.namespace}/${metadata.name}`;

function affine(services) {
  return new Set(services.filter(({ spec }) => spec.sessionAffinity === 'ClientIP').map(keyOf));
}
