// Makes one change after the other, and takes the time at every place where it is seen.
import { setTimeout as sleep } from 'node:timers/promises';
import { isReady } from '../control-plane/fixtures.mjs';
import { Sightings, events, now, watch } from './wire.mjs';

const PLACES = ['watchPod', 'watchEndpoint', 'framePod', 'frameEndpoint'];
/** Pause between two changes, in ms, so that each one finds an idle server. */
const PAUSE_MS = 120;
const LIMIT_MS = 5_000;

/**
 * Opens the raw watches and kubehop's stream of `query`, and counts what is sent over them: `bytes`; and for kubehop's stream `seqs`, the
 * numbers of its frames, and `bytes.pods`, the number of changes of Pods in them.
 */
export async function listen(cluster, kubehop, query = '') {
  const sightings = new Sightings();
  const bytes = { watch: 0, frames: 0, pods: 0, Pod: 0, EndpointSlice: 0, Endpoints: 0 };
  const seqs = [];
  const streams = await Promise.all([
    watch(cluster, '/api/v1/pods', (pod, at, size) => {
      bytes.watch += size;
      sightings.saw('watchPod', keyOf(pod), isReady(pod), at);
    }),
    watch(cluster, '/apis/discovery.k8s.io/v1/endpointslices', (slice, at, size) => {
      bytes.watch += size;
      for (const { targetRef, conditions } of slice.endpoints ?? []) sightings.saw('watchEndpoint', `${targetRef?.namespace}/${targetRef?.name}`, conditions.ready, at);
    }),
    events(kubehop, query, (changes, at, size, seq) => {
      seqs.push(seq);
      bytes.frames += size;
      const watched = watchedKind(changes[0].kind); // A frame is of one kind; endpoints come with their slices.
      bytes[watched] = (bytes[watched] ?? 0) + size;
      for (const { kind, key, row } of changes) {
        if (kind === 'Pod') bytes.pods += 1;
        if (kind === 'Pod' && row) sightings.saw('framePod', key, row.ready === true, at, { framePodSeq: seq });
        if (kind === 'Endpoint' && row?.target) sightings.saw('frameEndpoint', `${row.target.namespace}/${row.target.name}`, row.ready === true, at);
      }
    }),
  ]);
  const failure = () => streams.map((stream) => stream.failure()).find(Boolean);
  return { sightings, bytes, seqs, failure, close: () => streams.forEach((stream) => stream.close()) };
}

/**
 * Makes these Pods not ready and ready again, one after the other: `count` changes, an even number. Resolves to one object of times per
 * change: `sent`, and the places. `around(pod, ready)`, if given, is called before the request; the function that it returns is called
 * after the frames and adds its own times.
 *
 * In a cluster that changes by itself a Pod may be deleted or change meanwhile: such a change is skipped, a few of them at most.
 */
export async function flip({ cluster, sightings, failure }, pods, count, { around, pause = PAUSE_MS } = {}) {
  const all = [];
  const failed = [];
  const may = cluster.changing ? Math.ceil(count / 10) : 0;
  for (let n = 0; n < count; n++) {
    const [pod, ready] = [pods[(n >> 1) % pods.length], n % 2 === 1];
    await sleep(pause);
    try {
      const later = await around?.(pod, ready);
      const { make, follow } = await cluster.prepare(pod, ready);
      sightings.expect(pod, ready);
      const sent = now();
      await make();
      if (follow) await sightings.all(['watchPod', 'framePod'], LIMIT_MS).then(follow);
      all.push({ sent, ...(await sightings.all(PLACES, LIMIT_MS)), ...(await later?.()) });
    } catch (error) {
      if (failure()) throw failure();
      failed.push(error);
      if (failed.length > may) throw new Error(`${failed.length} of ${n + 1} changes failed, the last one: ${error.message}`, { cause: error });
    }
  }
  return all;
}

const watchedKind = (kind) => (kind === 'Endpoint' ? 'EndpointSlice' : kind);

const keyOf = ({ metadata }) => `${metadata.namespace}/${metadata.name}`;
