// An update never moves the part of the picture that is in view (design §1.6).
import { expect, test } from '../lib/test.mjs';
import { endpoint, pod, service, slice } from '../lib/cluster.mjs';
import { MORE, NGINX } from '../lib/scenario.mjs';
import { place, select, socket, view } from '../lib/picture.mjs';

test.use({ viewport: { width: 1280, height: 720 } });

/** The values that must not change: the position of the selected socket, and the picture's size and horizontal position. */
async function seen(page, text) {
  const { left, width } = await view(page);
  return { place: await place(socket(page, text)), left, width };
}

/** Expects the same position, except for the px by which a browser rounds a scroll position. */
function expectStill(now, before, when) {
  expect.soft({ left: now.left, width: now.width }, when).toEqual({ left: before.left, width: before.width });
  for (const [n, name] of ['x', 'y', 'width', 'height'].entries()) {
    expect.soft(Math.abs(now.place[n] - before.place[n]), `${when}: ${name} was ${before.place[n]} and is ${now.place[n]}`).toBeLessThanOrEqual(1);
  }
}

const nginx = (all) => all.map(endpoint);
const scaled = [...NGINX.pods.map((one) => ({ ...one, ready: true })), ...MORE];

async function scaleUp(cluster) {
  for (const added of MORE) await cluster.create(pod({ name: added.pod, ip: added.ip, node: added.node, labels: { app: 'nginx' } }));
  await cluster.fill(NGINX.slice, nginx(scaled));
}

async function scaleDown(cluster) {
  await cluster.fill(NGINX.slice, nginx(scaled.slice(0, 1)));
  for (const one of scaled.slice(1)) await cluster.remove('Pod', one.pod);
}

const count = (page) => page.locator(`svg[data-status] [data-socket="endpoint"][data-object$="/${NGINX.slice}"]`);

test('scaling the selected Service moves neither the selected socket nor the view', async ({ live: page, cluster }) => {
  const text = 'nodePort 192.168.56.12:30001';
  await select(page, text);
  const before = await seen(page, text);
  await scaleUp(cluster);
  await expect(count(page)).toHaveCount(5);
  expectStill(await seen(page, text), before, 'at 5 endpoints');
  await scaleDown(cluster);
  await expect(count(page)).toHaveCount(1);
  expectStill(await seen(page, text), before, 'at 1 endpoint');
});

test('scaling a Service moves nothing that is selected in another group', async ({ live: page, cluster }) => {
  // A socket below nginx-service.
  const text = 'port web-sts.default.svc:80';
  await select(page, text);
  const before = await seen(page, text);
  await scaleUp(cluster);
  await expect(count(page)).toHaveCount(5);
  expectStill(await seen(page, text), before, 'at 5 endpoints');
  await scaleDown(cluster);
  await expect(count(page)).toHaveCount(1);
  expectStill(await seen(page, text), before, 'at 1 endpoint');
});

test('a group that appears or grows above the view moves nothing in it', async ({ live: page, cluster }) => {
  const text = 'clusterIP 10.96.0.10';
  await socket(page, 'endpoint 10.244.2.2:53').scrollIntoViewIfNeeded();
  await select(page, text);
  const before = await seen(page, text);
  const { top } = await view(page);
  expect(top).toBeGreaterThan(0);

  await cluster.create(service({ name: 'aaa', ip: '10.96.1.1' }));
  await expect(socket(page, 'clusterIP 10.96.1.1')).toHaveCount(1);
  expectStill(await seen(page, text), before, 'after a Service above');
  expect.soft((await view(page)).top, 'it scrolls along').toBeGreaterThan(top);

  const many = Array.from({ length: 8 }, (_, n) => ({ pod: `aaa-${n}`, ip: `10.244.2.${100 + n}`, node: 'node2' }));
  for (const one of many) await cluster.create(pod({ name: one.pod, ip: one.ip, node: one.node }));
  await cluster.create(slice({ name: 'aaa-abcde', service: 'aaa', endpoints: nginx(many) }));
  await expect(socket(page, 'endpoint 10.244.2.107:80')).toHaveCount(1);
  expectStill(await seen(page, text), before, 'after it has grown');

  await cluster.remove('EndpointSlice', 'aaa-abcde');
  await cluster.remove('Service', 'aaa');
  for (const one of many) await cluster.remove('Pod', one.pod);
  await expect(socket(page, 'podIP 10.244.2.107')).toHaveCount(0);
  expectStill(await seen(page, text), before, 'after it has gone');
});

test('without a selection, what is in view stays when something above it grows', async ({ live: page, cluster }) => {
  const text = 'endpoint 10.244.1.2:53';
  await socket(page, 'endpoint 10.244.2.2:9153').scrollIntoViewIfNeeded();
  const before = await seen(page, text);
  await cluster.create(service({ name: 'aaa', ip: '10.96.1.1' }));
  await expect(socket(page, 'clusterIP 10.96.1.1')).toHaveCount(1);
  expectStill(await seen(page, text), before, 'after a Service above');
});

test('many changes above the view add up to no drift', async ({ live: page, cluster }) => {
  const text = 'clusterIP 10.96.0.10';
  await socket(page, 'endpoint 10.244.2.2:53').scrollIntoViewIfNeeded();
  await select(page, text);
  const before = await seen(page, text);
  for (let n = 0; n < 10; n += 1) {
    await cluster.create(service({ name: `aaa-${n}`, ip: `10.96.1.${n + 1}` }));
    await expect(page.locator('[data-namespace="default"]')).toContainText(`${6 + n} Services`);
  }
  expectStill(await seen(page, text), before, 'after 10 Services above');
});

test('what comes below the view leaves the scroll position alone', async ({ live: page, cluster }) => {
  const text = 'hostPort 192.168.56.13:8086';
  await select(page, text);
  const before = { ...(await seen(page, text)), view: await view(page) };
  await cluster.create(service({ name: 'zzz', ip: '10.96.1.2' }));
  await expect(socket(page, 'clusterIP 10.96.1.2')).toHaveCount(1);
  await scaleUp(cluster);
  await expect(count(page)).toHaveCount(5);
  expect({ ...(await seen(page, text)), view: await view(page) }).toEqual(before);
});

test('selecting and clearing moves nothing', async ({ scenario: page }) => {
  const text = 'endpoint 10.244.2.9:80';
  const before = { ...(await seen(page, text)), view: await view(page) };
  await select(page, text);
  expect({ ...(await seen(page, text)), view: await view(page) }).toEqual(before);
  await page.keyboard.press('Escape');
  await expect(socket(page, text)).toHaveAttribute('data-state', '');
  expect({ ...(await seen(page, text)), view: await view(page) }).toEqual(before);
});

test('the picture pans by dragging, zooms by keys and wheel, and an update keeps both', async ({ live: page, cluster }) => {
  const before = await view(page);
  await page.keyboard.press('+');
  await expect.poll(async () => (await view(page)).width).toBeGreaterThan(before.width * 1.2);
  const zoomed = await view(page);
  await page.mouse.move(500, 500);
  await page.mouse.down();
  await page.mouse.move(400, 380, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await view(page)).top).toBe(zoomed.top + 120);
  await expect.poll(async () => (await view(page)).left).toBe(zoomed.left + 100);
  await expect.poll(() => new URL(page.url()).search, 'a drag selects nothing, and the zoom stands in the URL').toBe('?zoom=125');
  const panned = await view(page);
  await cluster.create(service({ name: 'zzz', ip: '10.96.1.2' }));
  await expect(page.locator('svg[data-status]')).toContainText('zzz');
  expect(await view(page)).toEqual(panned);
  await page.keyboard.press('0');
  await expect.poll(async () => Math.round((await view(page)).width)).toBe(Math.round(before.width));
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 200);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await view(page)).width).toBeLessThan(1000);
});
