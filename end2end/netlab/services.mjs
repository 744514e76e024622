// Random Services that the API server accepts.
import { CLIENT, CLUSTER_CIDRS, FAMILIES, NODES, NODE_PORTS, SERVICE_PORTS, TARGET_PORTS, vip } from './addresses.mjs';

const HEALTH_CHECK_PORTS = 32_000; // Above the ports on which the agents listen.

/** `[{ object, status }]`; the status holds the load balancer's addresses, which a cloud's controller would write. */
export function services(random, namespaces, apps) {
  const count = random.between(8, 12);
  const nodePorts = random.shuffle(NODE_PORTS);
  const taken = new Set(); // External addresses with their ports; a second claim on one is rare, because its winner is undefined.
  return Array.from({ length: count }, (_, index) => service(random, { index, namespaces, apps, nodePorts, taken }));
}

function service(random, context) {
  const { index, namespaces, apps, nodePorts } = context;
  const type = random.weighted([[3, 'ClusterIP'], [4, 'NodePort'], [5, 'LoadBalancer']]);
  const metadata = { name: `svc-${index}`, namespace: random.pick(namespaces), labels: {}, annotations: {} };
  if (random.chance(0.03)) metadata.labels['service.kubernetes.io/service-proxy-name'] = 'another';
  const families = random.weighted([
    [4, ['IPv4', 'IPv6']],
    [2, ['IPv6', 'IPv4']],
    [3, ['IPv4']],
    [2, ['IPv6']],
  ]);
  const spec = { type, ipFamilies: families, ipFamilyPolicy: families.length === 2 ? 'RequireDualStack' : 'SingleStack' };
  spec.ports = ports(random);
  // A Service without a selector has the slices of slices.mjs, or none.
  if (random.chance(0.65)) spec.selector = random.chance(0.92) ? { app: random.pick(apps) } : { app: 'nobody' };
  if (random.chance(0.3)) spec.internalTrafficPolicy = 'Local';
  if (random.chance(0.25)) spec.sessionAffinity = 'ClientIP';
  if (random.chance(0.15)) spec.publishNotReadyAddresses = true;
  if (random.chance(0.25)) spec.trafficDistribution = random.pick(['PreferClose', 'PreferSameZone', 'PreferSameNode']);
  const headless = type === 'ClusterIP' && random.chance(0.05);
  if (headless) spec.clusterIP = 'None';
  const family = () => FAMILIES[families.length === 2 ? random.between(0, 1) : families[0] === 'IPv6' ? 1 : 0];
  if (!headless && random.chance(0.4)) spec.externalIPs = addresses(random, context, spec.ports, family, random.between(1, 2));
  if (type === 'LoadBalancer' && random.chance(0.1)) spec.allocateLoadBalancerNodePorts = false;
  else if (type !== 'ClusterIP') assignNodePorts(random, spec.ports, nodePorts);
  if ((type !== 'ClusterIP' || spec.externalIPs?.length) && random.chance(0.45)) spec.externalTrafficPolicy = 'Local';
  if (type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local') spec.healthCheckNodePort = HEALTH_CHECK_PORTS + index;
  let status;
  if (type === 'LoadBalancer') {
    status = ingress(random, context, spec, family);
    if (random.chance(0.5)) spec.loadBalancerSourceRanges = ranges(random);
  }
  return { object: { metadata, spec }, status };
}

function ports(random) {
  if (random.chance(0.2)) return [port(random, { port: random.pick(SERVICE_PORTS) })]; // Unnamed.
  const numbers = random.some(SERVICE_PORTS, random.between(1, 3));
  const list = numbers.map((number, index) => port(random, { name: `p${index}`, port: number }));
  if (random.chance(0.4)) {
    // TCP and UDP on the same port number.
    const [first] = list;
    const twin = port(random, { name: 'twin', port: first.port });
    list.push({ ...twin, protocol: first.protocol === 'TCP' ? 'UDP' : 'TCP' });
  }
  return list;
}

function port(random, given) {
  // No agent uses SCTP, but its rules have names too.
  const protocol = random.weighted([[3, 'TCP'], [2, 'UDP'], [0.15, 'SCTP']]);
  const named = protocol === 'TCP' ? ['http', 'metrics', 'dns'] : ['dns'];
  const targetPort = random.weighted([[4, random.pick(TARGET_PORTS)], [3, random.pick(named)], [0.3, 'nobody']]);
  return { ...given, protocol, targetPort };
}

/** Numbers from the pool; TCP and UDP of one port may have the same one. */
function assignNodePorts(random, list, pool) {
  for (const [index, each] of list.entries()) {
    const twin = list.slice(0, index).find((other) => other.port === each.port && !other.shared);
    if (twin && random.chance(0.4)) {
      each.nodePort = twin.nodePort;
      twin.shared = each.shared = true;
    } else {
      each.nodePort = pool.pop();
    }
  }
  for (const each of list) delete each.shared;
}

/** External addresses for this Service: mostly its own ones, sometimes another Service's, or a Node's. */
function addresses(random, { taken }, list, family, count) {
  const found = [];
  for (let attempt = 0; attempt < 12 && found.length < count; attempt++) {
    const number = random.between(0, 9);
    const ip = random.chance(0.06) ? random.pick(NODES).ips[family()] : vip(family(), number);
    const keys = list.map((each) => `${ip} ${each.protocol} ${each.port}`);
    if (found.includes(ip) || (keys.some((key) => taken.has(key)) && !random.chance(0.02))) continue;
    keys.forEach((key) => taken.add(key));
    found.push(ip);
  }
  return found;
}

function ingress(random, context, spec, family) {
  const list = [];
  for (const ip of addresses(random, context, spec.ports, family, random.between(0, 2))) {
    list.push({ ip, ...random.weighted([[3, { ipMode: 'VIP' }], [2, {}], [1, { ipMode: 'Proxy' }]]) });
  }
  // An address that is also the Service's external IP.
  if (spec.externalIPs?.length && random.chance(0.15)) {
    const [ip] = spec.externalIPs;
    if (!list.some((each) => each.ip === ip)) list.push({ ip });
  }
  if (random.chance(0.1)) list.push({ hostname: 'lb.example.test' });
  return { loadBalancer: { ingress: list } };
}

/** Ranges that accept some of the sources: one client, one Node, the Pods, one family, everyone, nobody. */
function ranges(random) {
  const width = (ip) => (ip.includes(':') ? 128 : 32);
  const one = (ip) => `${ip}/${width(ip)}`;
  const choices = [
    () => CLIENT.addresses[0].map(one),
    () => [one(CLIENT.addresses[1][0])],
    () => [one(CLIENT.addresses[0][1]), 'fd00:244::/32'],
    () => CLUSTER_CIDRS,
    () => random.pick(NODES).ips.map(one),
    () => random.pick(NODES).podCIDRs,
    () => ['172.18.0.0/24', 'fd00:18::/64'],
    () => ['0.0.0.0/0'],
    () => ['192.0.2.128/25', '2001:db8:ffff::/48'],
  ];
  return [...new Set(random.some(choices, random.between(1, 2)).flatMap((choice) => choice()))];
}
