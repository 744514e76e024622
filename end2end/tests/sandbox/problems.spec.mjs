// The problems in the top bar: their numbers, the list, and the question that each of them asks.
import { expect, test } from '../lib/test.mjs';
import { NGINX } from '../lib/scenario.mjs';
import { open, param, selected } from '../lib/picture.mjs';

const menu = (page) => page.locator('.problem-menu');
const rows = (page) => menu(page).locator('.problem');
const label = (page) => menu(page).locator('summary');

test('the numbers are always in view, and follow the cluster', async ({ live: page, cluster }) => {
  await expect(label(page)).toContainText('1 error, 1 warning');
  await cluster.fill(NGINX.slice, []);
  await expect(label(page)).toContainText('2 errors');
  await expect(label(page)).not.toContainText('warning');
  for (const width of [390, 720, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(label(page)).toBeInViewport({ ratio: 1 });
  }
});

test('without a problem it says so', async ({ page, kubehop }) => {
  await open(page, kubehop.url, 'namespaces=kube-system');
  await expect(label(page)).toContainText('no problems');
});

test('the list is arranged by cause, object and Node', async ({ live: page, cluster }) => {
  await cluster.patch('Service', 'nginx-service', { spec: { externalTrafficPolicy: 'Local' } });
  await label(page).click();
  await expect(menu(page).getByRole('status')).toHaveText('2 problems, 2 causes');
  await expect(menu(page).locator('.cause')).toHaveText([/Refused: slice is empty/, /No endpoint on the Node/]);
  await expect(rows(page)).toHaveText([/nginx-admin.*REJECT/, /nginx-service.*DROP on 1 of 3 Nodes/]);
  await menu(page).getByRole('button', { name: 'Node', exact: true }).click();
  await expect(menu(page).locator('.cause')).toHaveText([/node3/, /on every Node/]);
  await menu(page).getByRole('button', { name: 'Object' }).click();
  await expect(menu(page).locator('.cause')).toHaveCount(0);
  await expect(rows(page)).toHaveCount(2);
});

test('a row asks the question that fails, on a Node where it fails', async ({ live: page, cluster }) => {
  await cluster.patch('Service', 'nginx-service', { spec: { externalTrafficPolicy: 'Local' } });
  await label(page).click();
  await rows(page).filter({ hasText: 'DROP' }).click();
  expect(selected(page)).toBe('nodePort:192.168.56.13:30001');
  await expect(page.locator('.side .verdict')).toContainText('DROP');
  await expect(menu(page)).not.toHaveAttribute('open', '');
});

test('by keyboard: ! opens, up and down choose, Escape closes and gives the focus back', async ({ live: page }) => {
  await page.keyboard.press('!');
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rows(page).nth(1)).toBeFocused();
  await expect.poll(() => param(page, 'select')).toContain('endpoint:');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => selected(page)).toBe('port:10.96.61.7:8080');
  await page.keyboard.press('Escape');
  await expect(menu(page)).not.toHaveAttribute('open', '');
  await expect(label(page)).toBeFocused();
  expect(selected(page)).toBe('port:10.96.61.7:8080');
});
