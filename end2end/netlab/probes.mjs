// The probes in one topology: a random part of all combinations of valid and invalid sources and destinations.
import { CLIENT, FAMILIES, NODES, SERVICE_PORTS, TARGET_PORTS, UNOWNED_PORTS } from './addresses.mjs';
import { familyName, familyOf, outsideIp, socket, unownedClusterIp, unownedIp } from './addresses.mjs';
import { mapped } from './host-ports.mjs';

const LOOPBACK = ['127.0.0.1', '::1'];
/** Probes of hostPorts and hostNetwork Pods, as a share of the probes of Services, which come first and are those of earlier versions. */
const HOSTS = 0.3;

/**
 * Probes for the Services of the API server. Each has `from`, `to` and `node`, in kubehop's notation, and how it is sent: `netns`,
 * `source` (the address to bind, else the system's choice), `sourceIp` (the address that it has), `mark`, `protocol`, `dst`.
 */
export function probes(random, { services, pods }, count) {
  const places = sources(random, pods);
  const all = (list) =>
    list
      .filter(({ protocol }) => protocol !== 'SCTP')
      .flatMap((destination) => places.filter((place) => canSend(place, destination)).map((place) => probe(random, place, destination)));
  const ofServices = random.some(all(destinations(random, services, pods)), count);
  return [...ofServices, ...random.some(all(onNodes(pods)), Math.ceil(count * HOSTS))];
}

/** Ports of the Nodes: hostPorts, on every address of their Node and on another Node, and ports of hostNetwork Pods. */
function onNodes(pods) {
  const addresses = (node) => [...node.ips, ...node.secondary, ...LOOPBACK].map((ip) => ({ kind: 'node', node, ip }));
  const byHostPort = mapped(pods).flatMap(({ pod, port: { hostPort: port, protocol } }) => {
    const other = NODES[pod.node.number % NODES.length];
    const places = [...addresses(pod.node), ...other.ips.map((ip) => ({ kind: 'node', node: other, ip }))];
    return places.map((each) => ({ ...each, port, protocol }));
  });
  const ofHosts = pods.filter(({ hostNetwork, status }) => hostNetwork && status.phase === 'Running').flatMap(({ node, object }) =>
    object.spec.containers[0].ports.flatMap(({ containerPort: port, protocol }) => addresses(node).map((each) => ({ ...each, port, protocol }))),
  );
  return [...byHostPort, ...ofHosts];
}

function sources(random, pods) {
  const running = pods.filter(({ status }) => status.phase === 'Running');
  const external = CLIENT.addresses.flatMap((pair) => NODES.map((node) => ({ kind: 'external', pair, node })));
  const hosts = ['node', 'localhost'].flatMap((kind) => NODES.map((node) => ({ kind, node })));
  const onHosts = running.filter(({ hostNetwork }) => hostNetwork).map((pod) => ({ kind: 'hostPod', pod, node: pod.node }));
  const chosen = random.some(running.filter(({ hostNetwork }) => !hostNetwork), 7).map((pod) => ({ kind: 'pod', pod, node: pod.node }));
  return [...external, ...hosts, ...onHosts, ...chosen];
}

/** `{ kind, ip, port, protocol }`; the kind `node` has the Node of the address. */
function destinations(random, services, pods) {
  const list = services.flatMap(owned);
  const protocols = ['TCP', 'UDP'];
  const wrong = { port: random.pick(SERVICE_PORTS), protocol: random.pick(protocols) };
  for (const service of services) {
    for (const { ip } of addressesOf(service).filter(({ kind }) => kind === 'clusterIP' || random.chance(0.5))) {
      list.push({ ...place(ip), port: random.pick(UNOWNED_PORTS), protocol: random.pick(protocols) });
    }
    // The right port with the wrong protocol.
    for (const destination of owned(service).filter(() => random.chance(0.15))) {
      list.push({ ...destination, protocol: destination.protocol === 'TCP' ? 'UDP' : 'TCP' });
    }
  }
  for (const family of FAMILIES) {
    for (const ip of [unownedIp(family), unownedClusterIp(family), outsideIp(family, 1)]) list.push({ kind: 'service', ip, ...wrong });
    for (const node of NODES) list.push({ ...place(node.ips[family]), port: random.pick(UNOWNED_PORTS), protocol: random.pick(protocols) });
    const direct = random.some(pods.filter(({ hostNetwork, status }) => !hostNetwork && status.phase === 'Running'), 3);
    for (const pod of direct) {
      const ip = pod.ips.find((each) => familyOf(each) === family);
      if (ip) list.push({ kind: 'pod', ip, port: random.pick(TARGET_PORTS), protocol: random.pick(protocols) });
    }
  }
  return list;
}

/** The claims of a Service: each of its ports on each of its addresses, and nodePorts on every address of every Node. */
export function owned(service) {
  const { ports = [], type, ipFamilies = [] } = service.spec;
  return ports.flatMap(({ port, protocol, nodePort }) => {
    const own = addressesOf(service).map(({ ip }) => ({ ...place(ip), port, protocol }));
    if (!nodePort || type === 'ClusterIP') return own;
    const families = FAMILIES.filter((family) => ipFamilies.includes(familyName(family)));
    const all = (node) => families.flatMap((family) => [node.ips[family], node.secondary[family], LOOPBACK[family]]);
    const one = { kind: 'node', byNodePort: true, port: nodePort, protocol };
    return [...own, ...NODES.flatMap((node) => all(node).map((ip) => ({ ...one, node, ip })))];
  });
}

/** Where a packet to an address of a Service is sent: to the Node that has the address, or through any Node. */
function place(ip) {
  const node = NODES.find(({ ips }) => ips.includes(ip));
  return { kind: node ? 'node' : 'service', node, ip };
}

export function addressesOf({ spec, status }) {
  return [
    ...(spec.clusterIPs ?? []).filter((ip) => ip !== 'None').map((ip) => ({ kind: 'clusterIP', ip })),
    ...(spec.externalIPs ?? []).map((ip) => ({ kind: 'externalIP', ip })),
    ...(status?.loadBalancer?.ingress ?? []).filter(({ ip }) => ip).map(({ ip }) => ({ kind: 'loadBalancerIP', ip })),
  ];
}

function canSend(place, destination) {
  const loopback = LOOPBACK.includes(destination.ip);
  if (loopback || place.kind === 'localhost') return loopback && place.kind === 'localhost' && place.node === destination.node;
  if (place.kind === 'external') return destination.kind === 'service' || place.node === (destination.node ?? NODES[0]);
  return place.kind !== 'pod' || place.pod.ips.some((ip) => familyOf(ip) === familyOf(destination.ip));
}

function probe(random, { kind, pair, node, pod }, destination) {
  const { ip, port } = destination;
  const [dst, protocol, family] = [socket(ip, port), destination.protocol.toLowerCase(), familyOf(ip)];
  const base = { to: `${dst}/${protocol}`, dst, protocol, node: null, mark: 0, source: '' };
  const named = pod && `pod:${pod.object.metadata.namespace}/${pod.object.metadata.name}`;
  if (kind === 'external') {
    const through = destination.kind === 'service' ? { mark: node.number, node: node.name } : {};
    return { ...base, ...through, netns: CLIENT.netns, from: `external:${pair[family]}`, source: pair[family], sourceIp: pair[family] };
  }
  if (kind === 'pod') {
    const sourceIp = pod.ips.find((each) => familyOf(each) === family);
    return { ...base, netns: pod.netns, from: random.chance(0.15) ? `pod-ip:${sourceIp}` : named, sourceIp };
  }
  if (kind === 'localhost') return { ...base, netns: node.netns, from: `localhost:${node.name}`, sourceIp: ip };
  return { ...base, netns: node.netns, from: named ?? `node:${node.name}`, sourceIp: hostSource(node, destination) };
}

/** The address that the system gives a process of the host: the Node's own address for packets to itself, the bridge's for packets to its Pods. */
function hostSource(node, { ip, kind }) {
  const family = familyOf(ip);
  // IPv4 prefers the first address of the subnet, IPv6 the destination itself.
  if (family === 1 && [node.ips, node.secondary].some((pair) => pair[family] === ip)) return ip;
  if (kind === 'pod' && ip.startsWith(node.bridge[family].replace(/1$/, ''))) return node.bridge[family];
  return node.ips[family];
}
