// Problems that people had when they tried the page for the first time.
import { expect, test } from '../lib/test.mjs';
import { selected, socket } from '../lib/picture.mjs';

/** Whether an element is visible at its own center. */
const onTop = (locator) => locator.evaluate((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
});

test('a click on the filters leads to Find, and Enter shows what is found', async ({ live: page }) => {
  await page.locator('.filters > summary').click();
  await expect(page.locator('.filters input[name=find]')).toBeFocused();
  await page.keyboard.type('not ready');
  await page.keyboard.press('Enter');
  await expect(page.locator('.filters')).not.toHaveAttribute('open');
  await expect(page.locator('.filters > summary')).toBeFocused();
  expect(new URL(page.url()).searchParams.get('find')).toBe('not ready');
  await expect(page.locator('.chips [role=status]')).toHaveText(/^Showing \d of 6 Services/);
  // An ExternalName Service has no endpoints that could be ready.
  await expect(page.locator('[data-group="service/default/reports"]')).toHaveCount(0);
  await expect(page.locator('[data-group="service/default/nginx-service"]')).toHaveCount(1);
});

test('a filter that cannot be read keeps the panel open and says why', async ({ live: page }) => {
  await page.locator('.filters > summary').click();
  await page.keyboard.type('port:http:80');
  await page.keyboard.press('Enter');
  await expect(page.locator('.filters .wrong')).toBeVisible();
  await expect(page.locator('.filters')).toHaveAttribute('open');
});

test('the table says that a filter is on, and lets it be taken away', async ({ page, kubehop }) => {
  await page.goto(`${kubehop.url}/?view=table&find=not+ready`);
  const remove = page.locator('.chips .chip-button button').first();
  await expect(page.locator('table[data-status=live]')).toBeVisible();
  await expect.poll(() => onTop(remove)).toBe(true);
  // Until the page is live a click does nothing.
  await expect(async () => {
    // A successful click may be followed by a busy second, and then there is nothing more to click.
    if (await remove.isVisible()) await remove.click({ timeout: 500 });
    await expect(page.locator('.chips')).toBeHidden({ timeout: 1000 });
  }).toPass();
});

test('a click on where packets end selects what leads there', async ({ live: page }) => {
  await page.locator('[data-group="service/default/nginx-admin"] [data-verdict]').click();
  expect(selected(page)).toMatch(/^port:10\.96\.61\.7:8080/);
  await expect(socket(page, 'port 10.96.61.7:8080')).toHaveAttribute('data-state', /\bselected\b/);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the details share the window with the table', async ({ page, kubehop }) => {
    await page.goto(`${kubehop.url}/?select=clusterIP:10.96.114.20`);
    await expect(page.locator('table[data-status=live]')).toBeVisible();
    await page.locator('.button.narrow').first().click();
    const [table, side] = await Promise.all(['.sheet', '.side'].map((part) => page.locator(part).boundingBox()));
    expect(table.height).toBeGreaterThan(150);
    expect(side.height).toBeGreaterThan(300);
    expect(table.y + table.height).toBeLessThanOrEqual(side.y + 1);
  });

  test('the filters stay within the window', async ({ page, kubehop }) => {
    await page.goto(kubehop.url);
    await expect(page.locator('table[data-status=live]')).toBeVisible();
    await page.locator('.filters > summary').click();
    const panel = await page.locator('.filters > .pop').boundingBox();
    expect(panel.x).toBeGreaterThanOrEqual(8);
    expect(panel.x + panel.width).toBeLessThanOrEqual(390 - 8);
  });
});
