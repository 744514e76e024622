// What a reader waits for: the first picture, and a change on the screen.
import { chromium } from '@playwright/test';
import { arguments_, executable } from '../tests/lib/chromium.mjs';
import { now } from './wire.mjs';

const VIEWPORT = { width: 1600, height: 1000 };
const LIVE = 'main > svg[data-status="live"]';

export const launch = () => chromium.launch({ executablePath: executable(), args: arguments_ });

/** Loads a page with a cold cache: milliseconds from navigation to the live picture and the frame after it, and the bytes that it took: of all, and of the app. */
export async function load(browser, url) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await page.addInitScript((live) => {
    const look = () => {
      if (!document.querySelector(live)) return;
      observer.disconnect();
      requestAnimationFrame(() => (window.liveAfter = performance.now()));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-status'] });
  }, LIVE);
  await page.goto(url);
  await page.waitForFunction(() => window.liveAfter);
  const measured = await page.evaluate(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const sum = (all, key) => all.reduce((bytes, entry) => bytes + entry[key], 0);
    const app = entries.filter(({ name }) => new URL(name).pathname.startsWith('/pkg/'));
    return { ms: window.liveAfter, bytes: sum(entries, 'transferSize'), appBytes: sum(app, 'encodedBodySize') };
  });
  return { ...measured, page, close: () => context.close() };
}

/** The Pods of which both the address and the endpoint are on the screen, as `namespace/name`, with the endpoint's socket. */
export function podsOnScreen(page) {
  return page.evaluate((live) => {
    const picture = document.querySelector(live);
    const inView = (socket) => {
      const { top, bottom } = socket.getBoundingClientRect();
      return top > 120 && bottom < innerHeight - 120;
    };
    const pods = [...picture.querySelectorAll('[data-socket="podIP"]')].filter(inView);
    return pods.flatMap(({ dataset }) => {
      const endpoint = picture.querySelector(`[data-socket="endpoint"][data-address^="${dataset.address}:"]`);
      return endpoint ? [{ pod: dataset.object.replace('Pod/', ''), ip: dataset.address, endpoint: endpoint.dataset.address }] : [];
    });
  }, LIVE);
}

/** Prepares a page for `seen`. */
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

/** For `flip`: when a Pod's address and its endpoint show their new state. */
export function screen(page, onScreen) {
  const of = new Map(onScreen.map((one) => [one.pod, one]));
  return async (pod, ready) => {
    const { ip, endpoint } = of.get(pod);
    const sockets = [
      { name: 'pod', selector: `[data-socket="podIP"][data-address="${ip}"]`, ready },
      { name: 'endpoint', selector: `[data-socket="endpoint"][data-address="${endpoint}"]`, ready },
    ];
    await page.evaluate((all) => window.expectShown(all), sockets);
    return async () => Object.assign({}, ...(await page.evaluate(() => window.shown)));
  };
}

/** The longest task of the page's main thread that was over 50 ms, in ms; 0 if there was none. */
export const longestLongTask = (page) => page.evaluate(() => window.longest);

/** Runs `work` while Chromium traces, and resolves to how long each task of the page's main thread took, in ms. */
export async function mainThreadTasks(browser, page, work) {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
  await work();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const tasksOf = (thread) => traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && pid === thread.pid && tid === thread.tid);
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(tasksOf);
  // Several renderers may live; the page's is the one that works.
  const sum = (tasks) => tasks.reduce((all, { dur = 0 }) => all + dur, 0);
  const busiest = threads.toSorted((a, b) => sum(b) - sum(a))[0] ?? [];
  return busiest.map(({ dur = 0 }) => dur / 1000);
}

/** How far the page's clock is from this process's, in ms. */
export async function clockDifference(page) {
  let best = { trip: Infinity };
  for (let n = 0; n < 20; n++) {
    const before = now();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const after = now();
    if (after - before < best.trip) best = { trip: after - before, difference: there - (before + after) / 2 };
  }
  return best.difference;
}
