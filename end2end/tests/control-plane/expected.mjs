// What the picture must show according to kubectl, and waiting for it.
import { expect } from '@playwright/test';
import { picture } from '../lib/picture.mjs';

/** Waits until the addresses of all sockets of a kind are exactly these, in any order. */
export function expectAddresses(page, kind, addresses) {
  const found = () => addressesOf(page, `[data-socket="${kind}"]`);
  return expect.poll(found, { message: `${kind} sockets` }).toEqual(addresses.toSorted());
}

/** Waits until the sockets of a kind whose `data-state` has this word are exactly these. */
export function expectState(page, kind, word, addresses) {
  const found = () => addressesOf(page, `[data-socket="${kind}"][data-state~="${word}"]`);
  return expect.poll(found, { message: `${kind} sockets that are ${word}` }).toEqual(addresses.toSorted());
}

async function addressesOf(page, selector) {
  const found = await picture(page).locator(selector).evaluateAll((all) => all.map(({ dataset }) => dataset.address));
  return found.toSorted();
}

/** Every socket of a namespace whose Services all have a selector and Cluster IP, by kind. */
export async function expectedSockets(kubectl, ns) {
  const [nodes, services, slices, pods] = await Promise.all(['nodes', 'services', 'endpointslices', 'pods'].map(kubectl.get));
  const nodeIPs = nodes.map((node) => node.status.addresses.find(({ type }) => type === 'InternalIP').address);
  const ports = services.flatMap(({ spec }) => spec.ports.map((port) => ({ clusterIP: spec.clusterIP, ...port })));
  const containers = pods.flatMap(({ metadata, spec }) => spec.containers.map((container) => ({ pod: metadata.name, ...container })));
  return {
    nodeIP: nodeIPs,
    nodePort: ports.flatMap(({ nodePort }) => nodeIPs.map((ip) => `${ip}:${nodePort}`)),
    clusterIP: services.map(({ spec }) => spec.clusterIP),
    port: ports.map(({ clusterIP, port }) => `${clusterIP}:${port}`),
    dns: services.map(({ metadata }) => `${metadata.name}.${ns}.svc`),
    endpoint: endpoints(slices),
    podIP: pods.map(({ status }) => status.podIP),
    containerPort: containers.flatMap(({ pod, name, ports: declared }) => declared.map((port) => `${ns}/${pod}/${name}:${port.containerPort}`)),
  };
}

/** `IP:port` of each endpoint of a Service. */
export async function endpointsOf(kubectl, service) {
  const slices = await kubectl.get('endpointslices');
  return endpoints(slices.filter(({ metadata }) => metadata.labels['kubernetes.io/service-name'] === service));
}

function endpoints(slices) {
  return slices.flatMap((slice) => (slice.endpoints ?? []).flatMap(({ addresses }) => slice.ports.map(({ port }) => `${addresses[0]}:${port}`)));
}

/** kubehop's rows of the whole cluster, as lines that are comparable with `heldByCluster`. */
export async function heldByKubehop(kubehop) {
  const { rows } = await (await fetch(`${kubehop.url}/api/v1/snapshot`)).json();
  const line = {
    Service: ({ key, clusterIPs = ['None'] }) => [`Service ${key} ${clusterIPs[0]}`],
    EndpointSlice: ({ key }) => [`EndpointSlice ${key}`],
    Endpoint: ({ key, ready }) => [`Endpoint ${key} ${ready}`],
    Pod: ({ key, podIPs = [''], ready = false }) => [`Pod ${key} ${podIPs[0]} ${ready}`],
  };
  return rows.flatMap((row) => line[row.kind]?.(row) ?? []).toSorted();
}

/** The same lines from the API server. */
export async function heldByCluster(cluster) {
  const get = async (path) => (await cluster.request('GET', path)).items;
  const [services, slices, pods] = await Promise.all(['/api/v1/services', '/apis/discovery.k8s.io/v1/endpointslices', '/api/v1/pods'].map(get));
  const key = ({ metadata }) => `${metadata.namespace}/${metadata.name}`;
  const ready = ({ status }) => status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
  return [
    ...services.map((service) => `Service ${key(service)} ${service.spec.clusterIP}`),
    ...slices.map((slice) => `EndpointSlice ${key(slice)}`),
    ...slices.flatMap((slice) => (slice.endpoints ?? []).map(({ addresses, conditions }) => `Endpoint ${key(slice)}/${addresses[0]} ${conditions.ready}`)),
    ...pods.map((pod) => `Pod ${key(pod)} ${pod.status.podIP ?? ''} ${ready(pod)}`),
  ].toSorted();
}
