// make bench: kubehop against the budgets of design §6, on a real control plane and on the sandbox's clusters of any size. Writes
// RESULTS.md. All servers listen on loopback only.
//
//   node run.mjs [--only NAME]... [--scale NODES,PODS,SERVICES[,CHANGES_PER_SECOND]]... [more options, below]
//
// NAME is a cluster (`real`, `scale`) or a part (`memory`, `wire`, `load`, `screen`, `motion`, `clients`); without one, all of them.
// --rows FILE keeps the figures as JSON; --before FILE puts the figures of such a file beside the present ones, with the ratio:
//
//   KUBEHOP_BIN=OTHER node run.mjs --only scale --rows /tmp/before.json && node run.mjs --only scale --before /tmp/before.json
//
// Failures are written to RESULTS.md, and the exit code is 1 then; a missed budget is not a failure of the bench.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { binary } from '../tests/lib/kubehop.mjs';
import { realCluster, scaleCluster } from './clusters.mjs';
import { PARTS, freshRss, memoryRows, slopeRow } from './parts.mjs';
import { results, table } from './report.mjs';
import { rss, startOn } from './server.mjs';

const CLUSTERS = ['real', 'scale'];
const PART_NAMES = ['memory', ...Object.keys(PARTS)];
const SCALES = ['100,2000,200', '1000,10000,1000', '2500,50000,5000', '5000,150000,10000'];

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    scale: { type: 'string', multiple: true, default: SCALES },
    pods: { type: 'string', default: '10000' },
    services: { type: 'string', default: '1000' },
    namespaces: { type: 'string', default: '20' },
    changes: { type: 'string', default: '200' },
    loads: { type: 'string', default: '5' },
    starts: { type: 'string', default: '3' },
    clients: { type: 'string', default: '5000' },
    'client-changes': { type: 'string', default: '40' },
    out: { type: 'string', default: join(import.meta.dirname, 'RESULTS.md') },
    rows: { type: 'string' },
    before: { type: 'string' },
  },
});
const even = (text) => 2 * Math.ceil(whole(text) / 2);
const options = {
  changes: even(values.changes),
  loads: whole(values.loads),
  starts: whole(values.starts),
  clients: whole(values.clients),
  clientChanges: even(values['client-changes']),
};

const unknown = values.only.filter((name) => ![...CLUSTERS, ...PART_NAMES].includes(name));
if (unknown.length > 0) throw new Error(`--only ${unknown.join(', ')}: there are the clusters ${CLUSTERS.join(', ')} and the parts ${PART_NAMES.join(', ')}`);
const wrong = values.scale.filter((numbers) => !/^\d+,\d+,\d+(,\d+)?$/.test(numbers));
if (wrong.length > 0) throw new Error(`--scale ${wrong.join(' ')}: it takes NODES,PODS,SERVICES[,CHANGES_PER_SECOND]`);

const chosen = (names) => {
  const wanted = names.filter((name) => values.only.includes(name));
  return wanted.length > 0 ? wanted : names;
};
const clusters = chosen(CLUSTERS);
const parts = chosen(PART_NAMES);

if (!existsSync(binary)) throw new Error(`there is no kubehop at ${binary}: make build, and KUBEHOP_BIN=target/release/kubehop`);
if (!binary.includes('release')) console.log(`${binary} is not a release build: its figures mean nothing`);
const sections = [];
if (clusters.includes('real')) {
  const size = { pods: whole(values.pods), services: whole(values.services), namespaces: whole(values.namespaces) };
  sections.push(await section('real', () => realCluster(size)));
}
if (clusters.includes('scale')) {
  for (const numbers of values.scale) sections.push(await section(`scale:${numbers}`, () => scaleCluster(numbers)));
  const sizes = sections.filter(({ name, full }) => name !== 'real' && full);
  if (new Set(sizes.map(({ pods }) => pods)).size > 1) sizes.at(-1).rows.push(slopeRow(sizes));
}
for (const { name, rows } of sections) console.log(`\n${name}\n\n${table(rows)}`);
// Files are named without their folders, which are those of one machine.
const command = ['node end2end/bench/run.mjs', ...process.argv.slice(2).map((argument) => basename(argument))].join(' ');
const skipped = [...CLUSTERS.filter((name) => !clusters.includes(name)), ...PART_NAMES.filter((name) => !parts.includes(name))];
if (values.rows) writeFileSync(values.rows, JSON.stringify(sections.map(({ name, rows }) => ({ name, rows }))));
const before = values.before ? JSON.parse(readFileSync(values.before, 'utf8')) : undefined;
writeFileSync(values.out, results({ sections, binary, command, skipped, before, notes: notes() }));
console.log(`\nwritten to ${values.out}`);
const failures = sections.flatMap(({ name, failures }) => failures.map(({ part, message }) => `${name}, ${part}: ${message}`));
for (const failure of failures) console.error(`NOT MEASURED: ${failure}`);
process.exit(failures.length > 0 ? 1 : 0);

/** Measures all parts on one cluster. A failure is recorded, and the other parts go on. */
async function section(name, make) {
  const section = { name, about: 'could not be started', rows: [], failures: [], pods: 0 };
  const attempt = async (part, work) => {
    console.log(`${name}: ${part}`);
    const start = Date.now();
    try {
      section.rows.push(...((await work()) ?? []));
      console.log(`${name}: ${part} took ${Math.round((Date.now() - start) / 1000)} s`);
      return true;
    } catch (error) {
      section.failures.push({ part, message: error.message.trim().split('\n')[0] });
      console.error(`${name}: ${part} failed: ${error.stack}`);
      return false;
    }
  };
  let cluster;
  if (!(await attempt('start', async () => void (cluster = await make())))) return section;
  try {
    Object.assign(section, { about: cluster.about, pods: cluster.pods });
    const memory = {};
    const starts = parts.includes('memory') ? options.starts : 0;
    if (cluster.fill) {
      if (starts > 0) await attempt('memory of an empty cluster', async () => void (memory.empty = await freshRss(cluster, starts)));
      const fill = async () => {
        const { ms } = await cluster.fill();
        console.log(`${name}: all objects were there after ${Math.round(ms.objects / 1000)} s`);
      };
      if (!(await attempt('fill', fill))) return section;
    }
    if (starts > 0) await attempt('memory', async () => void (memory.full = section.full = await freshRss(cluster, starts)));
    await attempt('all other parts', async () => {
      const kubehop = await startOn(cluster);
      try {
        for (const [part, work] of Object.entries(PARTS)) {
          if (!parts.includes(part)) continue;
          if (part === 'clients' && starts > 0) memory.busy = rss(kubehop); // Before thousands of clients, who have a row of their own.
          await attempt(part, () => work(cluster, kubehop, options));
        }
      } finally {
        await kubehop.stop();
      }
    });
    section.rows.push(...memoryRows(cluster, memory));
  } finally {
    await cluster.stop();
  }
  return section;
}

function whole(text) {
  if (!/^\d+$/.test(text)) throw new Error(`${text} is not a whole number`);
  return Number(text);
}

function notes() {
  return [
    'The design sets its budgets for 10,000 Pods and an idle machine of two cores; every size is held to the same ones here.',
    'The kubehop that is measured is a process of its own, and so are the cluster, the browser and the many clients. All of them, and the bench, share the cores.',
    `Changes: ${options.changes} for each row, one after the other; each makes one Pod ready or not. On the real control plane the slice controller follows; on the sandbox the bench writes the slice itself, once it has seen the Pod’s frame. A change of a Pod and that of its endpoint are two.`,
    'The raw `watch` and kubehop’s stream are read by the process that sends the PATCH: all three share a clock, and how far the page’s is from it is measured and taken off. “API event” is when that process has read the raw `watch`’s event, which is late by what it does meanwhile; “PATCH sent → pixel” has no such doubt, and the API server’s time in it.',
    'kubehop sends a change at once when it was idle, and gathers for up to 50 ms what follows; an endpoint’s change follows its Pod’s.',
    'Bytes per change: of all frames that came, over the changes of Pods that were in them. In a cluster where things happen by themselves, theirs are among them.',
    'On the screen: the Pods in a window of 1600 × 1000, nothing selected. Pixel: the time stamp of the frame after the one in which the DOM changed, which is when that one is on the screen at the latest.',
    'Longest task per change: script, layout and paint together, from a trace of Chromium, between one change and the next. Chromium runs without a GPU.',
    `Loads: a new browser context each, ${options.loads} times, kubehop up and synced; transferred is what the browser reports for all requests but the open stream.`,
    'Pan and zoom: `main.canvas` is moved by one step in each animation frame, and the times between frames are those that `requestAnimationFrame` tells; the machine has no GPU, so drawing takes a core.',
    `Memory is VmRSS right after the first lists, the median of ${options.starts} starts; what the lists needed while they were read is partly still held then. “After all parts” is before the many clients.`,
    `Clients: ${options.clients.toLocaleString('en-US')} raw connections in one process. Every frame of ${options.clientChanges} changes, about one a second, must come to each of them, in order; the delay has the reading process’s own time in it.`,
  ];
}
