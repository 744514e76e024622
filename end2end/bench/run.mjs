// make bench: kubehop on a real control plane with 1,000 Pods, beside a raw `watch` in the same run. Writes RESULTS.md.
//
//   node run.mjs [--changes 200] [--pods 1000] [--services 100] [--loads 5] [--out RESULTS.md]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { down, up } from '../control-plane/control-plane.mjs';
import { waitFor } from '../control-plane/fixtures.mjs';
import { populate } from '../control-plane/populate.mjs';
import { directEnvironment } from '../control-plane/processes.mjs';
import { Kubehop, binary } from '../tests/lib/kubehop.mjs';
import { clockDifference, instrument, launch, load, longestLongTask, mainThreadTasks, podsOnScreen, screen } from './browser.mjs';
import { flip, listen } from './changes.mjs';
import { median, results, single, spread, table } from './report.mjs';

/** Of the changes with a browser, so many are made once more under a trace, which slows the page down. */
const TRACED = 50;
/** Fresh starts whose memory is measured. */
const STARTS = 5;

const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '200' },
    pods: { type: 'string', default: '1000' },
    services: { type: 'string', default: '100' },
    loads: { type: 'string', default: '5' },
    out: { type: 'string', default: join(import.meta.dirname, 'RESULTS.md') },
  },
});
const size = { nodes: 10, services: Number(values.services), pods: Number(values.pods), namespaces: 4 };
const changes = 2 * Math.ceil(Number(values.changes) / 2);

const cluster = await up({ nodes: 0, log: console.log });
try {
  await main();
} finally {
  await down(cluster);
}

async function main() {
  if (!binary.includes('/release/')) console.log(`${binary} is not a release build: its figures mean nothing`);
  const emptyRss = await freshRss();
  console.log(`${size.pods} Pods of ${size.services} Services are made`);
  await populate(cluster, size);

  const idleRss = await freshRss();
  const kubehop = await start();
  console.log(`${changes} changes without a browser`);
  const { wire, bytes } = await onTheWire(kubehop);
  console.log(`first load, then ${changes} changes with a browser`);
  const browser = await launch();
  const seen = await onTheScreen(kubehop, browser);
  await browser.close();
  const busyRss = rss(kubehop);
  await kubehop.stop();

  const rows = [...wireRows(wire, bytes), ...screenRows(seen), ...memoryRows({ emptyRss, idleRss, busyRss })];
  console.log(`\n${table(rows)}\n`);
  writeFileSync(values.out, results({ rows, binary, size, changes, notes: notes(seen) }));
  console.log(`written to ${values.out}`);
}

/** Starts kubehop and waits until it has listed everything. */
async function start() {
  const kubehop = await Kubehop.start(['--listen', '127.0.0.1:0', '--kubeconfig', cluster.kubeconfig], { env: directEnvironment() });
  const state = async () => (await (await fetch(`${kubehop.url}/api/v1/contexts`)).json())[0].state;
  await waitFor(async () => (await state()) === 'live', 'kubehop to be live', 60_000);
  return kubehop;
}

async function onTheWire(kubehop) {
  const { items } = await cluster.request('GET', '/api/v1/pods');
  const pods = items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  const streams = await listen(cluster, kubehop);
  await flip({ cluster, ...streams }, pods.slice(-10), 20); // The first rounds warm up.
  const before = { ...streams.bytes };
  const wire = await flip({ cluster, ...streams }, pods, changes);
  const bytes = Object.fromEntries(Object.entries(streams.bytes).map(([key, value]) => [key, (value - before[key]) / changes]));
  streams.close();
  return { wire, bytes };
}

async function onTheScreen(kubehop, browser) {
  const loads = { all: [], one: [] };
  for (const [name, query] of [['one', '?namespaces=bench-1'], ['all', '']]) {
    for (let n = 0; n < Number(values.loads); n++) {
      const { close, ...measured } = await load(browser, `${kubehop.url}/${query}`);
      loads[name].push(measured);
      await close();
    }
  }
  const { page, close } = await load(browser, kubehop.url);
  const streams = await listen(cluster, kubehop);
  const onScreen = await podsOnScreen(page);
  const pods = onScreen.map(({ pod }) => pod);
  await instrument(page);
  const difference = await clockDifference(page);
  const around = screen(page, onScreen);
  await flip({ cluster, ...streams }, pods, pods.length * 2, around);
  await page.evaluate(() => (window.longest = 0));
  const shown = await flip({ cluster, ...streams }, pods, changes, around);
  const longTask = await longestLongTask(page);
  const traced = await mainThreadTasks(browser, page, () => flip({ cluster, ...streams }, pods, TRACED, around));
  const tasks = traced.toSorted((a, b) => b - a).slice(0, TRACED);
  streams.close();
  await close();
  return { loads, shown, longTask, tasks, difference, pods: pods.length };
}

function wireRows(wire, bytes) {
  const between = (from, to) => wire.map((times) => times[to] - times[from]);
  const raw = between('sent', 'watchPod');
  const frame = between('sent', 'framePod');
  return [
    spread('PATCH sent → raw `watch` event, Pod', raw, 'ms'),
    spread('PATCH sent → frame, Pod', frame, 'ms'),
    spread('raw `watch` event → frame, Pod', between('watchPod', 'framePod'), 'ms'),
    single('the same as a ratio, PATCH → frame to PATCH → raw `watch`', median(frame) / median(raw), '×'),
    spread('PATCH sent → raw `watch` event, endpoint (by the slice controller)', between('sent', 'watchEndpoint'), 'ms'),
    spread('raw `watch` event → frame, endpoint', between('watchEndpoint', 'frameEndpoint'), 'ms'),
    single('bytes per change of a Pod and client, all frames that it causes', bytes.frames, 'B', 600),
    single('of these, its row', bytes.Pod, 'B'),
    single('of these, its endpoint’s row and slice', bytes.EndpointSlice, 'B'),
    single('of these, the Endpoints object of its Service (evidence)', bytes.Endpoints, 'B'),
    single('the same on the raw watches of Pods and EndpointSlices', bytes.watch, 'B'),
  ];
}

function screenRows({ loads, shown, longTask, tasks }) {
  const between = (from, to) => shown.map((times) => times[to] - times[from]);
  const budget = { median: 100, p99: 250 };
  return [
    spread('PATCH sent → raw `watch` event, Pod, with a browser', between('sent', 'watchPod'), 'ms'),
    spread('PATCH sent → pixel, Pod', between('sent', 'podPixel'), 'ms'),
    spread('API event → pixel, Pod', between('watchPod', 'podPixel'), 'ms', budget),
    spread('API event → pixel, endpoint', between('watchEndpoint', 'endpointPixel'), 'ms', budget),
    spread('frame → DOM, Pod', between('framePod', 'podDom'), 'ms'),
    single('longest long task of the main thread during the changes (0: none over 50 ms)', longTask, 'ms'),
    spread(`longest ${TRACED} tasks of the main thread during ${TRACED} changes, traced`, tasks, 'ms', { median: 10, p99: 10 }),
    spread('navigation → live picture, cold cache, one namespace open', loads.one.map(({ ms }) => ms), 'ms', { median: 1500 }),
    spread('navigation → live picture, cold cache, all namespaces', loads.all.map(({ ms }) => ms), 'ms', { median: 1500 }),
    single('WASM, JS and CSS, as they are sent', loads.all[0].appBytes / 1000, 'kB', 350),
    single('transferred on first load, one namespace open', median(loads.one.map(({ bytes }) => bytes)) / 1000, 'kB'),
    single('transferred on first load, all namespaces', median(loads.all.map(({ bytes }) => bytes)) / 1000, 'kB'),
  ];
}

function memoryRows({ emptyRss, idleRss, busyRss }) {
  const budget = 60_000 + 1.5 * size.pods;
  return [
    single('memory of the server, empty cluster', emptyRss / 1000, 'MB'),
    single('memory of the server, cluster loaded, no client yet', idleRss / 1000, 'MB', budget / 1000),
    single('memory per Pod, with its share of Services, slices and Endpoints: the difference', (idleRss - emptyRss) / size.pods, 'kB'),
    single('memory of the server after all this', busyRss / 1000, 'MB', budget / 1000),
  ];
}

/** The median of what a new kubehop needs after its first lists, in kB: one start differs from the next by megabytes. */
async function freshRss() {
  const all = [];
  for (let n = 0; n < STARTS; n++) {
    const kubehop = await start();
    all.push(rss(kubehop));
    await kubehop.stop();
  }
  return median(all);
}

/** Resident memory in kB (of 1,000 bytes). */
function rss(kubehop) {
  const status = readFileSync(`/proc/${kubehop.child.pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) * 1024) / 1000;
}

function notes({ difference, pods }) {
  return [
    'A PATCH of a Pod’s status makes two changes: the Pod’s own, and, when the real slice controller has followed, its endpoint’s.',
    'The raw `watch` and kubehop’s stream are read by one Node.js process, which also sends the PATCH: all three share a clock.',
    'kubehop sends a change at once when it was idle, and gathers for up to 50 ms what follows; an endpoint’s change follows its Pod’s.',
    `On the screen: the states of ${pods} Pods and their endpoints in a window of 1600 × 1000, all namespaces open, nothing selected.`,
    'pixel: the time stamp of the frame after the one in which the DOM changed, which is when that one is on the screen at the latest.',
    `The page’s clock differs from the bench’s by ${difference.toFixed(2)} ms, which is left in.`,
    `The trace is of ${TRACED} more changes, and of their ${TRACED} longest tasks, script, layout and paint together. Chromium runs without a GPU, on the same cores as the API server, etcd and the controllers.`,
    'Loads: a new browser context each, kubehop up and synced; transferred is what the browser reports for all requests but the open stream.',
    `Memory is VmRSS right after the first lists, the median of ${STARTS} starts; what the lists needed while they were read is partly still held then.`,
    'After all this, what encoding snapshots took is partly still held by the allocator.',
  ];
}
