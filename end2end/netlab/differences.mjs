// Compares the rules on a Node with those that kubehop's traces name: every chain, its endpoints and their shares, and nftables' maps.
import { FAMILIES, NODE_PORTS, familyOf, socket } from './addresses.mjs';
import { isLoopback } from './claims.mjs';

const MAPS = ['service-ips', 'service-nodeports', 'no-endpoint-services', 'no-endpoint-nodeports', 'firewall-ips', 'cluster-ips'];

/** Compares a Node's rules, of both families, with the answered claims. `hidden` names the Services of which some rules can be out of
/** reach. Returns `{ wrong, unreachable }`: differences, and rules on the Node that no packet can reach, so that no trace can name them.
 */
export function differences(node, rules, answered, hidden) {
  const results = FAMILIES.map((family) => {
    const here = ({ trace }) => trace.evaluations.some(({ nodes }) => nodes.includes(node.name));
    const mine = answered.filter((each) => familyOf(each.claim.ip) === family && here(each));
    // Rules that only an alternative of an ambiguous answer names are optional.
    const all = mine.flatMap(({ claim, trace: { evaluations } }) => [
      ...evaluations.map((evaluation) => ({ claim, evaluation })),
      ...evaluations.flatMap((answer) => answer.alternatives.map((evaluation) => ({ claim, evaluation, answer }))),
    ]);
    const result = { wrong: [], unreachable: [] };
    const unnamed = unnamedIn(result, all, hidden);
    chains(rules[family], all, result, unnamed);
    if (rules[family].maps) maps(rules[family], all, result, unnamed, [node.ips[family], node.secondary[family]]);
    return result;
  });
  const merged = (name) => [...new Set(results.flatMap((each) => each[name]))].map((text) => `${node.name}: ${text}`);
  return { wrong: merged('wrong'), unreachable: merged('unreachable') };
}

/** Records the rules that are on the Node and in no trace: as out of reach where that is possible, else as wrong. */
function unnamedIn({ wrong, unreachable }, all, hidden) {
  const isNodePort = ({ port }) => port >= NODE_PORTS[0] && port <= NODE_PORTS.at(-1);
  // Where only loopback takes nodePorts, rules that serve only other addresses are out of reach.
  const taken = all.some(({ claim, evaluation: { entry, rules } }) => entry?.kind === 'nodePort' && rules.length > 0 && !isLoopback(claim.ip));
  const anyHidden = hidden.all || (!taken && all.some(({ claim }) => isNodePort(claim)));
  return (text, service) => (anyHidden || hidden.services.has(service) ? unreachable : wrong).push(text);
}

function chains({ chains: real, choices }, all, { wrong }, unnamed) {
  const named = new Set();
  const optional = new Set(); // Named by alternatives only.
  const owners = new Map(); // Maps the hash that all chains of a Service port contain to the Service.
  const undecided = new Map(); // For each ambiguous answer, how its alternatives differ from what is programmed.
  for (const { claim, evaluation, answer } of all) {
    const names = answer ? optional : named;
    for (const name of evaluation.rules) {
      names.add(name);
      owners.set(hashOf(name), claim.service);
    }
    let difference;
    if (evaluation.outcome === 'EP' && evaluation.rules.length > 0) {
      const last = evaluation.rules.at(-1);
      const programmed = choices.get(last) ?? [];
      // nftables has a chain for an endpoint only with affinity; otherwise the endpoint's rule is its line in the Service's chain.
      const ruleOf = (each) => (programmed.some(({ rule }) => rule) ? each.rule : null);
      const endpoints = evaluation.endpoints.map((each) => ({ ...each, address: socket(each.ip, each.port), rule: ruleOf(each) }));
      for (const { rule } of endpoints) if (rule) names.add(rule);
      if (show(endpoints) !== show(programmed)) difference = `${last} (${claim.to}) has [${show(programmed)}], kubehop says [${show(endpoints)}]`;
    }
    if (answer) undecided.set(answer, [...(undecided.get(answer) ?? []), difference]);
    else if (difference) wrong.push(difference);
  }
  for (const differing of undecided.values()) if (differing.every(Boolean)) wrong.push(`none of the alternatives: ${differing.join('; ')}`);
  const chainOf = new Map([...choices].flatMap(([chain, list]) => list.map(({ rule }) => [rule, chain])));
  for (const name of named) if (!real.has(name)) wrong.push(`kubehop names ${name}, which does not exist`);
  for (const name of real) {
    if (named.has(name) || optional.has(name)) continue;
    unnamed(`${name} exists, and kubehop names it nowhere`, owners.get(hashOf(chainOf.get(name) ?? name)));
  }
}

const hashOf = (name) => /^(?:KUBE-[A-Z]+|[a-z]+)-([A-Z2-7]+)/.exec(name)?.[1];

function show(list) {
  return list.map(({ address, rule, probability }) => `${address} ${rule} ${probability.toFixed(6)}`).sort().join(', ');
}

/** nftables' maps: which addresses and ports lead to which chain, or are rejected or dropped. */
function maps({ maps: real, chains: names }, all, { wrong }, unnamed, nodeIps) {
  const predicted = Object.fromEntries(MAPS.map((name) => [name, new Map()]));
  for (const each of all) if (!isLoopback(each.claim.ip)) implied(predicted, each); // Loopback has separate maps.
  const services = new Map(all.flatMap(({ claim }) => keysOf(claim).map((key) => [key, claim.service])));
  for (const [name, elements] of Object.entries(predicted)) {
    const programmed = real[name] ?? new Map();
    for (const [key, { verdicts, optional }] of elements) {
      if (!programmed.has(key)) {
        if (!optional) wrong.push(`kubehop implies ${key} in ${name}, which has it not`);
      } else if (!verdicts.has(programmed.get(key))) {
        wrong.push(`${name} has ${key}: ${programmed.get(key)}, kubehop implies ${[...verdicts].join(' or ')}`);
      }
    }
    for (const key of programmed.keys()) {
      if (!elements.has(key)) unnamed(`${name} has ${key}, kubehop implies it nowhere`, services.get(key));
    }
  }
  wrong.push(...nodePortIps(real['nodeport-ips'], all, nodeIps), ...affinitySets(real, names));
}

const keysOf = ({ ip, port, protocol }) => [ip, `${protocol} ${port}`, `${ip} ${protocol} ${port}`];

/** The elements of maps that one evaluation implies. */
function implied(predicted, { claim, evaluation: { outcome, entry, rules }, answer }) {
  const optional = answer !== undefined;
  const say = (name, key, verdict) => {
    const known = predicted[name].get(key) ?? { verdicts: new Set(), optional: true };
    predicted[name].set(key, { verdicts: known.verdicts.add(verdict), optional: known.optional && optional });
  };
  const [ip, byPort, byAddress] = keysOf(claim);
  if (outcome === 'REJECT' && !entry) say('cluster-ips', ip, undefined);
  if (!entry || !['EP', 'REJECT', 'DROP'].includes(outcome)) return;
  const [key, chosen, ended] =
    entry.kind === 'nodePort' ? [byPort, 'service-nodeports', 'no-endpoint-nodeports'] : [byAddress, 'service-ips', 'no-endpoint-services'];
  const filtered = rules[0]?.startsWith('firewall-') === true;
  if (filtered) say('firewall-ips', key, rules[0]);
  // A drop for lack of a local endpoint follows the chain that accepts Pods and the host.
  const next = rules[filtered ? 1 : 0];
  if (next) say(chosen, key, next);
  if (outcome === 'REJECT') say(ended, key, 'reject-chain');
  else if (outcome === 'DROP' && (next || !filtered)) say(ended, key, 'drop');
}

/** The addresses that take nodePorts; without the set all addresses do. */
function nodePortIps(set, all, nodeIps) {
  const takes = new Map();
  for (const { claim, evaluation } of all) {
    if (!nodeIps.includes(claim.ip) || claim.port < NODE_PORTS[0]) continue;
    if (evaluation.entry?.kind === 'nodePort') takes.set(claim.ip, true);
    else if (evaluation.outcome === 'UNHANDLED') takes.set(claim.ip, takes.get(claim.ip) ?? false);
  }
  const differing = [...takes].filter(([ip, predicted]) => predicted !== (!set || set.has(ip)));
  return differing.map(([ip, predicted]) => `kubehop implies that ${ip} ${predicted ? 'takes' : 'does not take'} nodePorts`);
}

/** Every affinity set belongs to an endpoint's chain of the same name, and those are compared above. */
function affinitySets(real, names) {
  const sets = Object.keys(real).filter((name) => name.startsWith('affinity-')).map((name) => name.replace('affinity-', 'endpoint-'));
  const ofEndpoints = [...names].filter((name) => name.startsWith('endpoint-'));
  const alone = [...sets.filter((name) => !names.has(name)), ...ofEndpoints.filter((name) => !sets.includes(name))];
  return alone.map((name) => `${name}: a chain without its set of affinity, or a set without its chain`);
}
