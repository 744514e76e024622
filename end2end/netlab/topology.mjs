// A random cluster from a seed: kube-proxy's settings, the Nodes' zones, Pods, Services and hand-made slices.
import { CLUSTER_CIDRS, NODES, PODS } from './addresses.mjs';
import { giveHostPorts } from './host-ports.mjs';
import { Random } from './random.mjs';
import { services } from './services.mjs';
import { duplicates, extraSlices } from './slices.mjs';

export const NAMESPACES = ['shop', 'data'];
const APPS = ['web', 'api', 'dns'];
/** Named ports; the number differs from Pod to Pod, so that the controller writes several slices. */
const NAMED = { http: { TCP: [8080, 8081] }, metrics: { TCP: [9090] }, dns: { TCP: [5353], UDP: [5353, 9090] } };

/** The whole topology of a seed; it is always the same for the same seed. */
export function topology(seed) {
  const random = new Random(seed);
  const result = { seed, settings: settings(random), zones: zones(random), pods: pods(random) };
  result.services = services(random, NAMESPACES, APPS);
  result.slices = extraSlices(random, result);
  // Further dice, so that what came before is the same as ever.
  giveHostPorts(new Random(seed ^ 0x4057), result);
  result.slices.push(...duplicates(new Random(seed ^ 0xd0b1e), result));
  return result;
}

function settings(random) {
  const detectors = [
    [12, { detectLocalMode: 'ClusterCIDR', clusterCIDR: CLUSTER_CIDRS.join(',') }],
    [2, { detectLocalMode: 'ClusterCIDR', clusterCIDR: '' }],
    [1, { detectLocalMode: 'ClusterCIDR', clusterCIDR: CLUSTER_CIDRS[0] }],
    [1, { detectLocalMode: 'ClusterCIDR', clusterCIDR: '10.244.1.0/24,fd00:244:1::/64' }],
    [3, { detectLocalMode: 'NodeCIDR', clusterCIDR: '' }],
    [2, { detectLocalMode: 'BridgeInterface', clusterCIDR: '', bridgeInterface: 'cni0' }],
    [2, { detectLocalMode: 'InterfaceNamePrefix', clusterCIDR: '', interfaceNamePrefix: 'cni' }],
  ];
  const addresses = [
    [10, []],
    [1, ['primary']],
    [1, ['all']],
    [1, ['localhost']],
    [1, ['primary', 'localhost']],
    [1, ['172.18.0.0/24']],
    [1, ['172.18.0.16/28', 'fd00:18::20/124']], // The secondary addresses only.
    [1, ['127.0.0.0/8', '::1/128', '172.18.0.0/16']],
  ];
  const featureGates = {};
  if (random.chance(0.15)) featureGates.KubeProxyNFTablesLocalhostNodePorts = true;
  if (random.chance(0.08)) featureGates.AllowServiceExternalIPs = false;
  return {
    ...random.weighted(detectors),
    nodePortAddresses: random.weighted(addresses),
    masqueradeAll: random.chance(0.12),
    localhostNodePorts: random.chance(0.8),
    featureGates,
    /** Whether kubehop gets the settings by its flags, or reads the ConfigMap. */
    byFlags: random.chance(0.5),
  };
}

function zones(random) {
  return Object.fromEntries(NODES.map(({ name }) => [name, random.weighted([[3, 'zone-a'], [3, 'zone-b'], [1, undefined]])]));
}

/** One Pod for each namespace of the network, and some Pods on their Node's own network. */
function pods(random) {
  const ordinary = PODS.map((place) => pod(random, { name: place.netns, netns: place.netns, node: place.node, ips: place.ips }));
  const onHosts = NODES.filter(() => random.chance(0.5)).map((node) =>
    pod(random, { name: `host-${node.number}`, netns: node.netns, node, ips: node.ips, hostNetwork: true }),
  );
  return [...ordinary, ...onHosts];
}

function pod(random, place) {
  const ports = Object.entries(NAMED)
    .filter(() => random.chance(0.85))
    .flatMap(([name, byProtocol]) => {
      const [protocol, numbers] = random.pick(Object.entries(byProtocol));
      return [{ name, protocol, containerPort: random.pick(numbers) }];
    });
  const container = { name: 'main', image: 'example.test/none', ports: unique(ports) };
  const metadata = { name: place.name, namespace: random.pick(NAMESPACES), labels: { app: random.pick(APPS) } };
  const spec = { nodeName: place.node.name, containers: [container], ...(place.hostNetwork && { hostNetwork: true }) };
  if (place.hostNetwork) for (const port of container.ports) port.hostPort = port.containerPort;
  // The order of a Pod's addresses is random; some Pods have one family only.
  const ips = place.hostNetwork ? place.ips : random.weighted([[8, place.ips], [1, [...place.ips].reverse()], [1, [place.ips[0]]]]);
  const phase = random.weighted([[20, 'Running'], [1, 'Succeeded'], [1, 'Failed']]);
  const ready = phase === 'Running' && random.chance(0.7);
  const status = {
    phase,
    podIP: ips[0],
    podIPs: ips.map((ip) => ({ ip })),
    hostIP: place.node.ips[0],
    hostIPs: place.node.ips.map((ip) => ({ ip })),
    conditions: ['Ready', 'ContainersReady'].map((type) => ({ type, status: ready ? 'True' : 'False' })),
  };
  return { ...place, ips, object: { metadata, spec }, status, terminating: phase === 'Running' && random.chance(0.15) };
}

/** Makes the ports of a container differ in number and protocol. */
function unique(ports) {
  const seen = new Set();
  return ports.filter(({ protocol, containerPort }) => !seen.has(`${protocol}${containerPort}`) && seen.add(`${protocol}${containerPort}`));
}
