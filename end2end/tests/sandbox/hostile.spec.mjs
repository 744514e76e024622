// A hostile cluster: markup, script and odd Unicode in every name, label, annotation and address, and objects of a megabyte. All of it is
// shown as text, under the page's own policy, and takes no more memory than its size.
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { Cluster, pod } from '../lib/cluster.mjs';
import { Kubehop } from '../lib/kubehop.mjs';
import { open, picture, select } from '../lib/picture.mjs';
import { Complaints } from '../lib/quiet.mjs';
import { expect, test } from '../lib/test.mjs';

// The same objects as the first file in the corpus of `-f`.
test.use({ sandbox: fileURLToPath(new URL('../../../fuzz/corpus/files/hostile.yaml', import.meta.url)) });

const SCRIPT = '<script>window.harmed=1</script><img src=x onerror=window.harmed=1>';
const PORT = 'port 10.96.66.6:80';
const side = (page) => page.locator('aside');
const encoded = encodeURIComponent;

/** Watches a page for forbidden effects, from its first document on. */
async function watched(page) {
  const found = [];
  page.on('dialog', (dialog) => {
    found.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('pageerror', (error) => found.push(`exception: ${error.message}`));
  await page.exposeFunction('stopped', (text) => found.push(`stopped: ${text}`));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => window.stopped(`${effectiveDirective} ${blockedURI}`)));
  return found;
}

/** Elements and attributes of a document that no name may create. */
function harm(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('*')];
    const made = all.filter(({ localName }) => ['canary', 'img', 'iframe', 'object', 'embed', 'base', 'foreignobject'].includes(localName.toLowerCase()));
    const scripts = all.filter((one) => one.localName === 'script' && !one.nonce);
    const attributes = all.flatMap((one) => [...one.attributes]).filter(({ name, value }) => /^on/.test(name) || (/^(href|src|action|formaction|xlink:href)$/.test(name) && /^\s*(javascript|data|https?):/i.test(value)));
    return [window.harmed ?? 'not harmed', ...made.map(({ outerHTML }) => outerHTML), ...scripts.map(({ outerHTML }) => outerHTML), ...attributes.map(({ name, value }) => `${name}=${value}`)];
  });
}
const expectHarmless = async (page, where) => expect(await harm(page), where).toEqual(['not harmed']);

const VIEWS = [
  '', 'zoom=75', 'zoom=50', 'by=node', 'problems=1', 'view=table', 'lang=zh', `find=${encoded(SCRIPT)}`, `hide=${encoded('"<canary>')}`,
  `from=${encoded(SCRIPT)}&to=${encoded(SCRIPT)}`, 'from=pod:default/odd&to=10.96.66.6:80', 'to=dns:odd-name.default.svc:80', `select=${encoded(`port:${SCRIPT}`)}`,
  'select=port:10.96.66.6:80', 'select=endpoint:10.249.0.7:8080', 'select=dns:odd-link.default.svc', 'select=nodePort:192.168.66.6:30666&view=table',
  `namespaces=${encoded('<canary id=namespace>')}`,
];

test('every view of it is text', async ({ page, kubehop, complaints }) => {
  test.slow();
  // An invalid namespace is refused, and the page shows the error.
  complaints.allow(/status 400: .*namespaces=%3Ccanary|Failed to load resource|kubehop\.wasm net::ERR_ABORTED/);
  const found = await watched(page);
  for (const query of VIEWS) {
    await page.goto(`${kubehop.url}/?${query}`);
    if (!query.startsWith('namespaces')) await expect(page.locator('main > [data-status="live"]'), query).toBeVisible();
    await expectHarmless(page, query);
  }
  await open(page, kubehop.url);
  await expect(picture(page)).toContainText('<canary id=pod>');
  await expect(picture(page)).toContainText('javascript:alert(1)');
  expect(found).toEqual([]);
});

test.describe('with a clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('what a reader opens, searches, changes and takes away is text', async ({ page, kubehop, cluster }) => {
    const found = await watched(page);
    await open(page, kubehop.url);
    await select(page, PORT);
    // The manifest shows the text literally.
    await side(page).getByRole('button', { name: 'Show all' }).click();
    await expect(side(page).locator('.manifest')).toContainText(SCRIPT);
    await expectHarmless(page, 'manifest');

    await cluster.patch('Service', 'odd', { spec: { ports: [{ name: `new ${SCRIPT}`, port: 80, targetPort: SCRIPT, nodePort: 30667, protocol: 'TCP' }] } });
    await expect(side(page)).toContainText(`new ${SCRIPT}`);
    await expectHarmless(page, 'changes');

    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press('/');
    await page.keyboard.type('canary');
    await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('<canary');
    await expectHarmless(page, 'search');
    await page.keyboard.press('Escape');

    await side(page).getByText('Export', { exact: true }).click();
    await side(page).getByRole('button', { name: /Mermaid/ }).click();
    await expect(side(page).locator('.actions p')).toHaveText('Copied');
    // Mermaid interprets texts as HTML, except entities.
    const chart = await page.evaluate(() => navigator.clipboard.readText());
    expect(chart).toMatch(/^flowchart LR\n/);
    expect(chart.replaceAll('<br/>', '')).not.toMatch(/</);
    for (const line of chart.trim().split('\n')) expect((line.match(/"/g) ?? []).length % 2, line).toBe(0);
    await expectHarmless(page, 'taken away');
    expect(found).toEqual([]);
  });
});

test('the first response is text, without any script', async ({ browser, kubehop }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const query of VIEWS) {
    const answer = await page.goto(`${kubehop.url}/?${query}`);
    expect(answer.headers()['content-security-policy'], query).toMatch(/script-src 'nonce-[\w+/=-]+' 'wasm-unsafe-eval';/);
    await expect(page.locator('canary, img, iframe, [onload], [onerror], script:not([nonce])'), query).toHaveCount(0);
  }
  await context.close();
});

test('the picture is text as a document of its own', async ({ page, kubehop }) => {
  const found = await watched(page);
  for (const query of ['', 'by=node', 'select=port:10.96.66.6:80&theme=dark', 'from=pod:default/odd&to=10.96.66.6:80', 'to=dns:odd-name.default.svc:80']) {
    const answer = await page.goto(`${kubehop.url}/graph.svg?${query}`);
    expect(answer.headers()['content-type'], query).toBe('image/svg+xml');
    expect(await page.evaluate(() => document.documentElement.localName)).toBe('svg');
    await expect(page.locator('parsererror, script, a')).toHaveCount(0);
    await expectHarmless(page, query);
  }
  await page.goto(`${kubehop.url}/graph.svg`);
  await expect(page.locator('svg').first()).toContainText('<canary id=pod>');
  expect(found).toEqual([]);
});

test('what is refused is told back as data, and as nothing that a browser runs', async ({ page, kubehop, complaints }) => {
  complaints.allow(/status 4\d\d|Failed to load resource/);
  const found = await watched(page);
  const odd = encoded(SCRIPT);
  for (const path of [`/?context=${odd}`, `/graph.svg?select=${odd}`, `/api/v1/trace?from=${odd}&to=${odd}`, `/api/v1/snapshot?namespaces=${odd}`, `/api/v1/object?kind=${odd}`, `/api/${odd}`, `/${odd}`]) {
    const answer = await page.goto(kubehop.url + path);
    expect(answer.status(), path).toBeGreaterThanOrEqual(400);
    expect(answer.headers(), path).toMatchObject({ 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' });
    expect(answer.headers()['content-security-policy'], path).toContain("default-src 'none'");
    await expectHarmless(page, path);
  }
  expect(found).toEqual([]);
});

test('the names in a kubeconfig, and what a cluster says when it refuses, are text', async ({ browser }, info) => {
  const message = `pods is forbidden: User "${SCRIPT}" cannot list resource`;
  const api = createServer((request, response) => {
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'Forbidden', code: 403, message }));
  });
  await new Promise((done) => api.listen(0, '127.0.0.1', done));
  const kubeconfig = info.outputPath('kubeconfig.json');
  const names = [SCRIPT, 'javascript:alert(1)', '"><canary>', '\u202eedoc'];
  await writeFile(kubeconfig, JSON.stringify({
    'current-context': SCRIPT,
    clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${api.address().port}` } }],
    users: [{ name: 'u', user: {} }],
    contexts: names.map((name) => ({ name, context: { cluster: 'c', user: 'u' } })),
  }));
  const kubehop = await Kubehop.start(['--kubeconfig', kubeconfig, '--listen', '127.0.0.1:0']);
  const context = await browser.newContext({ locale: 'en-GB' });
  const complaints = new Complaints().watch(context, kubehop.url);
  const page = await context.newPage();
  const found = await watched(page);
  await open(page, kubehop.url);
  await expect(side(page)).toContainText(SCRIPT);
  await expect(page).toHaveTitle(/<script>window\.harmed=1<\/script>/);
  await page.locator('summary').filter({ hasText: SCRIPT }).click();
  for (const name of names) await expect(page.getByText(name).first(), name).toBeVisible();
  await expectHarmless(page, 'contexts');
  expect(found).toEqual([]);
  expect(complaints.list).toEqual([]);
  await context.close();
  await kubehop.stop();
  api.closeAllConnections();
  api.close();
});

/** Memory of a process in MB: the present and the maximum. */
async function memory({ child }) {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  const [now, most] = ['VmRSS', 'VmHWM'].map((name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+) kB`))[1]) / 1024);
  return { now, most };
}

test.describe('objects of a megabyte', () => {
  test.use({ sandbox: 'overview' });

  test('cost a server no more than small ones, and the reader sees them cut', async ({ page, kubehop }, info) => {
    test.slow();
    const kubeconfig = info.outputPath('kubeconfig.json');
    await writeFile(kubeconfig, JSON.stringify({
      'current-context': 'c',
      clusters: [{ name: 'c', cluster: { server: kubehop.api } }],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    }));
    // The sandbox keeps whole objects, so another process is measured.
    const reading = async (cluster) => {
      const reader = await Kubehop.start(['--kubeconfig', kubeconfig, '--listen', '127.0.0.1:0']);
      const pods = async () => (await (await fetch(`${reader.url}/api/v1/snapshot`)).json()).rows.filter(({ kind }) => kind === 'Pod').length;
      await expect.poll(pods, { timeout: 30_000 }).toBeGreaterThanOrEqual(cluster);
      return reader;
    };
    const cluster = new Cluster(kubehop.api);
    const large = (n, size) => {
      const one = pod({ name: `large-${n}`, ip: `10.244.1.${n + 20}` });
      return { ...one, metadata: { ...one.metadata, annotations: { 'k8s.v1.cni.cncf.io/large': '<b>é'.repeat(size / 5) } } };
    };
    for (let n = 0; n < 200; n += 1) await cluster.create(large(n, 100));
    const small = await reading(200);
    const before = await memory(small);
    await small.stop();

    for (let n = 0; n < 200; n += 1) await cluster.replace(large(n, 1_000_000));
    const reader = await reading(200);
    const after = await memory(reader);
    info.annotations.push({ type: 'memory in MB', description: JSON.stringify({ before, after }) });
    // It has read 200 MB.
    expect(after.now, 'what stays').toBeLessThan(before.now + 100);

    await open(page, kubehop.url, 'select=podIP:10.244.1.20');
    await side(page).locator('.manifest').getByRole('button', { name: 'Show all' }).click();
    await expect(side(page).locator('.manifest')).toContainText('cut by kubehop');
    // One page of a list, a hundred objects, is held at once.
    expect(after.most, 'what it took to read them').toBeLessThan(before.most + 4 * 100);
    await reader.stop();
  });
});
