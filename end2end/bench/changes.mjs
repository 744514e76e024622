// One change after the other, each timed at every place where it is seen.
import { setTimeout as sleep } from 'node:timers/promises';
import { isReady } from '../control-plane/fixtures.mjs';
import { Sightings, events, now, watch } from './wire.mjs';

const PLACES = ['watchPod', 'watchEndpoint', 'framePod', 'frameEndpoint'];
/** Changes come one by one, so that each finds an idle server. */
const PAUSE_MS = 120;

/** Opens both raw watches and kubehop's stream, and counts what goes over them. */
export async function listen(cluster, kubehop) {
  const sightings = new Sightings();
  const bytes = { watch: 0, frames: 0, Pod: 0, EndpointSlice: 0, Endpoints: 0, Node: 0 };
  const streams = await Promise.all([
    watch(cluster, '/api/v1/pods', (pod, at, size) => {
      bytes.watch += size;
      sightings.saw('watchPod', keyOf(pod), isReady(pod), at);
    }),
    watch(cluster, '/apis/discovery.k8s.io/v1/endpointslices', (slice, at, size) => {
      bytes.watch += size;
      for (const { targetRef, conditions } of slice.endpoints ?? []) sightings.saw('watchEndpoint', `${targetRef?.namespace}/${targetRef?.name}`, conditions.ready, at);
    }),
    events(kubehop, (changes, at, size) => {
      bytes.frames += size;
      bytes[watchedKind(changes[0].kind)] += size; // A frame is of one kind; endpoints come with their slices.
      for (const { kind, key, row } of changes) {
        if (kind === 'Pod' && row) sightings.saw('framePod', key, row.ready === true, at);
        if (kind === 'Endpoint' && row?.target) sightings.saw('frameEndpoint', `${row.target.namespace}/${row.target.name}`, row.ready === true, at);
      }
    }),
  ]);
  return { sightings, bytes, close: () => streams.forEach((stream) => stream.close()) };
}

/**
 * Makes these Pods not ready and ready again, one after the other: `count` changes, an even number. Resolves to one object of times per
 * change: `sent`, and the places. `around(pod, ready)`, if given, is called before the request; what it returns is called after the
 * frames and adds its own times.
 */
export async function flip({ cluster, sightings }, pods, count, around) {
  const all = [];
  for (let n = 0; n < count; n++) {
    const [pod, ready] = [pods[(n >> 1) % pods.length], n % 2 === 1];
    await sleep(PAUSE_MS);
    const later = await around?.(pod, ready);
    sightings.expect(pod, ready);
    const sent = now();
    await setReady(cluster, pod, ready);
    all.push({ sent, ...(await sightings.all(PLACES)), ...(await later?.()) });
  }
  return all;
}

/** One PATCH, as a kubelet would send it. */
function setReady(cluster, pod, ready) {
  const [ns, name] = pod.split('/');
  const conditions = ['Ready', 'ContainersReady'].map((type) => ({ type, status: ready ? 'True' : 'False' }));
  return cluster.request('PATCH', `/api/v1/namespaces/${ns}/pods/${name}/status`, { status: { conditions } });
}

const watchedKind = (kind) => (kind === 'Endpoint' ? 'EndpointSlice' : kind);

const keyOf = ({ metadata }) => `${metadata.namespace}/${metadata.name}`;
