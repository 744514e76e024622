// The control plane of the laboratory, with the objects of a topology.
import { up } from '../control-plane/control-plane.mjs';
import { createNamespace } from '../control-plane/fixtures.mjs';
import { each } from '../control-plane/populate.mjs';
import { waitFor } from '../control-plane/wait.mjs';

const CONTROLLERS = 'serviceaccount-controller,namespace-controller,endpointslice-controller';
const SLICES = '/apis/discovery.k8s.io/v1';
const KINDS = 'namespaces,pods,services,endpointslices';

/** A real API server and the endpoint-slice controller; no kubelet and no scheduler. */
export function startCluster() {
  return up({ nodes: 0, without: ['kwok', 'kube-scheduler'], controllers: CONTROLLERS });
}

/** Creates all objects of a topology and resolves when the controller has written the slices of every selector. */
export async function apply(handle, { namespaces, nodes, pods, services, slices }) {
  for (const name of nodes) await handle.request('POST', '/api/v1/nodes', { metadata: { name } }).catch(unlessPresent);
  for (const name of namespaces) await createNamespace(handle, name);
  await all(pods, async ({ object, status }) => {
    const path = `/api/v1/namespaces/${object.metadata.namespace}/pods`;
    await handle.request('POST', path, object);
    await handle.request('PATCH', `${path}/${object.metadata.name}/status`, { status });
  });
  await all(services, (service) => handle.request('POST', `/api/v1/namespaces/${service.metadata.namespace}/services`, service));
  await all(slices, (slice) => handle.request('POST', `${SLICES}/namespaces/${slice.metadata.namespace}/endpointslices`, slice));
  await waitFor(async () => {
    const written = (await listed(handle, namespaces)).slices;
    return services.filter(({ spec }) => spec.selector).every((service) => isWritten(service, pods, written));
  }, 'the slices of all selectors');
}

/** Whether a Service's slices have all addresses of its Pods. The Pods do not change, so neither do these slices. */
function isWritten({ metadata, spec }, pods, slices) {
  const selected = pods.filter(({ object }) => object.metadata.namespace === metadata.namespace && object.metadata.labels.app === spec.selector.app);
  const ips = selected.flatMap(({ status }) => status.podIPs.map(({ ip }) => ip)).filter((ip) => spec.ipFamilies.includes(ip.includes(':') ? 'IPv6' : 'IPv4'));
  const own = slices.filter((slice) => slice.metadata.namespace === metadata.namespace && slice.metadata.labels['kubernetes.io/service-name'] === metadata.name);
  const found = own.flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses));
  return own.length > 0 && [...found].sort().join() === [...ips].sort().join();
}

/** The Services and slices of these namespaces, as the API server has them. */
export async function listed(handle, namespaces) {
  const within = ({ items }) => items.filter(({ metadata }) => namespaces.includes(metadata.namespace));
  const [services, slices] = await Promise.all([handle.request('GET', '/api/v1/services'), handle.request('GET', `${SLICES}/endpointslices`)]);
  return { services: within(services), slices: within(slices) };
}

/** All objects that kubehop reads, as kubectl prints them. */
export function dump(handle) {
  return handle.kubectl(['get', KINDS, '--all-namespaces', '-o', 'yaml']);
}

/** Removes the objects that `apply` created. */
export async function clear(handle, { namespaces }) {
  for (const namespace of namespaces) {
    await handle.request('DELETE', `/api/v1/namespaces/${namespace}/services`);
    await handle.request('DELETE', `/api/v1/namespaces/${namespace}/pods`, { gracePeriodSeconds: 0 });
  }
  // No garbage collector runs; the controller may still write a slice that it had begun.
  await waitFor(async () => {
    for (const namespace of namespaces) await handle.request('DELETE', `${SLICES}/namespaces/${namespace}/endpointslices`);
    const left = await listed(handle, namespaces);
    return left.services.length + left.slices.length === 0;
  }, 'the objects to be gone');
}

function unlessPresent(error) {
  if (error.status !== 409) throw error;
}

function all(list, work) {
  return each(list.length, (index) => work(list[index]));
}
