// Creates many objects at once, for benches.
import { createNamespace, createNodes, createService, create, waitFor } from './fixtures.mjs';

const CONNECTIONS = 16;
const PODS_PER_NODE = 250; // Beyond its /24, kwok would give Pods the addresses of the next Node.

/**
 * Creates Nodes, namespaces `bench-1`..., Services `service-1`... (every tenth of type NodePort) in these namespaces in turn, and Pods
 * that belong to the Services in turn and are bound to the Nodes in turn. The Pods have no owner, so a deleted one is not replaced. kwok
 * makes them ready. Resolves, when each Pod is a ready endpoint of its Service, to `{ ms: { objects, ready } }`.
 */
export async function populate(handle, { nodes = 10, services = 100, pods = 1000, namespaces = 4 }) {
  if (pods > nodes * PODS_PER_NODE) throw new Error(`${pods} Pods need ${Math.ceil(pods / PODS_PER_NODE)} Nodes; ${nodes} are asked for`);
  const start = Date.now();
  const nodeNames = await createNodes(handle, nodes);
  await each(namespaces, (index) => createNamespace(handle, namespaceOf(index, namespaces)));
  const ports = [{ name: 'http', port: 80, targetPort: 'http' }];
  await each(services, (index) => {
    const type = index % 10 === 0 ? 'NodePort' : 'ClusterIP';
    return createService(handle, { ns: namespaceOf(index, namespaces), name: serviceName(index), type, ports });
  });
  await each(pods, (index) => {
    const service = index % services;
    const ns = namespaceOf(service, namespaces);
    return create(handle, `/api/v1/namespaces/${ns}/pods`, pod(`pod-${index + 1}`, serviceName(service), nodeNames[index % nodes]));
  });
  const created = Date.now();
  // Each check reads every slice: with 10,000 Pods that takes up to a second of two processors.
  const everyMs = Math.max(500, pods / 3);
  await waitFor(async () => (await readyEndpoints(handle)) >= pods, `${pods} ready endpoints`, 15 * 60_000, { everyMs });
  return { ms: { objects: created - start, ready: Date.now() - start } };
}

/** Runs `work(0)` to `work(count - 1)`, as many at a time as there are connections. */
export async function each(count, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

async function readyEndpoints(handle) {
  const { items } = await handle.request('GET', '/apis/discovery.k8s.io/v1/endpointslices?resourceVersion=0');
  const ours = items.filter(({ metadata }) => metadata.namespace.startsWith('bench-'));
  return ours.flatMap((slice) => slice.endpoints ?? []).filter(({ conditions }) => conditions.ready).length;
}

function namespaceOf(service, namespaces) {
  return `bench-${(service % namespaces) + 1}`;
}

function serviceName(index) {
  return `service-${index + 1}`;
}

function pod(name, service, nodeName) {
  const containers = [{ name: 'server', image: 'example.test/none', ports: [{ name: 'http', containerPort: 8080 }] }];
  return { metadata: { name, labels: { app: service } }, spec: { nodeName, containers } };
}
