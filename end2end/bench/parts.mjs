// The parts of the measurement on one cluster. Each resolves to the rows of its figures.
import { instrument, launch as launchBrowser, load, longestLongTask, longestTasks, memory, podsOnScreen, screen } from './browser.mjs';
import { flip, listen } from './changes.mjs';
import { crowd } from './clients.mjs';
import { PANS, motion } from './motion.mjs';
import { atLeast, median, quantile, single, spread } from './report.mjs';
import { rss, startOn } from './server.mjs';

/** Number of changes with a browser that are repeated under a trace, which slows the page down. */
const TRACED = 50;
const WARM_UP = 20;
/** Number of Pods from which a page opens as an overview, in which no Pod is drawn. */
const BIG = 2_000;
/** Budget of memory: 40 MB, and 2 kB per Pod. */
const BASE_KB = 40_000;
const PER_POD_KB = 2;

/** The pages that a reader has open: one namespace, and the page that `/` opens. */
const pages = ({ namespace, changing }) => ({
  one: { query: `?namespaces=${namespace}`, what: 'one namespace open' },
  all: { query: '', what: changing ? 'as it opens by itself' : 'all namespaces open' },
});

/**
 * The parts that need a running kubehop: `(cluster, kubehop, options) → rows`. In a big cluster only one namespace is opened for motion
 * and changes.
 */
export const PARTS = {
  async wire(cluster, kubehop, { changes }) {
    const streams = await listen(cluster, kubehop);
    const pods = await cluster.candidates();
    await flip({ cluster, ...streams }, pods.slice(-10), WARM_UP); // The first rounds warm up.
    const before = { ...streams.bytes };
    const timed = await flip({ cluster, ...streams }, pods, changes);
    const podChanges = streams.bytes.pods - before.pods;
    const bytes = Object.fromEntries(Object.entries(streams.bytes).map(([key, value]) => [key, (value - before[key]) / podChanges]));
    streams.close();
    return wireRows(timed, bytes);
  },

  async load(cluster, kubehop, { loads }) {
    const browser = await launchBrowser();
    try {
      const rows = [];
      let app = 0;
      for (const { query, what } of Object.values(pages(cluster))) {
        const all = [];
        for (let n = 0; n < loads; n++) {
          const { close, ...measured } = await load(browser, `${kubehop.url}/${query}`);
          all.push(measured);
          await close();
        }
        app = all[0].appBytes;
        rows.push(spread(`first load: navigation → live picture, cold cache, ${what}`, all.map(({ ms }) => ms), 'ms', { median: 1000 }));
        rows.push(single(`transferred on first load, ${what}`, median(all.map(({ bytes }) => bytes)) / 1000, 'kB'));
      }
      return [...rows, single('WASM, JS and CSS, as they are sent', app / 1000, 'kB', 600)];
    } finally {
      await browser.close();
    }
  },

  screen: (cluster, kubehop, { changes }) =>
    onPages(cluster, kubehop, async (page, browser, { query, what }) => {
      const streams = await listen(cluster, kubehop, query);
      const onScreen = await podsOnScreen(page);
      const pods = onScreen.map(({ pod }) => pod);
      await instrument(page);
      const around = await screen(page, onScreen);
      const timed = (count) => flip({ cluster, ...streams }, pods, count, { around });
      await timed(pods.length * 2);
      await page.evaluate(() => (window.longest = 0));
      const shown = await timed(changes);
      const longTask = await longestLongTask(page);
      const tasks = await longestTasks(browser, page, () => timed(TRACED));
      streams.close();
      return [...screenRows(shown, longTask, tasks, what), ...pageMemoryRows(await memory(page), what)];
      // Many Services open as one line each, in which no Pod is visible.
    }, 'zoom=100'),

  motion: (cluster, kubehop) => onPages(cluster, kubehop, async (page, _, { what }) => motionRows(await motion(page), what)),

  async clients(cluster, kubehop, { clients, clientChanges }) {
    // In a big cluster every client has one namespace open, like its page.
    const namespaces = cluster.changing ? cluster.namespace : undefined;
    const seen = await crowd(cluster, kubehop, { clients, changes: clientChanges, namespaces });
    return clientRows(seen, namespaces);
  },
};

/**
 * Runs `work` on a page of one namespace, and on a page of all namespaces if the cluster is small enough to be opened as a whole; at the
 * page's own zoom, or at this one.
 */
async function onPages(cluster, kubehop, work, zoom = '') {
  const browser = await launchBrowser();
  try {
    const rows = [];
    const { one, all } = pages(cluster);
    for (const open of cluster.changing || cluster.pods > BIG ? [one] : [one, all]) {
      const { page, close } = await load(browser, `${kubehop.url}/${[open.query || '?', zoom].filter(Boolean).join('&')}`);
      rows.push(...(await work(page, browser, open)));
      await close();
    }
    return rows;
  } finally {
    await browser.close();
  }
}

/** The median memory of a new kubehop after its first lists, in kB: single starts differ by megabytes. */
export async function freshRss(cluster, starts) {
  const all = [];
  for (let n = 0; n < starts; n++) {
    const kubehop = await startOn(cluster);
    all.push(rss(kubehop));
    await kubehop.stop();
  }
  return median(all);
}

/** Memory in kB: of an empty cluster, if there was one, of the full one, and after all other parts. */
export function memoryRows(cluster, { empty, full, busy }) {
  const budget = (BASE_KB + PER_POD_KB * cluster.pods) / 1000;
  return [
    ...(empty ? [single('memory of the server, empty cluster', empty / 1000, 'MB')] : []),
    ...(full ? [single('memory of the server, cluster loaded, no client yet', full / 1000, 'MB', budget)] : []),
    ...(empty && full ? [single('memory per Pod, with its share of Services, slices and Endpoints: the difference', (full - empty) / cluster.pods, 'kB', PER_POD_KB)] : []),
    ...(busy ? [single('memory of the server after all parts', busy / 1000, 'MB', budget)] : []),
    ...(cluster.memory ? [single('memory of the sandbox’s own process, which is not judged', cluster.memory() / 1000, 'MB')] : []),
  ];
}

/** Memory per Pod over several sizes: the slope of the regression line through `[{ pods, full }]`. */
export function slopeRow(sizes) {
  const mean = (key) => sizes.reduce((sum, size) => sum + size[key], 0) / sizes.length;
  const [pods, full] = [mean('pods'), mean('full')];
  const slope = sizes.reduce((sum, size) => sum + (size.pods - pods) * (size.full - full), 0) / sizes.reduce((sum, size) => sum + (size.pods - pods) ** 2, 0);
  const from = sizes.map((size) => size.pods.toLocaleString('en-US')).join(', ');
  return single(`memory per Pod, with its share of all else: the slope over ${from} Pods`, slope, 'kB', PER_POD_KB);
}

function wireRows(timed, bytes) {
  const between = (from, to) => timed.map((times) => times[to] - times[from]);
  const raw = between('sent', 'watchPod');
  const frame = between('sent', 'framePod');
  return [
    spread('PATCH sent → raw `watch` event, Pod', raw, 'ms'),
    spread('PATCH sent → frame, Pod', frame, 'ms'),
    spread('raw `watch` event → frame, Pod', between('watchPod', 'framePod'), 'ms'),
    single('the same as a ratio, PATCH → frame to PATCH → raw `watch`', median(frame) / median(raw), '×'),
    spread('PATCH sent → raw `watch` event, endpoint', between('sent', 'watchEndpoint'), 'ms'),
    spread('raw `watch` event → frame, endpoint', between('watchEndpoint', 'frameEndpoint'), 'ms'),
    single('bytes per change of a Pod and client, all frames that it causes', bytes.frames, 'B', 1000),
    single('of these, its row', bytes.Pod, 'B'),
    single('of these, its endpoint’s row and slice', bytes.EndpointSlice, 'B'),
    single('of these, the Endpoints object of its Service (evidence)', bytes.Endpoints, 'B'),
    single('the same on the raw watches of Pods and EndpointSlices', bytes.watch, 'B'),
  ];
}

function screenRows(shown, longTask, tasks, what) {
  const between = (from, to) => shown.map((times) => times[to] - times[from]);
  const budget = { median: 33, p99: 100 };
  return [
    spread(`PATCH sent → pixel, Pod, ${what}`, between('sent', 'podPixel'), 'ms'),
    spread(`API event → pixel, Pod, ${what}`, between('watchPod', 'podPixel'), 'ms', budget),
    spread(`API event → pixel, endpoint, ${what}`, between('watchEndpoint', 'endpointPixel'), 'ms', budget),
    spread(`frame → DOM, Pod, ${what}`, between('framePod', 'podDom'), 'ms'),
    single(`longest long task of the main thread during the changes (0: none over 50 ms), ${what}`, longTask, 'ms'),
    spread(`longest task of the main thread per change, of ${tasks.length} under a trace, ${what}`, tasks, 'ms', { median: 8, p99: 16 }),
  ];
}

const pageMemoryRows = ({ heap, wasm }, what) => [
  single(`JS heap of the page after the changes, ${what}`, heap / 1e6, 'MB'),
  single(`WASM memory of the page after the changes, ${what}`, wasm / 1e6, 'MB'),
];

function motionRows({ rest, ...moved }, what) {
  const second = ({ frames }) => Math.round((1000 * frames.length) / frames.reduce((sum, ms) => sum + ms, 0));
  const names = { pan: `scrolling by ${PANS.pan} px a frame`, fling: `scrolling by ${PANS.fling} px a frame`, zoom: 'zooming between 25 % and 300 %' };
  return [
    single(`frames per second at rest, which the machine itself can do, ${what}`, second(rest), '/s'),
    ...Object.entries(moved).flatMap(([name, { frames, longest }]) => [
      atLeast(`frames per second while ${names[name]}, ${what}`, second({ frames }), '/s', 60),
      spread(`time between frames while ${names[name]}, ${what}`, frames, 'ms'),
      single(`longest time between frames while ${names[name]}, ${what}`, quantile(frames, 1), 'ms', 34),
      single(`longest long task while ${names[name]} (0: none over 50 ms), ${what}`, longest, 'ms'),
    ]),
  ];
}

function clientRows(seen, namespaces) {
  const open = namespaces ? `each with ${namespaces} open` : 'each with all namespaces open';
  const { clients } = seen;
  const each = clients.toLocaleString('en-US');
  return [
    atLeast(`clients on one process that stayed connected, ${open}`, clients - seen.lost, 'clients', 5000),
    atLeast(`frames that each of them saw, of ${seen.frames.toLocaleString('en-US')} that were sent`, seen.complete, 'frames', seen.frames),
    single('clients that saw the frame that the fewest saw', seen.fewest, 'clients'),
    single('frames that came twice or in disorder', seen.disorder, 'frames', 0),
    spread(`API event → half of ${each} clients have it, Pod`, seen.delays.median, 'ms'),
    spread(`API event → the last of ${each} clients has it, Pod`, seen.delays.last, 'ms'),
    single(`opening ${each} streams`, seen.opened, 'ms'),
    single('memory of the server per client', seen.memory, 'kB'),
    single(`processor time of the server per change of a Pod, for ${each} clients`, seen.cpu, 'ms'),
  ];
}
