// Times that a reader waits: for the first picture, and for a change on the screen.
import { chromium } from '@playwright/test';
import { arguments_, executable } from '../tests/lib/chromium.mjs';
import { holdMemory } from '../tests/lib/wasm.mjs';
import { now } from './wire.mjs';

const VIEWPORT = { width: 1600, height: 1000 };
/** The live picture, or the live overview of a big cluster; the first response's own picture has another path. */
const LIVE = 'main > [data-status="live"]';
const LOAD_LIMIT_MS = 60_000;

export const launch = () => chromium.launch({ executablePath: executable(), args: arguments_ });

/**
 * Loads a page with a cold cache. Resolves to the milliseconds from navigation to the frame after the live picture, and to the bytes that
 * were loaded: all, and those of the app.
 */
export async function load(browser, url) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(`the page's console: ${message.text()}`));
  await page.addInitScript((live) => {
    const look = () => {
      if (!document.querySelector(live)) return;
      observer.disconnect();
      requestAnimationFrame(() => (window.liveAfter = performance.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-status'] });
  }, LIVE);
  await page.addInitScript(holdMemory);
  try {
    await page.goto(url, { timeout: LOAD_LIMIT_MS });
    await page.waitForFunction(() => window.liveAfter, undefined, { timeout: LOAD_LIMIT_MS });
  } catch (error) {
    await context.close();
    throw new Error(`${url} was not live within ${LOAD_LIMIT_MS / 1000} s: ${error.message}`, { cause: error });
  }
  const measured = await page.evaluate(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const sum = (all, key) => all.reduce((bytes, entry) => bytes + entry[key], 0);
    const app = entries.filter(({ name }) => new URL(name).pathname.startsWith('/pkg/'));
    return { ms: window.liveAfter, bytes: sum(entries, 'transferSize'), appBytes: sum(app, 'encodedBodySize') };
  });
  return { ...measured, page, close: () => context.close() };
}

/** Minimum number of visible Pods for a measurement of changes; folded groups are opened to reach it. */
const MIN_VISIBLE_PODS = 5;

/** The Pods whose address and endpoint are both on the screen and ready, as `namespace/name`, with the endpoint's socket. */
export async function podsOnScreen(page) {
  for (let opened = 0; ; opened++) {
    const found = await page.evaluate(readyPods, LIVE);
    if (found.length >= MIN_VISIBLE_PODS) return found;
    const next = opened < MIN_VISIBLE_PODS && (await page.evaluate(openFold, LIVE));
    if (!next && found.length > 0) return found;
    if (!next) throw new Error(`no ready Pod with an endpoint is on the screen at ${page.url()}`);
    await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
  }
}

/** Runs in the page: see `podsOnScreen`. */
function readyPods(live) {
  const picture = document.querySelector(live);
  const inView = (socket) => {
    const { top, bottom } = socket.getBoundingClientRect();
    return top > 120 && bottom < innerHeight - 120;
  };
  const ready = ({ dataset }) => !/\b(not-ready|terminating)\b/.test(dataset.state ?? '');
  const pods = [...picture.querySelectorAll('[data-socket="podIP"]')].filter((socket) => inView(socket) && ready(socket));
  return pods.flatMap(({ dataset }) => {
    const endpoint = picture.querySelector(`[data-socket="endpoint"][data-address^="${dataset.address}:"]`);
    const both = endpoint && ready(endpoint);
    return both ? [{ pod: dataset.object.replace('Pod/', ''), ip: dataset.address, endpoint: endpoint.dataset.address }] : [];
  });
}

/** Runs in the page: opens the first folded group of Pods in view, and returns whether there was one. */
function openFold(live) {
  const fold = [...document.querySelectorAll(`${live} [data-group] [data-fold]`)].find((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top > 120 && bottom < innerHeight / 2 && !one.closest('[data-group]').querySelector('[data-socket="podIP"]');
  });
  fold?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  return fold !== undefined;
}

/** Prepares a page for `screen`. */
export function instrument(page) {
  return page.evaluate((live) => {
    const picture = document.querySelector(live);
    const clock = () => performance.timeOrigin + performance.now();
    let waiting = [];
    new MutationObserver(() => {
      const at = clock();
      const shown = waiting.filter(({ selector, ready }) => {
        const socket = picture.querySelector(selector);
        return socket && socket.dataset.state.split(' ').includes('not-ready') !== ready;
      });
      if (shown.length === 0) return;
      waiting = waiting.filter((one) => !shown.includes(one));
      // The next frame begins when this one is on the screen.
      requestAnimationFrame((frame) => shown.forEach(({ name, done }) => done({ [`${name}Dom`]: at, [`${name}Pixel`]: performance.timeOrigin + frame })));
    }).observe(picture, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
    window.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (window.longest = Math.max(window.longest, duration)))).observe({ type: 'longtask' });
    window.expectShown = (sockets) => {
      window.shown = Promise.all(sockets.map((socket) => new Promise((done) => waiting.push({ ...socket, done }))));
    };
  }, LIVE);
}

/** For `flip`: the times, by this process's clock, when a Pod's address and its endpoint show their new state. */
export async function screen(page, onScreen) {
  const difference = await clockDifference(page);
  const here = (times) => Object.fromEntries(Object.entries(times).map(([name, at]) => [name, at - difference]));
  const of = new Map(onScreen.map((one) => [one.pod, one]));
  return async (pod, ready) => {
    const { ip, endpoint } = of.get(pod);
    const sockets = [
      { name: 'pod', selector: `[data-socket="podIP"][data-address="${ip}"]`, ready },
      { name: 'endpoint', selector: `[data-socket="endpoint"][data-address="${endpoint}"]`, ready },
    ];
    await page.evaluate(([all, mark]) => (performance.mark(mark), window.expectShown(all)), [sockets, MARK]);
    return async () => here(Object.assign({}, ...(await page.evaluate(() => window.shown))));
  };
}

/** The longest task over 50 ms of the page's main thread, in ms; 0 if there was none. */
export const longestLongTask = (page) => page.evaluate(() => window.longest);

/** Set in the page before each change, and visible in the trace. */
const MARK = 'kubehop-bench-change';

/** Runs `work` while Chromium traces, and resolves to the longest task of the page's main thread after each change, in ms. */
export async function longestTasks(browser, page, work) {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline'] });
  await work();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const marks = traceEvents.filter(({ name }) => name === MARK).toSorted((a, b) => a.ts - b.ts);
  if (marks.length === 0) throw new Error('the trace shows no change: Chromium names its events otherwise');
  const [{ pid, tid }] = marks;
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && event.pid === pid && event.tid === tid);
  // The task that sets the mark belongs to the bench, and has begun before the mark.
  const within = (from, to) => tasks.filter(({ ts }) => ts > from && ts < to).map(({ dur = 0 }) => dur / 1000);
  return marks.map(({ ts }, n) => Math.max(0, ...within(ts, marks[n + 1]?.ts ?? Infinity)));
}

/** Bytes of the page's JS heap after a collection, and of its WASM memory. */
export async function memory(page) {
  const devtools = await page.context().newCDPSession(page);
  try {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const wasm = await page.evaluate(() => window.wasmMemory.buffer.byteLength);
    return { heap: usedSize, wasm };
  } finally {
    await devtools.detach();
  }
}

/** The difference between the page's clock and this process's clock, in ms. */
async function clockDifference(page) {
  let best = { trip: Infinity };
  for (let n = 0; n < 20; n++) {
    const before = now();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const after = now();
    if (after - before < best.trip) best = { trip: after - before, difference: there - (before + after) / 2 };
  }
  return best.difference;
}
