// Whether a page stayed: the same document, and a picture that was never emptied.
import { expect } from '@playwright/test';

/** From now on a page remembers how few sockets it showed; it forgets that if it is loaded anew. */
export const remember = (page) => page.evaluate(() => {
  window.kept = { frames: 0, fewest: Infinity };
  const look = () => {
    window.kept.frames += 1;
    window.kept.fewest = Math.min(window.kept.fewest, document.querySelectorAll('main svg [data-socket]').length);
    requestAnimationFrame(look);
  };
  look();
});

/** The page is still the one that was told to remember, and its picture was never empty. Resolves to the fewest sockets that it had. */
export async function expectKept(page, name = 'the page') {
  const kept = await page.evaluate(() => window.kept);
  expect(kept, `${name} was not loaded anew`).toBeDefined();
  expect(kept.frames, `${name} was looked at all the time`).toBeGreaterThan(10);
  expect(kept.fewest, `${name} was never emptied`).toBeGreaterThan(0);
  return kept.fewest;
}
