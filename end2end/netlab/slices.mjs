// Hand-made EndpointSlices, with every combination of conditions, hints and names: for Services without a selector, and sometimes beside
// the controller's own slices.
import { FAMILIES, NODES, TARGET_PORTS, familyName, outsideIp } from './addresses.mjs';

const ZONES = ['zone-a', 'zone-b'];

/** Slices for the Services of a topology; some Services without a selector have an Endpoints object instead, which is mirrored. */
export function extraSlices(random, { services, pods }) {
  return services.flatMap(({ object }) => {
    const manual = !object.spec.selector;
    if (manual && random.chance(0.12)) return [endpointsObject(random, object, pods)];
    const count = manual ? random.weighted([[1, 0], [4, 1], [3, 2], [1, 3]]) : random.chance(0.12) ? 1 : 0;
    const used = new Map();
    return Array.from({ length: count }, (_, index) => slice(random, object, pods, used, index));
  });
}

function slice(random, service, pods, used, index) {
  const { namespace, name } = service.metadata;
  const mine = service.spec.ipFamilies.map((family) => (family === 'IPv6' ? 1 : 0));
  const family = random.chance(0.95) ? random.pick(mine) : random.pick(FAMILIES);
  const metadata = { namespace, name: `${name}-manual-${index}`, labels: { 'kubernetes.io/service-name': name } };
  if (random.chance(0.04)) metadata.labels['service.kubernetes.io/headless'] = '';
  if (random.chance(0.04)) metadata.labels['kubernetes.io/service-name'] = 'another';
  if (random.chance(0.03)) {
    return { metadata, addressType: 'FQDN', ports: slicePorts(random, service), endpoints: [{ addresses: ['db.example.test'] }] };
  }
  const ports = slicePorts(random, service);
  const endpoints = Array.from({ length: random.between(0, 5) }, () => endpoint(random, service.spec.selector ? [] : pods, family));
  return { metadata, addressType: familyName(family), ports, endpoints: endpoints.filter((each) => isClear(each, ports, used)) };
}

function endpointsObject(random, { metadata: { namespace, name }, spec }, pods) {
  const family = spec.ipFamilies[0] === 'IPv6' ? 1 : 0;
  const some = (count) => {
    const found = Array.from({ length: count }, () => endpoint(random, pods, family));
    return found.map(({ addresses: [ip], nodeName }) => ({ ip, ...(nodeName && { nodeName }) }));
  };
  const seen = new Set();
  const once = ({ ip }) => !seen.has(ip) && seen.add(ip);
  const ports = spec.ports.map(({ name, protocol }) => ({ ...(name && { name }), protocol, port: random.pick(TARGET_PORTS) }));
  const [addresses, notReadyAddresses] = [some(3).filter(once), some(1).filter(once)];
  return { kind: 'Endpoints', metadata: { namespace, name }, subsets: [{ addresses, notReadyAddresses, ports }] };
}

function slicePorts(random, service) {
  const ports = service.spec.ports
    .filter(() => random.chance(0.9))
    .map(({ name, protocol }) => ({ ...(name !== undefined && { name }), protocol, port: random.pick(TARGET_PORTS) }));
  if (random.chance(0.1)) ports.push({ name: 'stranger', protocol: 'TCP', port: 8080 });
  if (random.chance(0.05) && ports[0]) delete ports[0].port;
  if (random.chance(0.05) && ports[0]) ports[0].protocol = ports[0].protocol === 'TCP' ? 'UDP' : 'TCP';
  const seen = new Set();
  return ports.filter(({ name = '' }) => !seen.has(name) && seen.add(name));
}

/** An address outside if there are no Pods: beside the controller's slices a Pod's endpoint would exist twice. */
function endpoint(random, pods, family) {
  const ofFamily = pods.filter(({ ips }) => ips.some((ip) => ip.includes(':') === (family === 1)));
  const pod = random.pick(ofFamily);
  const place = random.weighted([
    ...(pod ? [[8, { ip: pod.ips.find((ip) => ip.includes(':') === (family === 1)), node: pod.node.name }]] : []),
    ...(pod ? [[1, { ip: random.pick(NODES).ips[family] }]] : []),
    [1, { ip: outsideIp(family, random.between(0, 3)) }],
  ]);
  // The nodeName may be missing or wrong: kube-proxy trusts it.
  const nodeName = random.weighted([[7, place.node], [2, undefined], [1, random.pick(NODES).name]]);
  const conditions = {};
  for (const [condition, weights] of Object.entries({ ready: [4, 4, 3], serving: [4, 4, 2], terminating: [6, 2, 3] })) {
    const value = random.weighted([[weights[0], undefined], [weights[1], true], [weights[2], false]]);
    if (value !== undefined) conditions[condition] = value;
  }
  const hints = {};
  if (random.chance(0.55)) hints.forZones = random.some(ZONES, random.between(1, 2)).map((name) => ({ name }));
  if (random.chance(0.35)) hints.forNodes = random.some(NODES, random.between(1, 2)).map(({ name }) => ({ name }));
  const addresses = [place.ip, ...(random.chance(0.05) ? [outsideIp(family, 9)] : [])];
  return { addresses, conditions, ...(nodeName && { nodeName }), ...(Object.keys(hints).length > 0 && { hints }) };
}

/**
 * Further slices whose endpoints others of their Service have too: with the same addresses and ports, but with other conditions, hints and Nodes.
 * Of two endpoints with the same address and port kube-proxy takes the one that is not terminating; between equal ones the choice is random.
 */
export function duplicates(random, { services, slices, pods }) {
  const manual = new Set(services.filter(({ object }) => !object.spec.selector).map(({ object: { metadata } }) => `${metadata.namespace}/${metadata.name}`));
  const ownerOf = ({ metadata }) => `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name']}`;
  const doubled = slices.filter((slice) => manual.has(ownerOf(slice)) && slice.addressType !== 'FQDN' && slice.endpoints?.length > 0 && random.chance(0.2));
  return doubled.map((slice) => {
    const family = slice.addressType === 'IPv6' ? 1 : 0;
    const endpoints = random.some(slice.endpoints, random.between(1, 2)).map(({ addresses }) => ({ ...endpoint(random, pods, family), addresses }));
    return { ...slice, metadata: { ...slice.metadata, name: `${slice.metadata.name}-again` }, endpoints };
  });
}

/** Whether no endpoint of these has its address and port, and is terminating or not as it is: `duplicates` makes those. */
function isClear({ addresses, conditions }, ports, used) {
  const terminating = conditions.terminating === true;
  const keys = ports.map(({ name, protocol, port }) => `${name} ${protocol} ${addresses[0]} ${port} ${terminating}`);
  if (keys.some((key) => used.has(key))) return false;
  keys.forEach((key) => used.set(key, true));
  return true;
}
