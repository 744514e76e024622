// A random cluster of what CoreDNS reads: Services of all types, slices of controllers and of one's own, and the Pods that ask.
import { Random } from '../netlab/random.mjs';

export const DOMAIN = 'cluster.local';
const NODE = 'n1';
const PORT_NAMES = ['http', 'dns', 'p-1'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const HOSTNAMES = ['h', 'node-0', 'web', '10-9-0-1'];
/** Names of which CoreDNS could take one for another part of a name. */
const NAMES = ['web', 'db', 'svc', 'pod', 'dns', 'ns', 'any', 'h', 'tcp', 'http', 'cluster', '10-9-0-1', 'a', 'b', 'c', 'd'];
const V4 = Array.from({ length: 12 }, (_, n) => `10.9.0.${n + 1}`);
const V6 = ['fd00:9::', ...Array.from({ length: 9 }, (_, n) => `fd00:9::${n + 1}`), 'fd00:9:0:1::1:0'];

/**
 * The objects of a seed, in two namespaces of its own: `{ seed, namespaces, nodes, services, slices, pods, clients }`. Each service and
 * slice is as the API takes it; a pod is `{ object, status }`; a client is the namespace and name of a Pod.
 */
export function topology(seed) {
  const random = new Random(seed);
  const number = seed % 10_000;
  const namespaces = [`red-${number}`, `blue-${number}`];
  const context = { random, namespaces, vips: 0 };
  const pods = namespaces.flatMap((namespace) => [0, 1, 2, 3].map((index) => pod(context, namespace, index)));
  const plans = namespaces.flatMap((namespace) => random.some(NAMES, 14).map((name) => ({ namespace, name })));
  context.plans = plans;
  const services = plans.map((plan) => service(context, plan)).filter(Boolean);
  const slices = plans.flatMap((plan) => slicesOf(context, plan));
  return { seed, namespaces, nodes: [NODE], services, slices, pods, clients: pods.map(({ object }) => object.metadata) };
}

/** A Pod with a hostname and a subdomain at times, so that the slices' controller writes hostnames. */
function pod({ random, namespaces }, namespace, index) {
  const ip = 1 + index + 10 * namespaces.indexOf(namespace);
  const podIPs = random.weighted([
    [2, [`10.8.0.${ip}`, `fd00:8::${ip}`]],
    [2, [`10.8.0.${ip}`]],
    [1, [`fd00:8::${ip}`]],
  ]);
  const spec = {
    nodeName: NODE,
    containers: [{ name: 'c', image: 'example.test/none', ports: [{ name: 'http', containerPort: 8080 }] }],
    ...(random.chance(0.6) && { hostname: random.pick(HOSTNAMES), subdomain: random.pick(NAMES) }),
  };
  const ready = random.chance(0.7) ? 'True' : 'False';
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: ready }], podIP: podIPs[0], podIPs: podIPs.map((ip) => ({ ip })) };
  return { object: { metadata: { namespace, name: `p-${index}`, labels: { app: random.pick(['x', 'y']) } }, spec }, status };
}

/** Decides what a name is, and returns its Service; nothing if only slices have the name. */
function service(context, plan) {
  const { random } = context;
  plan.kind = random.weighted([
    [5, 'clusterIP'],
    [7, 'headless'],
    [5, 'externalName'],
    [1, 'none'],
  ]);
  const metadata = { namespace: plan.namespace, name: plan.name };
  if (plan.kind === 'none') return undefined;
  if (plan.kind === 'externalName') return { metadata, spec: { type: 'ExternalName', externalName: target(context), ...(random.chance(0.5) && { ports: ports(random) }) } };
  const ipFamilies = random.weighted([
    [4, ['IPv4']],
    [2, ['IPv6']],
    [3, ['IPv4', 'IPv6']],
    [1, ['IPv6', 'IPv4']],
  ]);
  const spec = { ipFamilies, ipFamilyPolicy: ipFamilies.length === 2 ? 'RequireDualStack' : 'SingleStack', ports: ports(random) };
  if (plan.kind === 'headless') {
    spec.clusterIP = 'None';
    if (random.chance(0.2)) delete spec.ports;
  } else {
    const vip = ++context.vips;
    spec.clusterIPs = ipFamilies.map((family) => (family === 'IPv4' ? `10.96.9.${vip}` : `fd00:10:96::9:${vip}`));
    spec.clusterIP = spec.clusterIPs[0];
  }
  plan.selects = random.chance(0.4);
  if (plan.selects) Object.assign(spec, { selector: { app: random.pick(['x', 'y']) }, publishNotReadyAddresses: random.chance(0.4) });
  return { metadata, spec };
}

function ports(random) {
  const protocol = () => random.weighted([[4, 'TCP'], [2, 'UDP'], [1, 'SCTP']]);
  if (random.chance(0.35)) return [{ port: random.pick([80, 53]), targetPort: 8080, protocol: protocol() }];
  return random.some(PORT_NAMES, random.between(1, 3)).map((name, index) => ({ name, port: 80 + index, targetPort: random.pick([8080, 'http', 'nowhere']), protocol: protocol() }));
}

/** What an ExternalName stands for, or an endpoint of a slice of type FQDN. */
function target(context) {
  const { random, namespaces, plans } = context;
  const there = random.pick(plans);
  const name = `${there.name}.${there.namespace}.svc.${DOMAIN}`;
  return random.weighted([
    [4, 'db.example.com'],
    [8, name],
    [1, `${name}.`],
    [1, `h.${name}`],
    [1, `10-9-0-1.${name}`],
    [1, `nowhere.${random.pick(namespaces)}.svc.${DOMAIN}`],
    [1, `10-8-0-1.${random.pick(namespaces)}.pod.${DOMAIN}`],
    [1, '10.9.0.1'],
    [1, '1.0.9.10.in-addr.arpa'],
    [1, DOMAIN],
    [1, `${random.pick(namespaces)}.svc.${DOMAIN}`],
  ]);
}

/** Slices that no controller writes, for any name that no selector fills. */
function slicesOf(context, plan) {
  const { random } = context;
  if (plan.selects || random.chance(0.2)) return [];
  // A CNAME query gets the first name of the first slice, and the order of slices is not known: names stand in one slice alone.
  const types = random.chance(0.2) ? ['FQDN'] : random.some(['IPv4', 'IPv4', 'IPv6'], random.between(1, 3));
  return types.map((addressType, index) => ({
    metadata: { namespace: plan.namespace, name: `${plan.name}-${index}`, labels: { 'kubernetes.io/service-name': plan.name } },
    addressType,
    ports: slicePorts(random),
    endpoints: addresses(context, addressType).map((address) => endpoint(random, address)),
  }));
}

function slicePorts(random) {
  const protocol = () => random.weighted([[4, 'TCP'], [2, 'UDP'], [1, 'SCTP']]);
  const kind = random.weighted([[1, 'none'], [3, 'unnamed'], [5, 'named']]);
  if (kind === 'none') return [];
  if (kind === 'unnamed') return [{ name: '', port: 8080, protocol: protocol() }];
  const number = () => (random.chance(0.15) ? {} : { port: random.pick([8080, 8081]) });
  return random.some(PORT_NAMES, random.between(1, 3)).map((name) => ({ name, protocol: protocol(), ...number() }));
}

function addresses(context, addressType) {
  const { random } = context;
  // Names in the order in which kubehop keeps them, because a CNAME query gets the first. One may look like an address.
  if (addressType === 'FQDN') return [...new Set([target(context), target(context)])].sort();
  const list = random.some(addressType === 'IPv4' ? V4 : V6, random.between(0, 4));
  return random.chance(0.1) ? [...list, ...list.slice(0, 1)] : list;
}

function endpoint(random, address) {
  const ready = random.weighted([[6, true], [2, false], [2, undefined]]);
  const conditions = { ready, ...(random.chance(0.3) && { serving: random.chance(0.5), terminating: random.chance(0.3) }) };
  return { addresses: [address], conditions, ...(random.chance(0.35) && { hostname: random.pick(HOSTNAMES) }) };
}

export const KNOWN = { HOSTNAMES, PORT_NAMES, PROTOCOLS, NAMES };
