// Checks whether the observation of a probe matches kubehop's prediction.
import { NODES, PODS, WORLD, familyOf, localAddresses, socket } from './addresses.mjs';

const LOOPBACK = ['127.0.0.1', '::1'];
const QUICK_MS = 400;
const PATIENT_MS = 1_500;

/**
 * How to send a probe so that its prediction can be checked: until every endpoint has answered, but only a few times for a REJECT or
 * DROP. With affinity always the same endpoint answers.
 */
export function plan(probe, trace, context, { patient = false } = {}) {
  const common = { ...pick(probe), timeoutMs: patient ? PATIENT_MS : QUICK_MS };
  const evaluation = trace.evaluations[0];
  const group = evaluation?.entry?.service ? `${evaluation.node} ${evaluation.entry.service} ${evaluation.entry.portName} ${probe.protocol}` : '';
  const distinct = new Set(evaluation?.endpoints.map(({ ip, port }) => socket(ip, port))).size;
  if (distinct === 0) return { ...common, group, least: 2, most: 3, distinct: 1, failures: 2 };
  const some = evaluation.endpoints.some(mayBeLost);
  if (some || hasAffinity(evaluation, context)) return { ...common, group, least: 3, most: some ? 6 : 3, distinct, failures: 3 };
  // Each endpoint is missed with a probability below one in a hundred million.
  return { ...common, group: '', least: Math.min(3, distinct + 1), most: 20 * distinct, distinct, failures: 2 };
}

const pick = ({ netns, protocol, source, dst, mark }) => ({ netns, protocol, source, to: dst, mark });

/** The reason why the observation contradicts the trace, or undefined. */
export function contradiction(probe, trace, observed, context) {
  if (trace.evaluations.length !== 1) return `${trace.evaluations.length} evaluations where one Node decides`;
  const [evaluation] = trace.evaluations;
  if (evaluation.outcome !== 'AMBIGUOUS') return against(probe, evaluation, observed, context);
  const reasons = evaluation.alternatives.map((each) => against(probe, each, observed, { ...context, partly: true }));
  return reasons.some((reason) => reason === undefined) ? undefined : `none of the alternatives: ${reasons.join('; ')}`;
}

function against(probe, evaluation, observed, context) {
  const answers = Object.keys(observed.answers).map(parse);
  const failed = Object.keys(observed.failed);
  const seen = [...answers.map(({ name, local, peer }) => `${name} at ${local} seeing ${peer}`), ...failed].join(', ');
  const only = (wanted) => {
    const right = answers.length === 0 && failed.every((each) => each === wanted);
    return right ? undefined : `wanted only "${wanted}", saw ${seen}`;
  };
  switch (evaluation.outcome) {
    case 'REJECT':
      return only('refused');
    case 'DROP':
      return only('timeout');
    case 'UNHANDLED':
      return answersNobody(probe, context) ? only('refused') : unhandled(probe, answers, failed, seen);
    case 'EP':
    case 'DIRECT':
    case 'HOSTPORT':
      return delivered(probe, evaluation, { answers, failed, seen }, context);
    default:
      return `the outcome is ${evaluation.outcome}, and everything is known; saw ${seen}`;
  }
}

/** The packet keeps its destination: the Node with that address answers, else the world. */
function unhandled(probe, answers, failed, seen) {
  const owner = ownerOf(probe);
  const right = ({ name, local, peer }) => name === owner && local === probe.dst && peer === probe.sourceIp;
  if (failed.length === 0 && answers.length > 0 && answers.every(right)) return undefined;
  return `wanted ${owner} at ${probe.dst} seeing ${probe.sourceIp}, saw ${seen}`;
}

function delivered(probe, evaluation, { answers, failed, seen }, context) {
  const endpoints = evaluation.endpoints.map((each) => ({ ...each, address: socket(each.ip, each.port) }));
  const lost = endpoints.filter(mayBeLost);
  if (failed.length > 0 && lost.length === 0) return `wanted an answer each time, saw ${seen}`;
  if (failed.some((each) => !['timeout', 'refused'].includes(each))) return `saw ${seen}`;
  for (const { name, local, peer } of answers) {
    const endpoint = endpoints.find(({ address }) => address === local);
    if (!endpoint) return `${local} is not among ${endpoints.map(({ address }) => address).join(' ')}`;
    if (name !== ownerOf({ dst: local, netns: probe.netns })) return `${name} answered for ${local}`;
    if (endpoint.asymmetricReturn && name !== WORLD.netns) return `${local} answered, though its reply was to miss the Node`;
    if (isStopped(endpoint)) return `${local} answered, though the packet was to be stopped after its translation`;
    const wrong = wrongSource(probe, evaluation, endpoint, peer);
    if (wrong) return wrong;
  }
  const found = new Set(answers.map(({ local }) => local));
  if (lost.length > 0 || context.partly) return undefined;
  if (hasAffinity(evaluation, context)) return found.size === 1 ? undefined : `affinity, but ${[...found].join(' and ')} answered`;
  const missing = endpoints.filter(({ address }) => !found.has(address));
  return missing.length > 0 ? `never answered: ${missing.map(({ address }) => address).join(' ')}; saw ${seen}` : undefined;
}

/**
 * Whether a connection to this endpoint may fail, because its reply misses the Node that translated the packet, or because the packet is
 * stopped after its translation. For endpoints outside the cluster the laboratory's own routing decides which way a reply without masquerade
 * takes.
 */
function mayBeLost(endpoint) {
  const { ip, masquerade, asymmetricReturn } = endpoint;
  return asymmetricReturn || (masquerade === null && endpoint.delivered === null) || isStopped(endpoint) || (masquerade === false && nameOf(ip) === WORLD.netns);
}

/** Whether kube-proxy's filters or the kernel stop packets to this endpoint. */
const isStopped = ({ delivered, asymmetricReturn }) => delivered === false && !asymmetricReturn;

/** The address that the backend saw: the client's own, or with masquerade one of the evaluation Node's; either if kubehop does not know it. */
function wrongSource(probe, evaluation, { masquerade }, peer) {
  if (masquerade !== true && peer === probe.sourceIp) return undefined;
  if (masquerade === false) return `not to be masqueraded: wanted ${probe.sourceIp}, the backend saw ${peer}`;
  const node = NODES.find(({ name }) => name === evaluation.node);
  const own = [...localAddresses(node, familyOf(peer)), LOOPBACK[familyOf(peer)]];
  return own.includes(peer) ? undefined : `${masquerade ? '' : 'maybe '}to be masqueraded by ${node.name}, but the backend saw ${peer}`;
}

/** Whether nobody listens there: with the gate for localhost nodePorts, kube-proxy needs those ports itself. */
function answersNobody(probe, { withoutLoopback }) {
  return withoutLoopback && probe.protocol === 'tcp' && LOOPBACK.includes(probe.sourceIp);
}

function hasAffinity(evaluation, { affine }) {
  return affine.has(evaluation.entry?.service);
}

function ownerOf({ dst, netns }) {
  const ip = ipOf(dst);
  return LOOPBACK.includes(ip) ? netns : nameOf(ip);
}

/** The network namespace that has this address. */
function nameOf(ip) {
  const node = NODES.find((each) => [each.ips, each.secondary].some((pair) => pair.includes(ip)));
  return node?.netns ?? PODS.find(({ ips }) => ips.includes(ip))?.netns ?? WORLD.netns;
}

const ipOf = (text) => (text.startsWith('[') ? text.slice(1, text.indexOf(']')) : text.slice(0, text.lastIndexOf(':')));

function parse(text) {
  const [name, local, peer] = text.split(' ');
  return { name, local, peer };
}
