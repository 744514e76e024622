// Objects for tests, written through the API server of a handle.
import { waitFor } from './wait.mjs';

export { waitFor };

const ZONES = ['zone-a', 'zone-b', 'zone-c'];

/**
 * Creates node-1 to node-N like the Nodes of a cluster of virtual machines: InternalIP 192.168.56.(10+N), podCIDR 10.244.N.0/24, three
 * zones in turn. Resolves when they are Ready and accept Pods, or with `wait: false` (no kwok) when they exist.
 */
export async function createNodes(handle, count, { wait = true } = {}) {
  const names = Array.from({ length: count }, (_, index) => `node-${index + 1}`);
  await Promise.all(names.map((_, index) => create(handle, '/api/v1/nodes', node(index + 1))));
  if (wait) await waitFor(() => nodesTakePods(handle, names), `${count} ready Nodes`, 60_000, { everyMs: 100 });
  return names;
}

/** Whether all these Nodes are Ready and without the taint that every new Node has. */
export async function nodesTakePods(handle, names) {
  const { items } = await handle.request('GET', '/api/v1/nodes');
  const ready = items.filter((item) => isReady(item) && !item.spec.taints?.length).map((item) => item.metadata.name);
  return names.every((name) => ready.includes(name));
}

/** Creates a namespace and resolves when it accepts Pods, that is when it has its service account. */
export async function createNamespace(handle, name) {
  await create(handle, '/api/v1/namespaces', { metadata: { name } });
  await waitFor(() => handle.request('GET', `/api/v1/namespaces/${name}/serviceaccounts/default`), `the service account of ${name}`);
}

/** Creates a Deployment and resolves when all its Pods are ready. `labels` are also those of its Pods. */
export async function createDeployment(handle, options) {
  const { ns = 'default', name, replicas = 1, labels = { app: name }, containerPort = 80, portName, wait = true } = options;
  const ports = [{ containerPort, ...(portName && { name: portName }) }];
  const template = { metadata: { labels }, spec: { containers: [{ name, image: 'example.test/none', ports }] } };
  const deployment = { metadata: { name, labels }, spec: { replicas, selector: { matchLabels: labels }, template } };
  const created = await create(handle, `/apis/apps/v1/namespaces/${ns}/deployments`, deployment);
  if (wait) await waitForReadyPods(handle, { ns, labels, count: replicas });
  return created;
}

/** Creates a Service; `spec` is added beside selector and ports (`type`, `clusterIP`, `externalTrafficPolicy` ...). */
export function createService(handle, { ns = 'default', name, selector = { app: name }, port = 80, ports = [{ port }], ...spec }) {
  return create(handle, `/api/v1/namespaces/${ns}/services`, { metadata: { name }, spec: { selector, ports, ...spec } });
}

/** Resolves to the Pods with these labels when there are exactly `count` of them, and all are ready. */
export function waitForReadyPods(handle, { ns = 'default', labels, count }, ms) {
  return waitFor(async () => {
    const items = (await listPods(handle, { ns, labels })).filter((pod) => !pod.metadata.deletionTimestamp);
    return items.length === count && items.every(isReady) && items;
  }, `${count} ready Pods in ${ns} with ${selectorOf(labels)}`, ms);
}

export async function listPods(handle, { ns = 'default', labels = {} }) {
  return (await handle.request('GET', `/api/v1/namespaces/${ns}/pods?labelSelector=${encodeURIComponent(selectorOf(labels))}`)).items;
}

/** Resolves to all endpoints of a Service, from all its EndpointSlices. */
export async function listEndpoints(handle, { ns = 'default', name }) {
  const selector = encodeURIComponent(`kubernetes.io/service-name=${name}`);
  const { items } = await handle.request('GET', `/apis/discovery.k8s.io/v1/namespaces/${ns}/endpointslices?labelSelector=${selector}`);
  return items.flatMap((slice) => slice.endpoints ?? []);
}

/**
 * Makes a Pod ready or not ready, as its kubelet would after a probe. kwok does not change it, because its stage acts only on Pending
 * Pods.
 */
export async function setPodReady(handle, ns, name, ready) {
  const path = `/api/v1/namespaces/${ns}/pods/${name}`;
  const { status } = await handle.request('GET', path);
  const value = ready ? 'True' : 'False';
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const conditions = ['Ready', 'ContainersReady'].map((type) => ({ type, status: value, lastTransitionTime }));
  const containerStatuses = status.containerStatuses?.map((container) => ({ ...container, ready }));
  return handle.request('PATCH', `${path}/status`, { status: { conditions, containerStatuses } });
}

/** Creates an object; an existing one is not changed. */
export async function create(handle, path, object) {
  try {
    return await handle.request('POST', path, object);
  } catch (error) {
    if (error.status !== 409) throw error;
    return handle.request('GET', `${path}/${object.metadata.name}`);
  }
}

export function isReady(object) {
  return object.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** Node number N of a cluster; beyond 245 Nodes the addresses continue in the next byte. */
function node(number) {
  const name = `node-${number}`;
  const host = 10 + number;
  const address = `192.168.${56 + (host >> 8)}.${host & 255}`;
  const podCIDR = `10.${244 + (number >> 8)}.${number & 255}.0/24`;
  const labels = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'topology.kubernetes.io/zone': ZONES[(number - 1) % ZONES.length],
  };
  const addresses = [{ type: 'InternalIP', address }, { type: 'Hostname', address: name }];
  return { metadata: { name, labels }, spec: { podCIDR, podCIDRs: [podCIDR] }, status: { addresses } };
}

function selectorOf(labels) {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
}
