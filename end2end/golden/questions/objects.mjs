// The addresses, ports and names of a cluster, from its objects as the Kubernetes API has them.

const COLLECTIONS = {
  nodes: '/api/v1/nodes',
  pods: '/api/v1/pods',
  services: '/api/v1/services',
  slices: '/apis/discovery.k8s.io/v1/endpointslices',
};

/** Reads the objects of a sandbox through its API. */
export async function readObjects(api) {
  const lists = Object.entries(COLLECTIONS).map(async ([name, path]) => [name, (await (await fetch(api + path)).json()).items]);
  return Object.fromEntries(await Promise.all(lists));
}

/** The objects of a list by kind, in the form of `readObjects`. */
export function sortedByKind(items) {
  const of = (kind) => items.filter((item) => item.kind === kind);
  return { nodes: of('Node'), pods: of('Pod'), services: of('Service'), slices: of('EndpointSlice') };
}

/** The parts of the objects that a question can name. */
export function facts({ nodes, pods, services, slices }) {
  return {
    nodes: nodes.map(({ metadata, spec = {}, status = {} }) => ({
      name: metadata.name,
      ips: (status.addresses ?? []).filter(({ type }) => /IP$/.test(type)).map(({ address }) => address),
      podCidrs: spec.podCIDRs ?? (spec.podCIDR ? [spec.podCIDR] : []),
    })),
    pods: pods.map(({ metadata, spec = {}, status = {} }) => ({
      name: metadata.name,
      namespace: metadata.namespace ?? 'default',
      ips: status.podIPs?.map(({ ip }) => ip) ?? (status.podIP ? [status.podIP] : []),
      ports: (spec.containers ?? []).flatMap(({ ports = [] }) => ports),
    })),
    services: services.map(({ metadata, spec = {}, status = {} }) => ({
      name: metadata.name,
      namespace: metadata.namespace ?? 'default',
      clusterIps: (spec.clusterIPs ?? [spec.clusterIP]).filter((ip) => ip && ip !== 'None'),
      externalIps: [...(spec.externalIPs ?? []), ...(status.loadBalancer?.ingress ?? []).map(({ ip }) => ip)].filter(Boolean),
      ports: spec.ports ?? [],
    })),
    endpoints: slices.flatMap(({ endpoints, ports }) => (endpoints ?? []).flatMap(({ addresses, hostname }) =>
      (addresses ?? []).map((address) => ({ address, hostname, ports: (ports ?? []).map(({ port }) => port).filter(Boolean) })))),
  };
}
