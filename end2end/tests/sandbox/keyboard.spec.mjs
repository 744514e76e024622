import { expect, test } from '../lib/test.mjs';
import { endpoint, pod } from '../lib/cluster.mjs';
import { GROUPS, MORE, NGINX } from '../lib/scenario.mjs';
import { expectLit, picture, select, selected, socket } from '../lib/picture.mjs';

/** The focused socket as `kind address`. */
const focused = (page) => page.evaluate(() => {
  const { socket, address } = document.activeElement.dataset;
  return socket ? `${socket} ${address}` : document.activeElement.tagName;
});

async function tab(page, times) {
  const passed = [];
  for (let n = 0; n < times; n += 1) {
    await page.keyboard.press('Tab');
    passed.push(await focused(page));
  }
  return passed;
}

const short = (lines) => lines.map((line) => line.split(' ', 2).join(' '));

for (const name of ['nginx-service', 'web-sts', 'kube-dns']) {
  test(`Tab passes the sockets of ${name} in the order of a packet`, async ({ scenario }) => {
    const [first, ...rest] = short(GROUPS[name]);
    await socket(scenario, first).focus();
    expect(await tab(scenario, rest.length)).toEqual(rest);
    await expect(scenario.locator(':focus')).toBeInViewport();
  });
}

test('the order stays that of a packet when endpoints come and go', async ({ live: page, cluster }) => {
  for (const added of MORE) await cluster.create(pod({ name: added.pod, ip: added.ip, node: added.node }));
  await cluster.fill(NGINX.slice, [...MORE, ...NGINX.pods].map(endpoint));
  await expect(socket(page, 'endpoint 10.244.2.22:80')).toHaveCount(1);
  await cluster.fill(NGINX.slice, [...NGINX.pods.slice(0, 2), ...MORE].map(endpoint));
  await expect(socket(page, 'endpoint 10.244.3.9:80')).toHaveCount(0);
  await socket(page, 'port 10.96.114.20:30080').focus();
  const of = (one) => [`podIP ${one.ip}`, `containerPort default/${one.pod}/nginx:80`];
  const [a, b, c, d] = [NGINX.pods[0], MORE[0], NGINX.pods[1], MORE[1]];
  expect(await tab(page, 12)).toEqual([...[a, b, c, d].map(({ ip }) => `endpoint ${ip}:80`), ...[a, b, c, d].flatMap(of)]);
});

test('Enter and Space select the focused socket, Escape clears it, and the focus stays', async ({ scenario }) => {
  const text = 'nodePort 192.168.56.12:30001';
  for (const key of ['Enter', 'Space']) {
    await socket(scenario, text).focus();
    await scenario.keyboard.press(key);
    await expect(socket(scenario, text)).toHaveAttribute('data-state', 'selected on-path');
    expect(selected(scenario)).toBe('nodePort:192.168.56.12:30001');
    expect(await focused(scenario), key).toBe(text);
    await scenario.keyboard.press('Escape');
    await expect(socket(scenario, text)).toHaveAttribute('data-state', '');
    expect(selected(scenario)).toBe(null);
    expect(await focused(scenario), key).toBe(text);
  }
});

test('the focus is visible, also on a dimmed socket and over a selected one', async ({ scenario }) => {
  const outline = (text) => socket(scenario, text).evaluate((element) => {
    const { outlineStyle, outlineWidth, outlineOffset, opacity } = getComputedStyle(element);
    return { outlineStyle, outlineWidth, outlineOffset, opacity };
  });
  const ring = { outlineStyle: 'solid', outlineWidth: '2px', outlineOffset: '2px', opacity: '1' };
  await socket(scenario, 'nodePort 192.168.56.11:30001').focus();
  await scenario.keyboard.press('Tab');
  expect(await focused(scenario)).toBe('nodePort 192.168.56.12:30001');
  expect(await outline('nodePort 192.168.56.12:30001')).toEqual(ring);
  await scenario.keyboard.press('Enter');
  await expect(socket(scenario, 'nodePort 192.168.56.12:30001')).toHaveAttribute('data-state', /selected/);
  expect(await outline('nodePort 192.168.56.12:30001')).toEqual(ring);
  await scenario.keyboard.press('Tab');
  await expect(socket(scenario, 'nodePort 192.168.56.13:30001')).toHaveAttribute('data-state', 'dimmed');
  // It fades in within the 120 ms of the transition.
  await expect.poll(() => outline('nodePort 192.168.56.13:30001')).toEqual(ring);
});

test('the focus ring is really painted', async ({ scenario }) => {
  const shot = async () => (await scenario.screenshot({ clip, animations: 'disabled' })).toString('base64');
  await socket(scenario, 'nodePort 192.168.56.11:30001').focus();
  await scenario.keyboard.press('Tab');
  const { x, y, width, height } = await socket(scenario, 'nodePort 192.168.56.12:30001').boundingBox();
  const clip = { x: x - 6, y: y - 6, width: width + 12, height: height + 12 };
  const withRing = await shot();
  await scenario.evaluate(() => document.activeElement.blur());
  expect(await shot()).not.toBe(withRing);
});

test('an update does not take the focus away', async ({ live: page, cluster }) => {
  const text = 'port 10.96.114.20:30080';
  await socket(page, text).focus();
  await cluster.fill(NGINX.slice, NGINX.pods.map((one) => endpoint({ ...one, ready: true })));
  await expect(socket(page, 'endpoint 10.244.3.9:80')).toHaveAttribute('data-state', '');
  await expect.soft.poll(() => focused(page), { message: 'after an endpoint of its group has changed' }).toBe(text);
  await cluster.remove('Service', 'mysql-production');
  await expect(socket(page, 'clusterIP 10.96.83.14')).toHaveCount(0);
  await expect.soft.poll(() => focused(page), { message: 'after a group above has gone' }).toBe(text);
});

test('a focus that the reader has given up stays given up', async ({ live: page, cluster }) => {
  await socket(page, 'port 10.96.114.20:30080').focus();
  await page.evaluate(() => document.activeElement.blur());
  await cluster.fill(NGINX.slice, NGINX.pods.map((one) => endpoint({ ...one, ready: true })));
  await expect(socket(page, 'endpoint 10.244.3.9:80')).toHaveAttribute('data-state', '');
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await focused(page)).toBe('BODY');
});

test('a click leaves no ring of the browser around the socket', async ({ scenario }) => {
  await scenario.keyboard.press('Escape');
  await select(scenario, 'nodePort 192.168.56.12:30001');
  const ring = () => socket(scenario, 'nodePort 192.168.56.12:30001').evaluate((element) => [element.matches(':focus-visible'), getComputedStyle(element).outlineStyle]);
  expect(await ring()).toEqual([false, 'none']);
});

test('every socket says in words what it is and what state it is in', async ({ scenario }) => {
  const label = (text) => socket(scenario, text).getAttribute('aria-label');
  expect(await label('nodePort 192.168.56.12:30001')).toBe('nodePort 192.168.56.12:30001, Service/default/nginx-service');
  await expect(picture(scenario).getByRole('button', { name: /^Cluster IP 10\.96\.0\.10/ })).toHaveCount(1);
  for (const [text, word] of [['endpoint 10.244.3.9:80', 'not ready'], ['endpoint 10.244.3.7:80', 'terminating'], ['podIP 10.244.3.9', 'not ready']]) {
    expect.soft(await label(text)).toContain(word);
  }
  await socket(scenario, 'nodePort 192.168.56.12:30001').click();
  await expectLit(scenario, [
    'nodeIP 192.168.56.12', 'nodePort 192.168.56.12:30001', 'port 10.96.114.20:30080',
    ...['10.244.1.5', '10.244.2.7'].flatMap((ip) => [`endpoint ${ip}:80`, `podIP ${ip}`]),
    ...['4kq8v', '9x2ct'].map((suffix) => `containerPort default/nginx-6d4cf56db6-${suffix}/nginx:80`),
  ]);
  expect.soft(await label('nodePort 192.168.56.12:30001')).toContain('selected');
  expect.soft(await label('endpoint 10.244.1.5:80')).toContain('on the path');
});
