// The main function: the picture shows the objects of the cluster and follows kubectl's changes, while nothing moves.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setPodReady } from '../../control-plane/fixtures.mjs';
import { directEnvironment } from '../../control-plane/processes.mjs';
import { binary } from '../lib/kubehop.mjs';
import { open, picture, select, socket, view } from '../lib/picture.mjs';
import { endpointsOf, expectAddresses, expectState, expectedSockets } from './expected.mjs';
import { expect, test } from './fixture.mjs';
import { expose, scale } from './workload.mjs';

const NODE = '192.168.56.12';

/** The scroll position of the view, and the position of the selected socket in the window. */
async function look(page, selected) {
  const { x, y, width, height } = await socket(page, selected).boundingBox();
  return { ...(await view(page)), selected: [x, y, width, height] };
}

/** Equal within two px: the box scrolls by whole px, and a change may come in several steps. */
function expectSame(now, before, when) {
  const moved = Object.keys(now).filter((key) => [now[key]].flat().some((value, n) => Math.abs(value - [before[key]].flat()[n]) > 2));
  const both = moved.map((key) => `${key}: ${before[key]} → ${now[key]}`);
  expect.soft(both, `what moved ${when}`).toEqual([]);
}

test('the page shows the addresses and ports that kubectl shows, and no others', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web');
  await open(page, (await start()).url, `namespaces=${ns}`);
  await expect(picture(page).locator('[data-socket="endpoint"]')).toHaveCount(3);

  const expected = await expectedSockets(kubectl, ns);
  expect(expected.nodeIP).toEqual(['192.168.56.11', '192.168.56.12', '192.168.56.13']);
  for (const [kind, addresses] of Object.entries(expected)) await expectAddresses(page, kind, addresses);

  await expect(socket(page, `nodeIP ${NODE}`)).toContainText('10.244.2.0/24');
  await expect(socket(page, `nodePort ${NODE}:${nodePort}`)).toContainText(`:${nodePort}`);
  await expect(socket(page, `port ${expected.port[0]}`)).toContainText(/:30080.*80/);
});

test('a click on the nodePort of a Node lights the endpoints of that Service and dims the other one', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort, clusterIP } = await expose(cluster, ns, 'web');
  await expose(cluster, ns, 'other', 2);
  await open(page, (await start()).url, `namespaces=${ns}`);
  await expect(picture(page).locator('[data-socket="endpoint"]')).toHaveCount(5);

  await select(page, `nodePort ${NODE}:${nodePort}`);
  const lit = await endpointsOf(kubectl, 'web');
  await expectState(page, 'endpoint', 'on-path', lit);
  await expectState(page, 'endpoint', 'dimmed', await endpointsOf(kubectl, 'other'));
  await expectState(page, 'nodePort', 'on-path', [`${NODE}:${nodePort}`]);
  await expectState(page, 'port', 'on-path', [`${clusterIP}:30080`]);
  await expectState(page, 'podIP', 'on-path', lit.map((endpoint) => endpoint.split(':')[0]));
  const other = picture(page).locator(`[data-object="Service/${ns}/other"]`);
  expect(new Set(await other.evaluateAll((all) => all.map(({ dataset }) => dataset.state)))).toEqual(new Set(['dimmed']));
});

test('kubectl scale shows and removes endpoints without a reload, and the view stays where it is', async ({ page, cluster, ns, kubectl, start }) => {
  await expose(cluster, ns, 'above');
  const { nodePort } = await expose(cluster, ns, 'web');
  const selected = `nodePort ${NODE}:${nodePort}`;
  await page.setViewportSize({ width: 1400, height: 500 });
  await open(page, (await start()).url, `namespaces=${ns}`);
  await page.keyboard.press('+');
  await select(page, selected);
  await page.evaluate(() => (window.sameDocument = true));
  const before = await look(page, selected);
  expect(before.top, 'the view is scrolled').toBeGreaterThan(0);

  for (const replicas of [5, 1, 3]) {
    await scale(kubectl, page, ns, 'web', replicas);
    await expectState(page, 'endpoint', 'on-path', await endpointsOf(kubectl, 'web'));
    expectSame(await look(page, selected), before, `at ${replicas} replicas`);
  }
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test('a Service that grows above the view, or shrinks below it, moves nothing in it', async ({ page, cluster, ns, kubectl, start }) => {
  await expose(cluster, ns, 'above');
  const { nodePort } = await expose(cluster, ns, 'middle');
  await expose(cluster, ns, 'web', 6);
  const selected = `nodePort ${NODE}:${nodePort}`;
  await page.setViewportSize({ width: 1400, height: 600 });
  await open(page, (await start()).url, `namespaces=${ns}`);
  await select(page, selected);
  await page.locator('main').evaluate((main) => main.scrollTo({ top: main.scrollHeight }));
  await expect(socket(page, selected)).toBeInViewport();
  const before = await look(page, selected);

  // The box keeps its scroll position when the last group gets shorter, because the picture may not end above the view.
  for (const replicas of [1, 2]) await scale(kubectl, page, ns, 'web', replicas);
  expectSame(await look(page, selected), before, 'with less below');
  // The box scrolls along when a group above the view gets longer.
  for (const replicas of [8, 1]) {
    await scale(kubectl, page, ns, 'above', replicas);
    expectSame({ selected: (await look(page, selected)).selected }, before, `with ${replicas} replicas above`);
  }
});

test('a Pod that is not ready greys out its endpoint, and packets no longer go there', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web');
  await open(page, (await start()).url, `namespaces=${ns}`);
  await expect(picture(page).locator('[data-socket="endpoint"]')).toHaveCount(3);
  await select(page, `nodePort ${NODE}:${nodePort}`);
  const endpoints = await endpointsOf(kubectl, 'web');
  await expectState(page, 'endpoint', 'on-path', endpoints);

  const [{ metadata, status }] = await kubectl.get('pods');
  const endpoint = `${status.podIP}:80`;
  await setPodReady(cluster, ns, metadata.name, false);
  await expectState(page, 'endpoint', 'not-ready', [endpoint]);
  await expectState(page, 'endpoint', 'on-path', endpoints.filter((other) => other !== endpoint));
  await expect(socket(page, `endpoint ${endpoint}`)).toContainText('not ready');
  await setPodReady(cluster, ns, metadata.name, true);
  await expectState(page, 'endpoint', 'on-path', endpoints);
  await expectState(page, 'endpoint', 'not-ready', []);
});

test('a hand-written EndpointSlice leads to its address outside the cluster, in the last lane', async ({ page, ns, kubectl, start }) => {
  await open(page, (await start()).url, `namespaces=${ns}`);
  await kubectl.apply(selectorless('mysql', 3306));
  await kubectl.apply({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'mysql-by-hand', labels: { 'kubernetes.io/service-name': 'mysql' } },
    addressType: 'IPv4',
    ports: [{ port: 3306 }],
    endpoints: [{ addresses: ['192.168.1.25'] }],
  });
  const external = socket(page, 'external 192.168.1.25:3306');
  await expect(external).toHaveAttribute('data-object', `EndpointSlice/${ns}/mysql-by-hand`);
  await expect(external).toContainText('outside');
  const line = await socket(page, 'endpoint 192.168.1.25:3306').boundingBox();
  expect((await external.boundingBox()).x).toBeGreaterThan(line.x + line.width);
  const [{ spec }] = await kubectl.get('services');
  await select(page, `clusterIP ${spec.clusterIP}`);
  await expectState(page, 'external', 'on-path', ['192.168.1.25:3306']);

  await kubectl(['delete', 'endpointslice', 'mysql-by-hand']);
  await expectAddresses(page, 'external', []);
  await expectAddresses(page, 'endpoint', []);
});

test('a hand-written Endpoints object is evidence, and its path is the slice that it is mirrored into', async ({ page, ns, kubectl, start }) => {
  await kubectl.apply(selectorless('mirrored', 3306));
  await kubectl.apply(selectorless('unread', 3306));
  await open(page, (await start()).url, `namespaces=${ns}`);
  await kubectl.apply(endpoints('mirrored', '192.168.1.25'));
  await kubectl.apply(endpoints('unread', '192.168.1.26', { 'endpointslice.kubernetes.io/skip-mirror': 'true' }));

  const group = (name) => picture(page).locator(`[aria-label="${ns}/${name}"]`);
  await expect(socket(page, 'endpoint 192.168.1.25:3306')).toBeVisible();
  await expect(group('mirrored')).toContainText('mirrored from Endpoints: 1 address');
  const [{ metadata }] = await kubectl.get('endpointslices');
  expect(metadata.labels['endpointslice.kubernetes.io/managed-by']).toBe('endpointslicemirroring-controller.k8s.io');
  await expect(socket(page, 'external 192.168.1.25:3306')).toHaveAttribute('data-object', `EndpointSlice/${ns}/${metadata.name}`);

  // kube-proxy does not read Endpoints: without a slice there is no path, whatever the object says.
  await expect(group('unread')).toContainText('Endpoints: 1 address (evidence only)');
  await expect(group('unread').locator('[data-verdict="REJECT"]')).toBeVisible();
  await expectAddresses(page, 'endpoint', ['192.168.1.25:3306']);
});

const selectorless = (name, port) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port }] } });

function endpoints(name, ip, labels) {
  return { apiVersion: 'v1', kind: 'Endpoints', metadata: { name, labels }, subsets: [{ addresses: [{ ip }], ports: [{ port: 3306 }] }] };
}

test('a question that is typed is answered as kubehop trace answers it, with the names that kube-proxy would use', async ({ page, cluster, ns, kubectl, start }) => {
  const { nodePort } = await expose(cluster, ns, 'web');
  await open(page, (await start()).url, `namespaces=${ns}`);
  await expect(picture(page).locator('[data-socket="endpoint"]')).toHaveCount(3);
  const [pod] = await kubectl.get('pods');
  for (const [from, to] of [
    ['', `${NODE}:${nodePort}`],
    [`pod:${ns}/${pod.metadata.name}`, `dns:web.${ns}.svc:30080`],
  ]) {
    await page.locator('input[name=from]').fill(from);
    await page.locator('input[name=to]').fill(to);
    await page.keyboard.press('Enter');
    await expect(page.locator('aside h1')).toHaveText(to);
    const asked = ['trace', '--kubeconfig', cluster.kubeconfig, '--from', from || 'external:203.0.113.7', '--to', to, '--output', 'json'];
    const { stdout } = await promisify(execFile)(binary, asked, { env: { ...process.env, ...directEnvironment() } });
    const [{ outcome, endpoints, rules }] = JSON.parse(stdout).evaluations;
    expect(outcome).toBe('EP');
    expect(endpoints.map(({ ip, port }) => `${ip}:${port}`).sort()).toEqual((await endpointsOf(kubectl, 'web')).sort());
    await expectState(page, 'endpoint', 'on-path', endpoints.map(({ ip, port }) => `${ip}:${port}`));
    for (const name of [...rules, ...endpoints.map(({ rule }) => rule)]) await expect(page.locator('aside .rules')).toContainText(name);
    await expect(page.locator('aside')).toContainText('The server knows all namespaces, and says the same.');
  }
});
