// The times between frames while the picture scrolls and zooms.

/** Px per frame: of slow scrolling while reading, and of a fling. */
export const PANS = { pan: 30, fling: 400 };
const SECONDS = 4;
/** Time limit of one motion, in ms; a slower one is not completed. */
const LIMIT_MS = 15_000;
/** The picture's zoom goes from 100 % down to 25 %, up to 300 % and back to 100 %, in steps of one notch of a fine wheel. */
const ZOOMS = [{ delta: 30, frames: 24 }, { delta: -30, frames: 42 }, { delta: 30, frames: 19 }];
const ZOOM_ROUNDS = 3;

/**
 * Scrolls and zooms a page's picture in steps of `requestAnimationFrame`. Resolves to `{ rest, pan, fling, zoom }`, each `{ frames:
 * [ms...], longest }`: the times between frames, and the longest task over 50 ms (0: none). `rest` is a second without motion, which
 * shows the limits of the machine.
 */
export async function motion(page) {
  const measured = { rest: await frames(page, { steps: Array(60).fill({}) }) };
  for (const [name, px] of Object.entries(PANS)) {
    const steps = Array.from({ length: SECONDS * 60 }, () => ({ scroll: px }));
    measured[name] = await frames(page, { steps });
  }
  const round = ZOOMS.flatMap(({ delta, frames: count }) => Array(count).fill({ zoom: delta }));
  measured.zoom = await frames(page, { steps: Array(ZOOM_ROUNDS).fill(round).flat() });
  return measured;
}

/** One step per frame; scrolling turns round at the ends. */
function frames(page, { steps }) {
  return page.evaluate(async ([all, limit]) => {
    const canvas = document.querySelector('main.canvas');
    if (!canvas) throw new Error('the page has no main.canvas to move');
    const { x, y, width, height } = canvas.getBoundingClientRect();
    const centre = { clientX: x + width / 2, clientY: y + height / 2 };
    let longest = 0;
    const take = (entries) => entries.forEach(({ duration }) => (longest = Math.max(longest, duration)));
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: 'longtask' });
    const frame = () => new Promise((seen) => requestAnimationFrame(seen));
    const times = [await frame()];
    let direction = 1;
    for (const { scroll, zoom } of all) {
      if (times.at(-1) - times[0] > limit) break;
      if (scroll) {
        const before = canvas.scrollTop;
        canvas.scrollTop += direction * scroll;
        if (canvas.scrollTop === before) direction = -direction;
      }
      if (zoom) canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: zoom, ctrlKey: true, bubbles: true, cancelable: true, ...centre }));
      times.push(await frame());
    }
    await frame();
    take(observer.takeRecords());
    observer.disconnect();
    return { frames: times.slice(1).map((time, n) => time - times[n]), longest };
  }, [steps, LIMIT_MS]);
}
