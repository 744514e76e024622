// The inspector's details of an object, the list of problems, and the exports.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '../lib/test.mjs';
import { endpoint, pod, service, slice } from '../lib/cluster.mjs';
import { Kubehop, binary } from '../lib/kubehop.mjs';
import { NGINX } from '../lib/scenario.mjs';
import { expectLit, open, picture, select, selected, seq, socket } from '../lib/picture.mjs';

const NODE_PORT = 'nodePort 192.168.56.12:30001';
const side = (page) => page.locator('aside');
const manifest = (page) => side(page).locator('.manifest');
const section = (page, heading) => side(page).locator('section.sec').filter({ has: page.getByRole('heading', { name: heading }) });
const list = (page) => section(page, 'Recent changes').locator('.changes li');

/** The marked lines, trimmed. */
const marked = (page) => manifest(page).locator('.run.on code').evaluateAll((runs) => runs.flatMap((run) => run.textContent.split('\n').map((line) => line.trim())));

/** The output of `kubehop trace` for the scenario. */
async function traced(from, to) {
  const run = promisify(execFile)(binary, ['trace', '--sandbox', '--from', from, '--to', to]);
  // A broken path has exit code 1, and is an answer.
  return (await run.catch((error) => error)).stdout;
}

/** The file that a click downloads. */
async function downloaded(page, click) {
  await side(page).getByText('Export', { exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

for (const [text, object, lines] of [
  [NODE_PORT, 'Service default/nginx-service', ['- nodePort: 30001', 'port: 30080', 'targetPort: 80', 'type: NodePort']],
  ['nodePort 192.168.56.12:30002', 'Service default/nginx-admin', ['- nodePort: 30002', 'app: ngnix']],
  ['endpoint 10.244.1.5:80', 'EndpointSlice default/nginx-service-7xk2f', ['- 10.244.1.5', 'port: 80', 'ready: true']],
  ['containerPort default/nginx-6d4cf56db6-4kq8v/nginx:80', 'Pod default/nginx-6d4cf56db6-4kq8v', ['- containerPort: 80']],
  ['nodeIP 192.168.56.12', 'Node node2', ['- address: 192.168.56.12', 'podCIDR: 10.244.2.0/24']],
]) {
  test(`the manifest of ${text} is shown with the lines responsible marked`, async ({ scenario }) => {
    await select(scenario, text);
    await expect(manifest(scenario).locator('.aside')).toHaveText(object);
    const found = await marked(scenario);
    for (const line of lines) expect.soft(found).toContain(line);
    expect(found.length).toBeLessThan(12);
    // Each line has its number.
    for (const run of await manifest(scenario).locator('.run').all()) {
      const count = (text) => text.split('\n').length;
      expect(count(await run.locator('span').textContent())).toBe(count(await run.locator('code').textContent()));
    }
  });
}

test('the manifest unfolds in a box of its own, scrolled to what is responsible', async ({ scenario: page }) => {
  await select(page, 'containerPort default/nginx-6d4cf56db6-4kq8v/nginx:80');
  const box = manifest(page).locator('.yaml');
  await expect(box.locator('.run.on').first()).toBeVisible();
  await manifest(page).getByRole('button', { name: 'Show all' }).click();
  await expect(box.locator('.run').first()).toContainText('apiVersion: v1');
  const seen = () => box.evaluate((box) => {
    const [line, view] = [box.querySelector('.run.on').getBoundingClientRect(), box.getBoundingClientRect()];
    return { folded: view.height <= 320, inside: line.top >= view.top && line.bottom <= view.bottom };
  });
  await expect.poll(seen).toEqual({ folded: true, inside: true });
  await manifest(page).getByRole('button', { name: 'Show less' }).click();
  await expect(box).not.toContainText('apiVersion: v1');
});

test('a manifest is fetched with a selection only, and again when its object changes', async ({ live: page, cluster }) => {
  const asked = [];
  page.on('request', (request) => request.url().includes('/api/v1/object') && asked.push(request.url()));
  await cluster.patch('Service', 'web-sts', { metadata: { labels: { one: '1' } } });
  await expect(socket(page, 'dns web-sts.default.svc')).toBeVisible();
  expect(asked).toEqual([]);

  await select(page, NODE_PORT);
  await expect.poll(() => marked(page)).toContain('targetPort: 80');
  await cluster.patch('Service', 'nginx-service', { spec: { ports: [{ port: 30080, targetPort: 8081, nodePort: 30001, protocol: 'TCP' }] } });
  await expect.poll(() => marked(page)).toContain('targetPort: 8081');
  // The endpoints behind the Service are not in its manifest.
  const before = asked.length;
  await cluster.fill(NGINX.slice, NGINX.pods.slice(0, 1).map(endpoint));
  await expect(socket(page, 'endpoint 10.244.2.7:80')).toHaveCount(0);
  await expect(list(page).first()).toContainText('deleted');
  expect(asked.length).toBe(before);

  await page.keyboard.press('Escape');
  await expect(manifest(page)).toBeHidden();
});

test('a swarm of changes asks for the manifest once a second at most', async ({ live: page, cluster }) => {
  await select(page, NODE_PORT);
  await expect(manifest(page).locator('.run.on').first()).toBeVisible();
  // From here on the test controls the page's clock, so that a busy machine changes nothing.
  await page.clock.install();
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 5_000);
  await page.evaluate(() => {
    const { fetch } = window;
    window.asked = [];
    window.fetch = (...args) => {
      const url = String(args[0].url ?? args[0]);
      if (url.includes('/api/v1/object')) window.asked.push(Date.now());
      return fetch(...args);
    };
  });
  let last = 8000;
  for (let n = 0; n < 25; n += 1) {
    const before = await seq(page);
    last += 1;
    await cluster.patch('Service', 'nginx-service', { spec: { ports: [{ port: 30080, targetPort: last, nodePort: 30001, protocol: 'TCP' }] } });
    await expect.poll(async () => {
      await page.clock.runFor(100);
      return seq(page);
    }).toBeGreaterThan(before);
  }
  await expect.poll(async () => {
    await page.clock.runFor(100);
    return marked(page);
    // Often enough for more than the second of the page's clock that the last fetch may wait.
  }, { intervals: [50] }).toContain(`targetPort: ${last}`);
  const asked = await page.evaluate(() => window.asked);
  expect(asked.length).toBeGreaterThan(1);
  for (const [n, at] of asked.entries()) if (n > 0) expect(at - asked[n - 1]).toBeGreaterThanOrEqual(1_000);
});

test('a manifest that may not be read is an answer in words', async ({ live: page, complaints }) => {
  complaints.allow(/403|Failed to load resource/);
  await page.route('**/api/v1/object?**', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'may not get services' }) }));
  await select(page, NODE_PORT);
  await expect(manifest(page)).toContainText('It cannot be shown: may not get services.');
});

test('recent changes are listed, newest first', async ({ live: page, cluster }) => {
  await select(page, NODE_PORT);
  await expect(section(page, 'Recent changes')).toContainText('None since kubehop has been watching.');
  const flipped = NGINX.pods.map((one, n) => (n === 0 ? { ...one, ready: false } : one));
  await cluster.fill(NGINX.slice, flipped.map(endpoint));
  const readiness = list(page).filter({ hasText: 'ready: true → false' });
  await expect(readiness.first()).toContainText(`Endpoint ${NGINX.slice}/10.244.1.5`);
  await expect(readiness.first().locator('time')).toHaveText(/^\d\d:\d\d:\d\d UTC$/);
  await cluster.fill(NGINX.slice, NGINX.pods.map(endpoint));
  await expect(list(page).filter({ hasText: 'ready: false → true' }).first()).toBeVisible();
  await expect(list(page).first()).toContainText('false → true');
});

test('of many changes the last eight are listed', async ({ live: page, cluster }) => {
  await select(page, NODE_PORT);
  const many = Array.from({ length: 12 }, (_, n) => ({ pod: `more-${n}`, ip: `10.244.2.${100 + n}`, node: 'node2' }));
  await cluster.fill(NGINX.slice, [...NGINX.pods, ...many].map(endpoint));
  await expect(list(page)).toHaveCount(8);
  await expect(section(page, 'Recent changes')).toContainText('and 4 more');
  await expect(list(page).first()).toContainText('created');
});

test('without a selection the problems are listed by cause, and a click asks what fails', async ({ scenario: page }) => {
  const problems = section(page, 'Problems');
  await expect(problems.getByRole('heading')).toContainText('1 error');
  await expect(problems.getByRole('heading')).toContainText('1 warning');
  await expect(problems.locator('.cause')).toHaveText([/^Refused: slice is empty1$/, /^Endpoints not ready1$/]);
  const rows = problems.locator('.problem');
  await expect(rows.first()).toContainText('nginx-admin');
  await expect(rows.first()).toContainText('REJECT');
  await expect(rows.filter({ hasText: 'nginx-service' })).toContainText('2/3 ready');
  await rows.first().click();
  expect(selected(page)).toBe('port:10.96.61.7:8080');
  await expectLit(page, ['clusterIP 10.96.61.7', 'port 10.96.61.7:8080']);
  await expect(problems).toHaveCount(0);
});

test('arranged by Node the page has the same problems, also of a Service without Pods', async ({ page, kubehop, cluster }) => {
  await open(page, kubehop.url, 'by=node');
  const rows = section(page, 'Problems').locator('.problem');
  await expect(rows).toHaveCount(2);
  await cluster.fill(NGINX.slice, []);
  await expect(rows.filter({ hasText: 'nginx-service' })).toContainText('REJECT');
  await rows.filter({ hasText: 'nginx-admin' }).click();
  expect(selected(page)).toBe('port:10.96.61.7:8080');
  await expect(side(page)).toContainText('REJECT');
});

test('a Service whose selector finds no Pod says so, until one has its labels', async ({ live: page, cluster }) => {
  await select(page, 'nodePort 192.168.56.12:30002');
  await expect(side(page).locator('.verdict')).toContainText('no Pod has the labels of its selector, app=ngnix');
  await cluster.create(pod({ name: 'late', ip: '10.244.1.77', node: 'node1', labels: { app: 'ngnix' } }));
  await expect(side(page).locator('.verdict')).toContainText('although Pods with the labels of its selector have an address: default/late');
});

test('problems follow the cluster', async ({ live: page, cluster }) => {
  await cluster.fill(NGINX.slice, NGINX.pods.map((one) => endpoint({ ...one, ready: true })));
  await expect(section(page, 'Problems').locator('.problem').filter({ hasText: 'nginx-service' })).toHaveCount(0);
  await cluster.fill(NGINX.slice, []);
  await expect(section(page, 'Problems').locator('.problem').filter({ hasText: 'nginx-service' })).toContainText('REJECT');
});

test.describe('with a clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('the link, the path as text and the path as Mermaid are copied', async ({ live: page }) => {
    await expect(side(page).getByRole('button', { name: 'Copy as text' })).toBeHidden();
    await select(page, NODE_PORT);
    await side(page).getByRole('button', { name: 'Copy link' }).click();
    await expect(side(page).locator('.actions p')).toHaveText('Copied');
    expect(await clipboard(page)).toBe(page.url());
    expect(page.url()).toContain('select=nodePort');

    const text = await traced('external:203.0.113.7', '192.168.56.12:30001');
    await side(page).getByRole('button', { name: 'Copy as text' }).click();
    await expect.poll(() => clipboard(page)).toBe(text);

    await side(page).getByText('Export', { exact: true }).click();
    await side(page).getByRole('button', { name: /Mermaid/ }).click();
    const chart = await clipboard(page);
    expect(chart).toMatch(/^flowchart LR\n/);
    for (const part of ['"192.168.56.12:30001<br/>nodePort on node2"', 'Service default/nginx-service', 'port 30080 → targetPort 80', '-->|"1/2"|', '"10.244.1.5:80"', 'containerPort 80', '-.->|"out"|']) {
      expect.soft(chart).toContain(part);
    }
  });

  test('a broken path is copied with its verdict', async ({ live: page }) => {
    await select(page, 'nodePort 192.168.56.12:30002');
    await side(page).getByText('Export', { exact: true }).click();
    await side(page).getByRole('button', { name: /Mermaid/ }).click();
    expect(await clipboard(page)).toMatch(/--x n\d+\n$/);
    expect(await clipboard(page)).toContain('REJECT: refused at once');
    const text = await traced('external:203.0.113.7', '192.168.56.12:30002');
    expect(text).toMatch(/^REJECT {2}192\.168\.56\.12:30002\n/);
    await side(page).getByRole('button', { name: 'Copy as text' }).click();
    await expect.poll(() => clipboard(page)).toBe(text);
  });

  test('the manifest is copied whole', async ({ live: page }) => {
    await select(page, NODE_PORT);
    await manifest(page).getByRole('button', { name: 'Copy the manifest' }).click();
    const yaml = await clipboard(page);
    expect(yaml).toMatch(/^apiVersion: v1\n/);
    expect(yaml).toContain('nodePort: 30001');
  });
});

test('the picture is downloaded as SVG and as PNG, in the colours that are shown, and the rows as JSON', async ({ live: page, kubehop }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await select(page, NODE_PORT);
  const svg = await downloaded(page, () => side(page).getByRole('link', { name: /SVG/ }).click());
  expect(svg.name).toBe('kubehop.svg');
  const text = svg.bytes.toString();
  expect(text).toMatch(/^(<\?xml[^>]*>\s*)?<svg /);
  expect(text).toContain('192.168.56.12:30001');
  const same = await fetch(`${kubehop.url}/graph.svg?select=${encodeURIComponent(selected(page))}&theme=dark`);
  const timeless = (svg) => svg.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '');
  expect(timeless(text)).toBe(timeless(await same.text()));
  const [, width, height] = text.match(/<svg [^>]*?width="(\d+)" height="(\d+)"/) ?? [];

  const png = await downloaded(page, () => side(page).getByRole('button', { name: /PNG/ }).click());
  expect(png.name).toBe('kubehop.png');
  expect([...png.bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([2 * width, 2 * height]);
  // The file is a picture, not an empty canvas.
  expect(png.bytes.length).toBeGreaterThan(30_000);

  const json = await downloaded(page, () => side(page).getByRole('link', { name: /JSON/ }).click());
  expect(json.name).toBe('kubehop.json');
  expect(JSON.parse(json.bytes).rows.some((row) => row.kind === 'Service' && row.name === 'nginx-service')).toBe(true);
});

test('what is taken away is of the open namespaces', async ({ page, kubehop }) => {
  await open(page, kubehop.url, 'namespaces=kube-system');
  const json = await downloaded(page, () => side(page).getByRole('link', { name: /JSON/ }).click());
  const namespaces = new Set(JSON.parse(json.bytes).rows.map((row) => row.namespace).filter(Boolean));
  expect([...namespaces]).toEqual(['kube-system']);
});

test('names of the cluster are shown as text', async ({ live: page, cluster }) => {
  const evil = '<img src=x onerror="document.title=1">';
  await cluster.create(service({ name: 'evil', ip: '10.96.1.2', selector: { app: 'evil' }, labels: {} }));
  await cluster.patch('Service', 'evil', { metadata: { annotations: { 'metallb.io/note': evil } } });
  await cluster.create(pod({ name: 'evil-1', ip: '10.244.1.66', ready: false }));
  await cluster.patch('Pod', 'evil-1', { status: { conditions: [{ type: 'Ready', status: 'False', reason: evil, message: evil }] } });
  await cluster.create(slice({ name: 'evil-x', service: 'evil', endpoints: [endpoint({ ip: '10.244.1.66', pod: 'evil-1', ready: false })] }));
  await expect(section(page, 'Problems').locator('.problem').filter({ hasText: 'evil' })).toContainText('REJECT');
  await select(page, 'clusterIP 10.96.1.2');
  await manifest(page).getByRole('button', { name: 'Show all' }).click();
  await expect(manifest(page)).toContainText(evil.slice(0, 12));
  await expect(side(page).locator('img')).toHaveCount(0);
  await expect(picture(page).locator('img')).toHaveCount(0);
  expect(await page.title()).toBe('10.96.1.2 · sandbox · kubehop');
});

const big = test.extend({
  kubehop: async ({}, use) => {
    const kubehop = await Kubehop.start(['--sandbox=scale:10,2500,60', '--listen', '127.0.0.1:0']);
    await use(kubehop);
    await kubehop.stop();
  },
});

big('a big cluster lists its namespaces, and a click opens one', async ({ page, kubehop }) => {
  // Whether the cluster is big is known after the first lists.
  await expect.poll(async () => (await fetch(kubehop.url)).text(), { timeout: 20_000 }).toContain('data-overview');
  await open(page, kubehop.url);
  const rows = section(page, 'Namespaces').locator('tbody tr');
  const services = async () => (await rows.locator('td:nth-child(2)').allTextContents()).reduce((all, cell) => all + Number(cell), 0);
  await expect.poll(services).toBe(60);
  await expect(section(page, 'Namespaces').locator('.aside')).toHaveText(/^0 of \d+ open$/);
  // All objects of the cluster are counted, although none is drawn yet.
  await expect(page.locator('aside.side .second').first()).toHaveText(/^60 Services, \d+ Pods and \d+ Nodes\. Open a namespace to see its addresses\.$/);
  const name = await rows.nth(1).getByRole('button').textContent();
  await rows.nth(1).getByRole('button').click();
  expect(new URL(page.url()).searchParams.get('namespaces')).toBe(name);
  await expect(section(page, 'Namespaces').locator('.aside')).toHaveText(/^1 of \d+ open$/);
  await expect(rows.first().locator('b')).toHaveText(name);
});
