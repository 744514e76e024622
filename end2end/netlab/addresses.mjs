// The addresses in the laboratory. Every list of addresses is [IPv4, IPv6].

export const NODES = [1, 2, 3].map((number) => ({
  number,
  name: `node-${number}`,
  netns: `node-${number}`,
  ips: [`172.18.0.${10 + number}`, `fd00:18::${10 + number}`],
  /** Further local addresses of the same interface: also InternalIPs, but not the first ones. */
  secondary: [`172.18.0.${20 + number}`, `fd00:18::${20 + number}`],
  bridge: [`10.244.${number}.1`, `fd00:244:${number}::1`],
  podCIDRs: [`10.244.${number}.0/24`, `fd00:244:${number}::/64`],
  /** The link to the world outside the cluster: the Node's end, and the world's end, which is the default gateway. */
  uplink: [`100.64.${number}.1`, `fd00:64:${number}::1`],
  gateway: [`100.64.${number}.2`, `fd00:64:${number}::2`],
}));

const PODS_PER_NODE = 4;

/** Network namespaces for Pods. Each topology decides which Pod object is in which namespace. */
export const PODS = NODES.flatMap((node) =>
  Array.from({ length: PODS_PER_NODE }, (_, index) => ({
    netns: `pod-${node.number}${index + 1}`,
    node,
    ips: [`10.244.${node.number}.${11 + index}`, `fd00:244:${node.number}::${11 + index}`],
  })),
);

/** A client outside the cluster, on the Nodes' network; with two addresses, so that source ranges can distinguish them. */
export const CLIENT = { netns: 'client', addresses: [['172.18.0.100', 'fd00:18::100'], ['172.18.0.101', 'fd00:18::101']] };

/** Answers on every address that no Node has: a packet that arrives here left the cluster untranslated, or goes to an endpoint outside. */
export const WORLD = {
  netns: 'world',
  ranges: [
    ['10.96.0.0/16', '203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24'],
    ['fd00:10:96::/108', '2001:db8::/32'],
  ],
};

/** The addresses of the API server: the root of the laboratory, on the Nodes' network. */
export const ROOT = ['172.18.0.254', 'fd00:18::254'];

export const CLUSTER_CIDRS = ['10.244.0.0/16', 'fd00:244::/32'];

/** An external IP or load balancer IP, number 0 to 9; one without an owner; an endpoint outside the cluster. */
export const vip = (family, number) => [`203.0.113.${10 + number}`, `2001:db8:113::${10 + number}`][family];
export const unownedIp = (family) => ['198.51.100.7', '2001:db8:51::7'][family];
export const outsideIp = (family, number) => [`192.0.2.${10 + number}`, `2001:db8:2::${10 + number}`][family];
export const unownedClusterIp = (family) => ['10.96.255.250', 'fd00:10:96::fff0'][family];

export const TARGET_PORTS = [8080, 8081, 9090, 5353];
/** None of them is a TARGET_PORT, because an endpoint whose address is also a Service's would be filtered twice (docs/fidelity.md). */
export const SERVICE_PORTS = [80, 443, 53, 8088, 8443];
export const NODE_PORTS = Array.from({ length: 60 }, (_, index) => 30_000 + index);
/** hostPorts beside the nodePorts' numbers. */
export const HOST_PORTS = Array.from({ length: 16 }, (_, index) => 30_100 + index);
export const UNOWNED_PORTS = [81, 31_999];
/** The ports on which every namespace listens, so that an untranslated packet is answered too, and the answer shows where it arrived. */
export const LISTENED = [...new Set([...TARGET_PORTS, ...SERVICE_PORTS, ...NODE_PORTS, ...HOST_PORTS, ...UNOWNED_PORTS])];

export const FAMILIES = [0, 1];
export const familyName = (family) => ['IPv4', 'IPv6'][family];
export const familyOf = (ip) => (ip.includes(':') ? 1 : 0);
export const socket = (ip, port) => (familyOf(ip) === 1 ? `[${ip}]:${port}` : `${ip}:${port}`);

/** Every address that is local on a Node. */
export function localAddresses(node, family) {
  return [node.ips, node.secondary, node.bridge, node.uplink].map((pair) => pair[family]);
}
