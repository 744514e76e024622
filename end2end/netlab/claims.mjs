// Questions that together cover every rule of a Node: each address and port that a Service claims, from outside (from within each source
// range, and from elsewhere), from a Pod and from the host. kubehop answers all of them; no packet is sent for them.
import { CLIENT, NODES, familyOf, socket } from './addresses.mjs';
import { addressesOf, owned } from './probes.mjs';

const NOBODY = ['198.18.0.1', '2001:db8:ffff:ffff::1']; // In no range that the topologies use, except the range of all addresses.
const NO_PORT = 9;

/** `[{ from, to, node, ip, port, protocol, service }]`. */
export function claims({ services, pods }) {
  return services.flatMap((service) => {
    const name = `${service.metadata.namespace}/${service.metadata.name}`;
    return [...owned(service), ...noPorts(service)].flatMap(({ ip, port, protocol, node: owner, byNodePort }) =>
      NODES.filter((node) => !byNodePort || node === owner).flatMap((node) =>
        sources(service, pods, node, ip).map((from) => {
          const [lower, to] = [protocol.toLowerCase(), `${socket(ip, port)}/${protocol.toLowerCase()}`];
          return { from, to, node: node.name, ip, port, protocol: lower, service: name };
        }),
      ),
    );
  });
}

/** Cluster IPs with a port that no Service has: they test whether the Cluster IPs are known at all. */
function noPorts(service) {
  const own = addressesOf(service).filter(({ kind }) => kind === 'clusterIP');
  return own.map(({ ip }) => ({ ip, port: NO_PORT, protocol: 'TCP' }));
}

function sources({ spec }, pods, node, destination) {
  if (isLoopback(destination)) return [`localhost:${node.name}`];
  const family = familyOf(destination);
  const alive = pods.filter((pod) => pod.node === node && !pod.hostNetwork && pod.status.phase === 'Running');
  const { namespace, name } = alive.find(({ ips }) => ips.some((ip) => familyOf(ip) === family))?.object.metadata ?? {};
  const ranges = (spec.loadBalancerSourceRanges ?? []).map((range) => range.split('/')[0]);
  const external = [CLIENT.addresses[0][family], NOBODY[family], ...ranges.filter((ip) => familyOf(ip) === family)];
  return [...external.map((ip) => `external:${ip}`), ...(name ? [`pod:${namespace}/${name}`] : []), `node:${node.name}`];
}

export const isLoopback = (ip) => ip === '127.0.0.1' || ip === '::1';
