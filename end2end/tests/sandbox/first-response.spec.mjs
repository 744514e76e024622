import { expect, test } from '../lib/test.mjs';
import { SOCKETS } from '../lib/scenario.mjs';
import { expectLit, open, picture, socket, sockets } from '../lib/picture.mjs';

const sorted = (lines) => [...lines].sort();

/** The sockets in raw HTML, as lines of the scenario. */
function written(html) {
  const attribute = (tag, name) => tag.match(new RegExp(` data-${name}="([^"]*)"`))?.[1];
  const tags = html.match(/<g [^>]*data-socket=[^>]*>/g) ?? [];
  return tags.map((tag) => ['socket', 'address', 'object', 'state'].map((name) => attribute(tag, name)).filter(Boolean).join(' '));
}

test('the first response already holds every socket of the scenario', async ({ kubehop }) => {
  const response = await fetch(kubehop.url);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(html.match(/<svg[^>]*data-status=/g)).toHaveLength(1);
  expect(html).toMatch(/<svg[^>]*data-status="live"/);
  expect(html).toMatch(/<svg[^>]*data-seq="\d+"/);
  expect(sorted(written(html))).toEqual(sorted(SOCKETS));
});

test('the first response lights what its URL selects', async ({ kubehop }) => {
  const html = await (await fetch(`${kubehop.url}/?select=nodePort:192.168.56.12:30001`)).text();
  const states = Object.fromEntries(written(html).map((line) => [line.split(' ', 2).join(' '), line.split(' ').slice(3).join(' ')]));
  expect(states['nodePort 192.168.56.12:30001']).toBe('selected on-path');
  expect(states['endpoint 10.244.2.7:80']).toBe('on-path');
  expect(states['endpoint 10.244.3.9:80']).toBe('not-ready dimmed');
  expect(states['hostPort 192.168.56.13:8086']).toBe('dimmed');
});

test('a selection that means nothing leaves the first response whole', async ({ kubehop }) => {
  for (const query of ['select=', 'select=teapot:1.2.3.4', 'select=%3Cscript%3E', 'select=podIP:10.9.9.9', 'select=nodePort:%zz']) {
    const response = await fetch(`${kubehop.url}/?${query}`);
    const html = await response.text();
    expect.soft(response.status, query).toBe(200);
    expect.soft(sorted(written(html)), query).toEqual(sorted(SOCKETS));
    expect.soft(html, query).not.toContain('<script>"');
  }
});

test('the page fetches each of its files once, and the texts of its language only: what is preloaded is used', async ({ page, kubehop }) => {
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  for (const language of ['en', 'zh']) {
    asked.length = 0;
    await open(page, `${kubehop.url}/?lang=${language}`);
    const files = ['/pkg/kubehop.css', '/pkg/kubehop.js', '/pkg/kubehop.wasm', `/pkg/words.${language}.ftl`];
    // A release site has the resolver in a file of its own, which the live page asks for.
    const lazy = asked.filter((path) => /^\/pkg\/resolver\.[0-9a-f]+\.wasm$/.test(path));
    expect(lazy.length).toBeLessThanOrEqual(1);
    expect(asked.filter((path) => path.startsWith('/pkg/') && !lazy.includes(path)).sort()).toEqual(files);
  }
});

for (const [what, answer] of [
  ['cannot be fetched', { status: 503, body: 'no' }],
  ['cannot be read', { status: 200, body: 'no texts {' }],
]) {
  test(`where the texts ${what}, the first response stays and the console says why`, async ({ page, kubehop, complaints }) => {
    complaints.allow(/words\.en\.ftl|Failed to load resource|503|Could not parse the \.ftl resource/);
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.route('**/pkg/words.en.ftl', (route) => route.fulfill({ contentType: 'text/plain', ...answer }));
    await page.goto(kubehop.url);
    await expect.poll(() => said.join('\n')).toMatch(/words\.en\.ftl: 503|Could not parse/);
    await expect(page.locator('.picture.first')).toHaveCount(1);
    expect(sorted(await sockets(page))).toEqual(sorted(SOCKETS));
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  // Chromium reports a blocked script in this way.
  test.beforeEach(({ complaints }) => complaints.allow(/^request failed: \S+\/pkg\/kubehop\.js csp$/));

  test('the page is a static picture of the same sockets', async ({ page, kubehop }) => {
    await page.goto(kubehop.url);
    await expect(picture(page)).toHaveAttribute('data-status', 'live');
    expect(sorted(await sockets(page))).toEqual(sorted(SOCKETS));
    await expect(socket(page, 'nodePort 192.168.56.12:30001')).toBeVisible();
    await expect(picture(page)).toContainText('10.244.1.0/24');
  });

  test('the path that the URL selects is lit in it', async ({ page, kubehop }) => {
    await page.goto(`${kubehop.url}/?select=nodePort:192.168.56.12:30001`);
    await expectLit(page, [
      'nodeIP 192.168.56.12',
      'nodePort 192.168.56.12:30001',
      'port 10.96.114.20:30080',
      'endpoint 10.244.1.5:80',
      'endpoint 10.244.2.7:80',
      'podIP 10.244.1.5',
      'podIP 10.244.2.7',
      'containerPort default/nginx-6d4cf56db6-4kq8v/nginx:80',
      'containerPort default/nginx-6d4cf56db6-9x2ct/nginx:80',
    ]);
  });
});

test('the live picture takes the place of the first one and says the same', async ({ page, kubehop }) => {
  const html = await (await fetch(kubehop.url)).text();
  await open(page, kubehop.url);
  expect(await sockets(page)).toEqual(written(html));
  await expect(page.locator('.picture.first')).toHaveCount(0);
});
