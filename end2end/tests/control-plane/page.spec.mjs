// Navigation in a real cluster: the page with the objects of real controllers, also while they change.
import { readFileSync, writeFileSync } from 'node:fs';
import { setPodReady } from '../../control-plane/fixtures.mjs';
import { serious } from '../lib/axe.mjs';
import { drawn, group, groups, live, open, param, picture, select, selected, socket, sockets, zoomOf } from '../lib/picture.mjs';
import { cell, cells, openTable, rows, table } from '../lib/table.mjs';
import { endpointsOf, expectAddresses, expectState } from './expected.mjs';
import { expect, test } from './fixture.mjs';
import { expose, scale } from './workload.mjs';

const NODE = '192.168.56.12';
const side = (page) => page.locator('aside');
const status = (page) => page.locator('.status');
const chips = (page) => page.locator('.chips li');
const showing = (page) => page.locator('.chips [role="status"]');
const panel = (page) => page.locator('.filters form');
const podIPs = async (kubectl, label) => (await kubectl.get('pods')).filter(({ metadata }) => metadata.labels.app === label).map(({ status }) => status.podIP);

test('less is shown the further one zooms out, a click unfolds, and the rest is counted', async ({ page, cluster, ns, kubectl, start }) => {
  await expose(cluster, ns, 'many', 12);
  await expose(cluster, ns, 'web');
  await open(page, (await start()).url, `namespaces=${ns}&zoom=100`);
  const [many, web] = ['many', 'web'].map((name) => group(page, `service/${ns}/${name}`));
  const stack = (group) => group.locator('[data-fold]', { hasText: 'endpoints' });
  const members = (group) => group.locator('[data-socket="endpoint"]');

  // At 100 % only large groups are folded.
  await expect(stack(many)).toContainText('12 endpoints');
  await expect(stack(many)).toContainText('12/12 ready');
  await expect(members(web)).toHaveCount(3);
  await page.keyboard.press('-');
  await expect.poll(() => zoomOf(page)).toBe(75);
  await expect(stack(web)).toContainText('3 endpoints');
  await expect(members(web)).toHaveCount(0);
  await stack(many).click();
  await expectAddresses(page, 'endpoint', await endpointsOf(kubectl, 'many'));
  await page.keyboard.press('-');
  await expect(web.locator('rect.row')).toHaveCount(1);
  await expect(web).toContainText('3/3');
  await expect(members(many), 'what a reader has opened stays open').toHaveCount(12);

  // A Service that grows is drawn by the same rules.
  await page.keyboard.press('0');
  await expect(members(web)).toHaveCount(3);
  await scale(kubectl, page, ns, 'web', 11);
  await expect(stack(web)).toContainText('11 endpoints');
  await page.locator('.filters summary').click();
  await panel(page).getByLabel('Find').fill('web');
  await page.keyboard.press('Enter');
  await expect(showing(page)).toHaveText('Showing 1 of 2 Services');
});

test('arranged by Node, each Pod stands on the Node that the scheduler chose, and the selection stays', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web', 4);
  await expose(cluster, ns, 'other', 2);
  await open(page, (await start()).url, `namespaces=${ns}`);
  await select(page, `nodePort ${NODE}:${nodePort}`);
  const lit = await podIPs(kubectl, 'web');
  await expectState(page, 'podIP', 'on-path', lit);

  await page.locator('.filters summary').click();
  await page.getByRole('checkbox', { name: 'Arranged by Node' }).check();
  await expect(group(page, 'node/node-2')).toHaveCount(1);
  await expectState(page, 'podIP', 'on-path', lit);
  expect(selected(page)).toBe(`nodePort:${NODE}:${nodePort}`);
  const pods = await kubectl.get('pods');
  for (const node of ['node-1', 'node-2', 'node-3']) {
    const found = await group(page, `node/${node}`).locator('[data-socket="podIP"]').evaluateAll((all) => all.map(({ dataset }) => dataset.address).sort());
    expect(found, node).toEqual(pods.filter(({ spec }) => spec.nodeName === node).map(({ status }) => status.podIP).sort());
  }
  await page.getByRole('checkbox', { name: 'Arranged by Node' }).uncheck();
  await expect(group(page, `service/${ns}/web`)).toHaveCount(1);
  await expectState(page, 'podIP', 'on-path', lit);
});

test('the search finds 30001 and the IP of a Pod, and jumps there', async ({ page, cluster, ns, kubectl, start }) => {
  for (let n = 0; n < 6; n += 1) await expose(cluster, ns, `middle-${n}`, 1);
  await expose(cluster, ns, 'above', 1, 30001);
  await expose(cluster, ns, 'web', 2);
  await page.setViewportSize({ width: 1400, height: 500 });
  await open(page, (await start()).url, `namespaces=${ns}`);
  const [, ip] = await podIPs(kubectl, 'web');
  await expect(picture(page).locator('[data-group]')).toHaveCount(8);
  // From the top of the picture to its end, and back.
  for (const [text, first, object, wanted] of [[ip, ip, `Pod ${ns}/`, `podIP ${ip}`], ['30001', '192.168.56.11:30001', `Service ${ns}/above`, 'nodePort 192.168.56.11:30001']]) {
    await expect(socket(page, wanted)).not.toBeInViewport();
    await page.keyboard.press('/');
    await page.keyboard.type(text);
    const found = page.getByRole('listbox').getByRole('option').first();
    await expect(found.locator('b')).toHaveText(first);
    await expect(found).toContainText(object);
    await page.keyboard.press('Enter');
    await expect.poll(() => selected(page)).toBe(wanted.replace(' ', ':'));
    await expect(socket(page, wanted)).toHaveAttribute('data-state', /\bselected\b/);
    await expect(socket(page, wanted)).toBeInViewport();
  }
});

test('without a pointer: from the search along the path to the endpoint and back, and axe finds nothing serious', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web', 1);
  await open(page, (await start()).url, `namespaces=${ns}`);
  await page.keyboard.press('/');
  await page.keyboard.type(`${NODE}:${nodePort}`);
  await expect(page.getByRole('listbox').getByRole('option').first()).toContainText(`${NODE}:${nodePort}`);
  await page.keyboard.press('Enter');
  await expect(socket(page, `nodePort ${NODE}:${nodePort}`)).toBeFocused();
  // The focus follows the packet lane by lane: it ends in the last lane, and all sockets on its way are lit.
  const focused = () => page.evaluate(() => ({ ...document.activeElement.dataset }));
  const kinds = [];
  for (let lane = 0; lane < 4; lane += 1) {
    await page.keyboard.press('ArrowRight');
    const { socket: kind, state } = await focused();
    expect(state, kind).toContain('on-path');
    kinds.push(kind);
  }
  const [endpoint] = await endpointsOf(kubectl, 'web');
  expect(kinds.slice(-3)).toEqual(['endpoint', 'podIP', 'containerPort']);
  for (let lane = 0; lane < 2; lane += 1) await page.keyboard.press('ArrowLeft');
  expect((await focused()).address).toBe(endpoint);
  await page.keyboard.press('Enter');
  await expect.poll(() => selected(page)).toBe(`endpoint:${endpoint}`);
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect.poll(() => selected(page)).toBe(null);
});

test('filters leave what they say, are chips, and problems only follows the cluster', async ({ page, cluster, ns, kubectl, start }) => {
  await expose(cluster, ns, 'api', 2);
  await expose(cluster, ns, 'web', 2);
  await kubectl(['create', 'service', 'clusterip', 'empty', '--tcp=80']);
  const of = (...names) => names.map((name) => `service/${ns}/${name}`);
  await open(page, (await start()).url, `namespaces=${ns}`);
  await expect.poll(() => groups(page)).toEqual(of('api', 'empty', 'web'));

  await page.locator('.filters summary').click();
  await panel(page).getByLabel('Find').fill('type:NodePort');
  await panel(page).getByLabel('Hide').fill('name:api');
  await panel(page).getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => groups(page)).toEqual(of('web'));
  await expect(chips(page)).toHaveText([/Find: type:NodePort/, /Hide: name:api/]);
  await expect(showing(page)).toHaveText('Showing 1 of 3 Services');
  await page.locator('.chips').getByRole('button', { name: 'Remove Find: type:NodePort' }).click();
  await expect.poll(() => groups(page)).toEqual(of('empty', 'web'));

  // The panel closes when another control is used.
  await page.locator('.filters summary').click();
  await panel(page).getByLabel('Problems only').check();
  await expect.poll(() => groups(page)).toEqual(of('empty'));
  await expect(group(page, `service/${ns}/empty`).locator('[data-verdict="REJECT"]')).toBeVisible();
  const [{ metadata }] = (await kubectl.get('pods')).filter(({ metadata }) => metadata.labels.app === 'web');
  await setPodReady(cluster, ns, metadata.name, false);
  await expect.poll(() => groups(page)).toEqual(of('empty', 'web'));
  await setPodReady(cluster, ns, metadata.name, true);
  await expect.poll(() => groups(page)).toEqual(of('empty'));
});

test('the inspector shows the lines of the manifest, also after kubectl edit, and what has changed', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web', 2);
  await open(page, (await start()).url, `namespaces=${ns}`);
  await select(page, `nodePort ${NODE}:${nodePort}`);
  const manifest = side(page).locator('.manifest');
  const marked = () => manifest.locator('.run.on code').evaluateAll((runs) => runs.flatMap((run) => run.textContent.split('\n').map((line) => line.trim())));
  await expect(manifest.locator('.aside')).toHaveText(`Service ${ns}/web`);
  await expect.poll(async () => (await marked()).map((line) => line.replace(/^- /, ''))).toEqual(expect.arrayContaining([`nodePort: ${nodePort}`, 'port: 30080', 'targetPort: 80', 'type: NodePort']));

  await kubectl(['edit', 'service/web'], { editor: "sed -i 's/targetPort: 80$/targetPort: 8080/'" });
  await expect.poll(marked).toContain('targetPort: 8080');
  await expect(socket(page, `port ${(await kubectl.get('services'))[0].spec.clusterIP}:30080`)).toContainText('8080');

  const changes = side(page).locator('.changes li');
  await expect(changes.filter({ hasText: 'targetPort' }).first()).toContainText('80 → 8080');
  const before = await endpointsOf(kubectl, 'web');
  await scale(kubectl, page, ns, 'web', 3);
  const [added] = (await endpointsOf(kubectl, 'web')).filter((one) => !before.includes(one));
  await expect(changes.filter({ hasText: added.split(':')[0] }).filter({ hasText: 'created' }).first()).toBeVisible();
});

test('Back and Forward go through what was selected, filtered and shown as a table', async ({ page, cluster, ns, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web', 2);
  const { clusterIP } = await expose(cluster, ns, 'api', 1);
  await open(page, (await start()).url, `namespaces=${ns}`);
  await page.evaluate(() => (window.sameDocument = true));
  await select(page, `nodePort ${NODE}:${nodePort}`);
  await select(page, `clusterIP ${clusterIP}`);
  await page.locator('.filters summary').click();
  await panel(page).getByLabel('Find').fill('api');
  await page.keyboard.press('Enter');
  await expect.poll(() => groups(page)).toEqual([`service/${ns}/api`]);
  await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Table' }).click();
  await expect(table(page)).toHaveAttribute('data-status', 'live');

  const both = [`service/${ns}/api`, `service/${ns}/web`];
  const now = async () => [selected(page), param(page, 'find'), await groups(page)];
  const steps = [[null, null, both], [`nodePort:${NODE}:${nodePort}`, null, both], [`clusterIP:${clusterIP}`, null, both], [`clusterIP:${clusterIP}`, 'api', both.slice(0, 1)]];
  for (const step of steps.toReversed()) {
    await page.goBack();
    await expect.poll(now).toEqual(step);
  }
  for (const step of steps.slice(1)) {
    await page.goForward();
    await expect.poll(now).toEqual(step);
    await expect(socket(page, step[0].replace(':', ' '))).toHaveAttribute('data-state', /\bselected\b/);
  }
  await page.goForward();
  await expect(cell(page, `clusterIP ${clusterIP}`)).toHaveAttribute('data-state', /\bselected\b/);
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test('the table has the rows and the selection of the picture, and follows kubectl scale', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web', 2);
  await kubectl(['create', 'service', 'clusterip', 'empty', '--tcp=80']);
  const { url } = await start();
  const query = `namespaces=${ns}&select=${encodeURIComponent(`nodePort:${NODE}:${nodePort}`)}`;
  await open(page, url, query);
  await expectState(page, 'endpoint', 'on-path', await endpointsOf(kubectl, 'web'));
  const wanted = (await sockets(page)).sort();
  expect(wanted.filter((line) => line.includes('selected'))).toEqual([`nodePort ${NODE}:${nodePort} Service/${ns}/web selected on-path`]);

  await openTable(page, url, query);
  await expect.poll(async () => (await cells(page)).sort()).toEqual(wanted);
  await expect(rows(page, 'empty', ns)).toContainText('REJECT');
  await kubectl(['scale', 'deployment/web', '--replicas=3']);
  await expect(rows(page, 'web', ns)).toContainText('3/3 ready');
  for (const endpoint of await endpointsOf(kubectl, 'web')) await expect(cell(page, `endpoint ${endpoint}`)).toHaveAttribute('data-state', 'on-path');
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('a browser that prefers it gets it for a real cluster as well, and the link switches', async ({ page, cluster, ns, kubectl, start }) => {
    await expose(cluster, ns, 'web', 2);
    const [{ spec }] = await kubectl.get('services');
    const [{ metadata, status: pod }] = await kubectl.get('pods');
    await setPodReady(cluster, ns, metadata.name, false);
    await open(page, (await start()).url, `namespaces=${ns}`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await expect(status(page)).toHaveText('实时');
    await expect(socket(page, `endpoint ${pod.podIP}:80`)).toContainText('未就绪');
    await select(page, `clusterIP ${spec.clusterIP}`);

    await page.getByRole('link', { name: '中文 / EN' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await live(page);
    await expect(status(page)).toHaveText('Live');
    await expect(socket(page, `endpoint ${pod.podIP}:80`)).toContainText('not ready');
    expect(selected(page)).toBe(`clusterIP:${spec.clusterIP}`);
  });
});

test('two tabs show two contexts: one that cannot be reached says so, and the other goes on', async ({ page, context, cluster, ns, kubectl, start }, testInfo) => {
  await expose(cluster, ns, 'web', 2);
  const config = JSON.parse(readFileSync(cluster.kubeconfig, 'utf8'));
  const [{ context: real }] = config.contexts;
  config.clusters.push({ name: 'gone', cluster: { server: 'https://127.0.0.1:9' } });
  config.contexts = [{ name: 'real', context: real }, { name: 'broken', context: { ...real, cluster: 'gone' } }];
  config['current-context'] = 'real';
  const file = testInfo.outputPath('kubeconfig');
  writeFileSync(file, JSON.stringify(config));

  await open(page, (await start(file)).url, `namespaces=${ns}`);
  await page.locator('details.contexts summary').click();
  const link = (name) => page.locator('details.contexts').getByRole('link', { name: new RegExp(`^${name}`) });
  await expect(link('real')).toHaveText(/live/);
  const [other] = await Promise.all([context.waitForEvent('page'), link('broken').click({ modifiers: ['ControlOrMeta'] })]);
  await expect(other.locator('[data-view="context"]')).toHaveText('broken');
  await expect(other.locator('main > svg[data-status]')).toHaveAttribute('data-status', 'connecting');
  await expect(other.getByRole('alert')).toContainText(/cannot reach the API server at https:\/\/127\.0\.0\.1:9/);
  await expect(other.locator('[data-group]')).toHaveCount(0);

  await expect(page.getByRole('alert')).toBeHidden();
  await scale(kubectl, page, ns, 'web', 3);
  await expectAddresses(page, 'endpoint', await endpointsOf(kubectl, 'web'));
  await expect(picture(page)).toHaveAttribute('data-status', 'live');
});

test('GET /graph.svg has the sockets of the page, in the same states', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web', 3);
  await expose(cluster, ns, 'other', 1);
  const [{ metadata }] = await kubectl.get('pods');
  await setPodReady(cluster, ns, metadata.name, false);
  const { url } = await start();
  for (const query of [`namespaces=${ns}`, `namespaces=${ns}&select=${encodeURIComponent(`nodePort:${NODE}:${nodePort}`)}`, `namespaces=${ns}&zoom=50&find=web`]) {
    await open(page, url, query);
    const wanted = await sockets(page);
    expect(wanted.filter((line) => line.startsWith('port '))).toHaveLength(query.includes('find') ? 1 : 2);
    expect(wanted.some((line) => line.includes('on-path'))).toBe(query.includes('select'));
    expect(drawn(await (await fetch(`${url}/graph.svg?${query}`)).text()), query).toEqual(wanted);
  }
});

test('a pause holds the picture while kubectl scale acts, says how many changes wait, and its end shows them', async ({ page, cluster, ns, kubectl, start }) => {
  await expose(cluster, ns, 'web', 2);
  const kubehop = await start();
  await open(page, kubehop.url, `namespaces=${ns}`);
  const before = await endpointsOf(kubectl, 'web');
  await expectAddresses(page, 'endpoint', before);
  await page.keyboard.press('p');
  await expect(status(page)).toHaveText('Paused');

  await kubectl(['scale', 'deployment/web', '--replicas=4']);
  // At least two Pods and two endpoints.
  const waiting = async () => Number((await status(page).textContent()).match(/^Paused, (\d+) changes waiting$/)?.[1]);
  await expect.poll(waiting).toBeGreaterThanOrEqual(4);
  await expect.poll(async () => (await endpointsOf(kubectl, 'web')).length).toBe(4);
  await expectAddresses(page, 'endpoint', before);
  await expect(picture(page)).toHaveAttribute('data-status', 'paused');

  await page.keyboard.press('p');
  await expect(status(page)).toHaveText('Live');
  await expect(group(page, `service/${ns}/web`)).toContainText('4/4 ready');
  await expectAddresses(page, 'endpoint', await endpointsOf(kubectl, 'web'));
});
