// Pictures for people: in test-results/screenshots, and with UPDATE_SCREENSHOT=1 the README's.
import { fileURLToPath } from 'node:url';
import { test } from '../lib/test.mjs';
import { open, select } from '../lib/picture.mjs';

const folder = fileURLToPath(new URL('../../test-results/screenshots/', import.meta.url));
const readme = fileURLToPath(new URL('../../../docs/screenshot.png', import.meta.url));
const SIZES = { wide: { width: 1600, height: 1000 }, narrow: { width: 900, height: 800 } };
const VIEWS = { overview: undefined, path: 'nodePort 192.168.56.12:30001', broken: 'nodePort 192.168.56.12:30002' };

for (const [size, viewport] of Object.entries(SIZES)) {
  test.describe(size, () => {
    test.use({ viewport });

    test(`screenshots of overview, path and broken path, light and dark, ${size}`, async ({ page, kubehop }, info) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await open(page, kubehop.url);
      for (const [view, text] of Object.entries(VIEWS)) {
        await page.keyboard.press('Escape');
        if (text) await select(page, text);
        await page.mouse.move(0, 0);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          const name = `${view}-${size}-${colorScheme}.png`;
          await page.screenshot({ path: folder + name });
          await info.attach(name, { path: folder + name, contentType: 'image/png' });
        }
        await page.emulateMedia({ colorScheme: 'light' });
        if (process.env.UPDATE_SCREENSHOT === '1' && view === 'path' && size === 'wide') await page.screenshot({ path: readme });
      }
    });
  });
}
