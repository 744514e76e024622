// The page's whole state is in its URL: a reload, a copied link and the steps of Back and Forward show the same (design §4.3).
import { expect, test } from '../lib/test.mjs';
import { openTable, table } from '../lib/table.mjs';
import { group, live, open, param, picture, select, socket, sockets, zoomOf } from '../lib/picture.mjs';

/** The visible state of the cluster and of a question. */
const shown = async (page) => ({
  sockets: await sockets(page),
  zoom: await zoomOf(page),
  chips: await page.locator('.chips li').allTextContents(),
  view: await page.locator('[data-view]').allTextContents(),
  asked: await page.locator('.ask input').evaluateAll((all) => all.map(({ value }) => value)),
  title: await page.locator('aside h1').allTextContents(),
  verdict: await page.locator('aside .verdict').allTextContents(),
});

/** Queries, and the visible state that each must have at least. */
const QUERIES = {
  context: ['context=sandbox', async (page) => expect(page.locator('[data-view="context"]')).toHaveText('sandbox')],
  namespaces: ['namespaces=kube-system', async (page) => {
    await expect(group(page, 'service/kube-system/kube-dns')).toHaveCount(1);
    await expect(picture(page).locator('[data-group]')).toHaveCount(1);
  }],
  find: ['find=type%3ANodePort', async (page) => expect(picture(page).locator('[data-group]')).toHaveCount(2)],
  hide: ['hide=ns%3Adefault', async (page) => expect(picture(page).locator('[data-group]')).toHaveCount(1)],
  problems: ['problems=1', async (page) => expect(picture(page).locator('[data-group]')).toHaveCount(2)],
  fold: ['fold=default', async (page) => expect(picture(page).locator('[data-group]')).toHaveCount(1)],
  by: ['by=node', async (page) => expect(group(page, 'node/node2')).toHaveCount(1)],
  zoom: ['zoom=75', async (page) => expect(group(page, 'service/default/nginx-service').locator('[data-fold]')).toHaveCount(3)],
  select: ['select=nodePort%3A192.168.56.12%3A30001', async (page) => expect(page.locator('aside h1')).toHaveText('192.168.56.12:30001')],
  'from and to': ['from=pod%3Adefault%2Fweb-0&to=10.96.114.20%3A30080', async (page) => {
    await expect(page.locator('.ask input[name="from"]')).toHaveValue('pod:default/web-0');
    await expect(socket(page, 'port 10.96.114.20:30080')).toHaveAttribute('data-state', /\bon-path\b/);
  }],
  'all of it': ['context=sandbox&namespaces=default&find=nginx&hide=is%3Aempty&problems=1&zoom=75&select=podIP%3A10.244.2.7', async (page) => {
    await expect(picture(page).locator('[data-group]')).toHaveCount(1);
    await expect(socket(page, 'podIP 10.244.2.7')).toHaveAttribute('data-state', /\bselected\b/);
    await expect(page.locator('.chips li')).toHaveCount(3);
  }],
};

for (const [name, [query, check]] of Object.entries(QUERIES)) {
  test(`${name}: a reload and a copied link show the same`, async ({ at, still }) => {
    const page = await at(query);
    await check(page);
    const before = await shown(page);
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual(Object.fromEntries(new URLSearchParams(query)));
    await page.reload();
    await live(page);
    await check(page);
    await expect.poll(() => shown(page)).toEqual(before);

    const other = await still.context.newPage();
    await other.goto(page.url());
    await live(other);
    await check(other);
    await expect.poll(() => shown(other)).toEqual(before);
    await other.close();
  });
}

test('lang: a reload and a copied link speak the same language', async ({ at, still }) => {
  const page = await at('lang=zh&select=nodePort%3A192.168.56.12%3A30001');
  const speaks = async (one) => {
    await expect(one.locator('html')).toHaveAttribute('lang', /^zh/);
    await expect(one.locator('.heads')).toContainText('客户端');
  };
  await speaks(page);
  await page.reload();
  await live(page);
  await speaks(page);
  const other = await still.context.newPage();
  await other.goto(page.url());
  await live(other);
  await speaks(other);
  await other.close();
});

test('view: a reload and a copied link show the table with its selection', async ({ at, still }) => {
  // The page that the other tests share must show the picture.
  await at('');
  const page = await still.context.newPage();
  const row = (one) => table(one).locator('[data-socket="port"][data-address="10.96.114.20:30080"]').first();
  await openTable(page, still.kubehop.url, 'select=port%3A10.96.114.20%3A30080');
  await expect(row(page)).toHaveAttribute('data-state', /\bselected\b/);
  const other = await still.context.newPage();
  await other.goto(page.url());
  await expect(row(other)).toHaveAttribute('data-state', /\bselected\b/);
  await other.close();
  await page.close();
});

/** Steps of a reader, one after the other, and the parameters that each leaves in the URL. */
const STEPS = [
  ['a selection', { select: 'clusterIP:10.96.114.20' }, (page) => select(page, 'clusterIP 10.96.114.20')],
  ['another one', { select: 'podIP:10.244.1.6' }, (page) => select(page, 'podIP 10.244.1.6')],
  ['a filter', { find: 'ns:kube-system' }, async (page) => {
    await page.locator('.filters summary').click();
    await page.locator('.filters').getByRole('button', { name: 'ns:kube-system' }).click();
  }],
  ['what is hidden', { hide: 'is:terminating' }, async (page) => {
    await page.locator('.filters input[name="hide"]').fill('is:terminating');
    await page.keyboard.press('Enter');
  }],
  ['problems only', { problems: '1' }, async (page) => {
    // Enter has closed the panel.
    await page.locator('.filters summary').click();
    await page.locator('.filters').getByLabel('Problems only').check();
  }],
  ['the arrangement by Node', { by: 'node' }, (page) => page.locator('.filters').getByLabel('Arranged by Node').check()],
  ['no problems', { problems: undefined }, (page) => page.locator('.filters').getByLabel('Problems only').uncheck()],
  ['a question', { from: 'pod:default/web-0', to: '10.96.114.20:30080', select: undefined }, async (page) => {
    await page.locator('.ask input[name="from"]').fill('default/web-0');
    await page.locator('.ask input[name="to"]').fill('10.96.114.20:30080');
    await page.keyboard.press('Enter');
  }],
];

test('Back and Forward walk through all steps in their order', async ({ at }) => {
  test.slow();
  const page = await at('zoom=100');
  const parameters = () => Object.fromEntries(new URL(page.url()).searchParams);
  let wanted = parameters();
  const seen = [];
  const note = async () => seen.push({ url: page.url(), shown: await shown(page) });
  for (const [name, change, act] of STEPS) {
    await note();
    await act(page);
    wanted = Object.fromEntries(Object.entries({ ...wanted, ...change }).filter(([, value]) => value !== undefined));
    await expect.poll(parameters, name).toEqual(wanted);
    await expect(page.locator('.chips li')).toHaveCount(['find', 'hide', 'problems', 'by'].filter((key) => wanted[key]).length);
  }
  await note();
  const back = STEPS.map(([name], n) => [n, `Back from ${name}`]).reverse();
  const forth = STEPS.map(([name], n) => [n + 1, `Forward to ${name}`]);
  for (const [n, name] of [...back, ...forth]) {
    await (name.startsWith('Back') ? page.goBack() : page.goForward());
    await expect.poll(() => page.url(), name).toBe(seen[n].url);
    await expect.poll(() => shown(page), name).toEqual(seen[n].shown);
  }
});

test('what is in a URL and means nothing stays there', async ({ at }) => {
  const page = await at('colour=red&select=clusterIP%3A10.96.114.20');
  await page.keyboard.press('Escape');
  await expect.poll(() => param(page, 'select')).toBe(null);
  expect(param(page, 'colour')).toBe('red');
});

test('the first response shows what its URL says, without a script', async ({ browser, still }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1600, height: 1000 } });
  const page = await context.newPage();
  for (const [query, wanted] of [
    ['zoom=50', ['hostPorts/default/influxdb', 'service/default/mysql-production', 'service/default/nginx-admin', 'service/default/nginx-service', 'service/default/reports', 'service/default/web-sts', 'service/kube-system/kube-dns']],
    ['find=nginx', ['service/default/nginx-admin', 'service/default/nginx-service']],
    ['hide=ns:default', ['service/kube-system/kube-dns']],
    ['problems=1&namespaces=default', ['service/default/nginx-admin', 'service/default/nginx-service']],
    ['by=node', ['node/node1', 'node/node2', 'node/node3', 'service/default/mysql-production', 'service/default/nginx-admin', 'service/default/reports']],
  ]) {
    await page.goto(`${still.kubehop.url}/?${query}`);
    await expect.soft(picture(page).locator('[data-group]')).toHaveCount(wanted.length);
    const found = await picture(page).locator('[data-group]').evaluateAll((all) => all.map(({ dataset }) => dataset.group));
    expect.soft(found, query).toEqual(wanted);
    if (query === 'zoom=50') await expect.soft(picture(page).locator('rect.row')).toHaveCount(wanted.length);
  }
  await context.close();
});
