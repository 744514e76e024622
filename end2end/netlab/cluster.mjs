// The control plane of the laboratory, with the objects of a topology.
import { up } from '../control-plane/control-plane.mjs';
import { createNamespace } from '../control-plane/fixtures.mjs';
import { each } from '../control-plane/populate.mjs';
import { waitFor } from '../control-plane/wait.mjs';
import { NODES } from './addresses.mjs';
import { API_SERVER, configuration } from './kube-proxy.mjs';
import { USERS, permit } from './readers.mjs';
import { NAMESPACES } from './topology.mjs';

const CONTROLLERS = 'serviceaccount-controller,namespace-controller,endpoints-controller,endpointslice-controller,endpointslice-mirroring-controller';
const QUIET_MS = 1_200;
const KINDS = 'nodes,pods,services,endpoints,endpointslices,servicecidrs';
const SLICES = '/apis/discovery.k8s.io/v1/namespaces';

/** A real API server and the endpoint controllers; no kubelet and no scheduler: the laboratory writes Nodes and Pods itself. */
export async function startCluster(dir) {
  const handle = await up({ dir, nodes: 0, apiServerAddress: API_SERVER, without: ['kwok', 'kube-scheduler'], controllers: CONTROLLERS, users: USERS });
  for (const name of NAMESPACES) await createNamespace(handle, name);
  await permit(handle);
  for (const node of NODES) {
    const { name, ips, secondary, podCIDRs } = node;
    const addresses = [...ips, ...secondary].map((address) => ({ type: 'InternalIP', address }));
    const metadata = { name, labels: { 'kubernetes.io/hostname': name } };
    const status = { addresses, conditions: [{ type: 'Ready', status: 'True' }] };
    await handle.request('POST', '/api/v1/nodes', { metadata, spec: { podCIDR: podCIDRs[0], podCIDRs }, status });
  }
  return handle;
}

/** Creates all objects of a topology and resolves when the controllers have nothing more to write. */
export async function apply(handle, topology) {
  const { zones, pods, services, slices } = topology;
  for (const [name, zone] of Object.entries(zones)) {
    await handle.request('PATCH', `/api/v1/nodes/${name}`, { metadata: { labels: { 'topology.kubernetes.io/zone': zone ?? null } } });
  }
  // Services are created last: a Pod that changes under a Service makes its controller back off for seconds.
  await all(pods, async ({ object, status, terminating }) => {
    const path = `/api/v1/namespaces/${object.metadata.namespace}/pods`;
    await handle.request('POST', path, object);
    await handle.request('PATCH', `${path}/${object.metadata.name}/status`, { status });
    // No kubelet ends the Pod, so it stays terminating.
    if (terminating) await handle.request('DELETE', `${path}/${object.metadata.name}`, { gracePeriodSeconds: 36_000 });
  });
  await all(services, async ({ object, status }) => {
    const path = `/api/v1/namespaces/${object.metadata.namespace}/services`;
    await handle.request('POST', path, object);
    if (status) await handle.request('PATCH', `${path}/${object.metadata.name}/status`, { status }, 'application/merge-patch+json');
  });
  await all(slices, (slice) => {
    const { kind, metadata } = slice;
    const path = kind === 'Endpoints' ? `/api/v1/namespaces/${metadata.namespace}/endpoints` : `${SLICES}/${metadata.namespace}/endpointslices`;
    return handle.request('POST', path, slice);
  });
  const selecting = services.filter(({ object }) => object.spec.selector).map(({ object }) => object);
  await settle(handle, [...selecting, ...slices.filter(({ kind }) => kind === 'Endpoints')]);
}

/** Removes the objects that `apply` created. */
export async function clear(handle) {
  for (const namespace of NAMESPACES) {
    const { items } = await handle.request('GET', `/api/v1/namespaces/${namespace}/services`);
    await all(items, ({ metadata }) => handle.request('DELETE', `/api/v1/namespaces/${namespace}/services/${metadata.name}`));
    await handle.request('DELETE', `/api/v1/namespaces/${namespace}/pods`, { gracePeriodSeconds: 0 });
    await handle.request('DELETE', `/api/v1/namespaces/${namespace}/endpoints`);
  }
  // No garbage collector runs, so the slices of deleted Services are deleted here, once their controller has seen the deletion.
  await waitFor(async () => {
    for (const namespace of NAMESPACES) await handle.request('DELETE', `${SLICES}/${namespace}/endpointslices`);
    return (await fingerprint(handle)) === '' && (await quiet(handle)) === '';
  }, 'the slices to be gone');
}

/** All objects that kubehop reads, as kubectl prints them, with the ConfigMap of kube-proxy if kubehop is to read it. */
export async function dump(handle, { settings }, backend) {
  const path = '/api/v1/namespaces/kube-system/configmaps';
  await handle.request('DELETE', `${path}/kube-proxy`).catch(() => {});
  let kinds = KINDS;
  if (!settings.byFlags) {
    const data = { 'config.conf': JSON.stringify(configuration(settings, backend), null, 2) };
    await handle.request('POST', path, { metadata: { name: 'kube-proxy' }, data });
    kinds += ',configmaps';
  }
  return handle.kubectl(['get', kinds, '--all-namespaces', '-o', 'yaml']);
}

/** A hash of the present slices. */
export async function fingerprint(handle) {
  const lists = await Promise.all(NAMESPACES.map((namespace) => handle.request('GET', `${SLICES}/${namespace}/endpointslices`)));
  return lists.flatMap(({ items }) => items.map(({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`)).sort().join(' ');
}

/** Resolves when each of these Services has slices of a controller, and no slice changes any more. */
async function settle(handle, owners) {
  await waitFor(async () => {
    const found = await quiet(handle);
    return found !== undefined && owners.every(({ metadata }) => found.includes(`${metadata.name}-`));
  }, 'the slices to settle');
}

/** The fingerprint, if it does not change for a while. */
async function quiet(handle) {
  const before = await fingerprint(handle);
  await new Promise((wake) => setTimeout(wake, QUIET_MS));
  return (await fingerprint(handle)) === before ? before : undefined;
}

function all(list, work) {
  return each(list.length, (index) => work(list[index]));
}
