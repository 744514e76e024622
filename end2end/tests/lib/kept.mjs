// Checks that a page stayed: the same document, and a picture that was never empty.
import { expect } from '@playwright/test';

/** Makes a page record, from now on, the smallest number of sockets that it showed; loading the page again clears this. */
export const remember = (page) => page.evaluate(() => {
  window.kept = { frames: 0, fewest: Infinity };
  const look = () => {
    window.kept.frames += 1;
    window.kept.fewest = Math.min(window.kept.fewest, document.querySelectorAll('main svg [data-socket]').length);
    requestAnimationFrame(look);
  };
  look();
});

/** Expects that the page is still the same document, and that its picture was never empty. Resolves to the smallest number of its sockets. */
export async function expectKept(page, name = 'the page') {
  const kept = await page.evaluate(() => window.kept);
  expect(kept, `${name} was not loaded anew`).toBeDefined();
  expect(kept.frames, `${name} was looked at all the time`).toBeGreaterThan(10);
  expect(kept.fewest, `${name} was never emptied`).toBeGreaterThan(0);
  return kept.fewest;
}
