import { expect, test } from '../lib/test.mjs';
import { endpoint, pod, service, slice } from '../lib/cluster.mjs';
import { MORE, NGINX } from '../lib/scenario.mjs';
import { expectLit, picture, select, seq, socket, sockets } from '../lib/picture.mjs';

/** Endpoint addresses of nginx-service in the picture. */
const endpoints = (page) =>
  socketAddresses(page, `[data-socket="endpoint"][data-object="EndpointSlice/default/${NGINX.slice}"]`);
const socketAddresses = (page, selector) => picture(page).locator(selector).evaluateAll((all) => all.map(({ dataset }) => dataset.address));

/** A window that was loaded again has lost this marker. */
const mark = (page) => page.evaluate(() => (window.sameWindow = true));
const expectSameWindow = async (page) => expect(await page.evaluate(() => window.sameWindow)).toBe(true);

test('a new Pod and its endpoint appear, and the picture says a later change', async ({ live: page, cluster }) => {
  await mark(page);
  const before = await seq(page);
  const [added] = MORE;
  await cluster.create(pod({ name: added.pod, ip: added.ip, node: added.node, labels: { app: 'nginx' } }));
  // No slice contains it yet: only its own IP leads to it.
  await expect(socket(page, `podIP ${added.ip} Pod/default/${added.pod}`)).toHaveCount(1);
  await expect(picture(page).locator('[data-group="pods/default/"]')).toContainText(added.pod);
  await cluster.fill(NGINX.slice, [...NGINX.pods, added].map(endpoint));
  await expect(socket(page, `endpoint ${added.ip}:80 EndpointSlice/default/${NGINX.slice}`)).toHaveAttribute('data-state', '');
  await expect(picture(page).locator('[data-group="service/default/nginx-service"]')).toContainText('3/4 ready');
  await expect(picture(page).locator('[data-group="service/default/nginx-service"]')).toContainText(added.pod);
  await expect(picture(page).locator('[data-group="pods/default/"]')).toHaveCount(0);
  expect(await seq(page)).toBeGreaterThan(before);
  await expectSameWindow(page);
});

test('a Service scales to 5 endpoints and back to 1 without a reload', async ({ live: page, cluster }) => {
  await mark(page);
  await select(page, 'nodePort 192.168.56.12:30001');
  const all = [...NGINX.pods.map((one) => ({ ...one, ready: true })), ...MORE];
  for (const added of MORE) await cluster.create(pod({ name: added.pod, ip: added.ip, node: added.node, labels: { app: 'nginx' } }));
  await cluster.fill(NGINX.slice, all.map(endpoint));
  await expect.poll(() => endpoints(page)).toEqual(['10.244.1.5:80', '10.244.1.21:80', '10.244.2.7:80', '10.244.2.22:80', '10.244.3.9:80']);
  for (const { ip } of all) await expect(socket(page, `endpoint ${ip}:80`)).toHaveAttribute('data-state', 'on-path');
  await expect(page.locator('aside .verdict')).toContainText('one of 5 usable endpoints');

  const [kept, ...gone] = all;
  await cluster.fill(NGINX.slice, [endpoint(kept)]);
  for (const one of gone) await cluster.remove('Pod', one.pod);
  await expectLit(page, [
    'nodeIP 192.168.56.12',
    'nodePort 192.168.56.12:30001',
    'port 10.96.114.20:30080',
    `endpoint ${kept.ip}:80`,
    `podIP ${kept.ip}`,
    `containerPort default/${kept.pod}/nginx:80`,
  ]);
  expect(await endpoints(page)).toEqual([`${kept.ip}:80`]);
  for (const { ip, pod } of gone) {
    await expect(socket(page, `podIP ${ip}`)).toHaveCount(0);
    await expect(picture(page)).not.toContainText(pod);
  }
  await expectSameWindow(page);
});

test('a readiness flip greys an endpoint out, and takes it off the path', async ({ live: page, cluster }) => {
  await select(page, 'nodePort 192.168.56.12:30001');
  const [first, second, third] = NGINX.pods;
  const own = socket(page, `endpoint ${second.ip}:80`);
  await expect(own).toHaveAttribute('data-state', 'on-path');
  await cluster.patch('Pod', second.pod, { status: { conditions: [{ type: 'Ready', status: 'False' }] } });
  await expect(socket(page, `podIP ${second.ip}`)).toHaveAttribute('data-state', 'not-ready on-path');
  await cluster.fill(NGINX.slice, [first, { ...second, ready: false }, third].map(endpoint));
  await expect(own).toHaveAttribute('data-state', 'not-ready dimmed');
  await expect(own).toContainText('not ready');
  await expect(socket(page, `podIP ${second.ip}`)).toHaveAttribute('data-state', 'not-ready dimmed');
  await expect(page.locator('aside .verdict')).toContainText('the only usable endpoint');

  await cluster.fill(NGINX.slice, [{ ...first, ready: false }, { ...second, ready: false }, third].map(endpoint));
  await expectLit(page, ['nodeIP 192.168.56.12', 'nodePort 192.168.56.12:30001', 'port 10.96.114.20:30080']);
  await expect(socket(page, 'port 10.96.114.20:30080')).toHaveAttribute('data-state', 'on-path broken');
  await expect(picture(page).locator('[data-group="service/default/nginx-service"]')).toContainText('none ready');

  await cluster.fill(NGINX.slice, [first, second, third].map(endpoint));
  await expect(own).toHaveAttribute('data-state', 'on-path');
  await expect(picture(page).locator('[data-state~="broken"]')).toHaveCount(0);
});

test('a terminating endpoint is marked, and gets packets when it is the only one that still serves', async ({ live: page, cluster }) => {
  const [first] = NGINX.pods;
  await select(page, 'clusterIP 10.96.114.20');
  await cluster.fill(NGINX.slice, [{ ...first, ready: false, terminating: true }].map(endpoint));
  await expect(socket(page, `endpoint ${first.ip}:80`)).toHaveAttribute('data-state', 'terminating on-path');
});

test('a slice by hand with an outside address appears in the last lane', async ({ live: page, cluster }) => {
  await cluster.create(service({ name: 'legacy', ip: '10.96.7.7', ports: [{ port: 8080, targetPort: 8080, protocol: 'TCP' }] }));
  await expect(picture(page).locator('[data-group="service/default/legacy"] [data-verdict="REJECT"]')).toBeVisible();
  await cluster.create(slice({
    name: 'legacy-by-hand', service: 'legacy', manager: null, ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    endpoints: [endpoint({ ip: '198.51.100.9' })],
  }));
  const outside = socket(page, 'external 198.51.100.9:8080 EndpointSlice/default/legacy-by-hand');
  await expect(outside).toHaveAttribute('data-state', '');
  await expect(outside).toContainText('outside');
  await expect(picture(page).locator('[data-group="service/default/legacy"]')).toContainText('by hand');
  await expect(picture(page).locator('[data-group="service/default/legacy"] [data-verdict]')).toHaveCount(0);
  // The last lane, in which the outside target of mysql-production begins too.
  const left = async (text) => (await socket(page, text).locator('rect').first().getAttribute('x'));
  expect(await left('external 198.51.100.9:8080')).toBe(await left('external 192.168.1.25:3306'));
  await select(page, 'external 198.51.100.9:8080');
  await expectLit(page, ['dns legacy.default.svc', 'clusterIP 10.96.7.7', 'port 10.96.7.7:8080', 'endpoint 198.51.100.9:8080', 'external 198.51.100.9:8080']);
});

test('what is deleted leaves the picture', async ({ live: page, cluster }) => {
  const group = picture(page).locator('[data-group="service/default/mysql-production"]');
  await cluster.remove('EndpointSlice', 'mysql-production');
  await expect(socket(page, 'external 192.168.1.25:3306')).toHaveCount(0);
  await expect(socket(page, 'endpoint 192.168.1.25:3306')).toHaveCount(0);
  await expect(group).toContainText('no endpoints');
  await cluster.remove('Service', 'mysql-production');
  await expect(group).toHaveCount(0);
  await expect(picture(page).locator('[data-namespace="default"]')).toContainText('4 Services');

  await cluster.remove('Pod', 'influxdb');
  await expect(socket(page, 'hostPort 192.168.56.13:8086')).toHaveCount(0);

  // The Pods of a deleted Service stay, without a Service.
  await cluster.remove('Service', 'nginx-service');
  await cluster.remove('EndpointSlice', NGINX.slice);
  await expect(picture(page).locator('[data-group="service/default/nginx-service"]')).toHaveCount(0);
  await expect(socket(page, 'podIP 10.244.1.5')).toHaveCount(1);
  await expect(picture(page).locator('[data-group="pods/default/"]')).toContainText('nginx-6d4cf56db6-4kq8v');

  await cluster.remove('Service', 'kube-dns', 'kube-system');
  await cluster.remove('EndpointSlice', 'kube-dns-l6v9p', 'kube-system');
  for (const suffix of ['b4xq2', 'hn8rj']) await cluster.remove('Pod', `coredns-7c65d6cfc9-${suffix}`, 'kube-system');
  await expect(picture(page).locator('[data-namespace="kube-system"]')).toHaveCount(0);
});

test('a selected socket that is deleted is said to be gone, and nothing stays dimmed', async ({ live: page, cluster }) => {
  await select(page, 'podIP 10.244.3.14');
  await cluster.remove('Pod', 'influxdb');
  await expect(page.locator('aside')).toContainText('Nothing here has this address');
  await expect(picture(page).locator('[data-state~="dimmed"]')).toHaveCount(0);
});

test('a Node that joins opens every nodePort, and one that leaves closes them', async ({ live: page, cluster }) => {
  await cluster.remove('Node', 'node3');
  await expect(socket(page, 'nodePort 192.168.56.13:30001')).toHaveCount(0);
  await expect(socket(page, 'nodeIP 192.168.56.13')).toHaveCount(0);
  await cluster.create({
    apiVersion: 'v1', kind: 'Node', metadata: { name: 'node3' }, spec: { podCIDR: '10.244.9.0/24', podCIDRs: ['10.244.9.0/24'] },
    status: { addresses: [{ type: 'InternalIP', address: '192.168.56.19' }], conditions: [{ type: 'Ready', status: 'False' }] },
  });
  await expect(socket(page, 'nodePort 192.168.56.19:30001 Service/default/nginx-service')).toHaveCount(1);
  await expect(socket(page, 'nodePort 192.168.56.19:30002 Service/default/nginx-admin')).toHaveCount(1);
  await expect(socket(page, 'nodeIP 192.168.56.19')).toContainText('10.244.9.0/24');
  await expect(socket(page, 'nodeIP 192.168.56.19')).toContainText('not Ready');
});

test('a changed nodePort moves to its new number', async ({ live: page, cluster }) => {
  await cluster.patch('Service', 'nginx-service', { spec: { ports: [{ port: 30080, targetPort: 80, nodePort: 30999, protocol: 'TCP' }] } });
  await expect(socket(page, 'nodePort 192.168.56.12:30999')).toHaveCount(1);
  await expect(socket(page, 'nodePort 192.168.56.12:30001')).toHaveCount(0);
});

test('an Endpoints object is drawn as evidence, and lights nothing', async ({ live: page, cluster }) => {
  const group = picture(page).locator('[data-group="service/default/nginx-admin"]');
  await cluster.create({
    apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'nginx-admin', namespace: 'default' },
    subsets: [{ addresses: [{ ip: '10.244.1.5' }], ports: [{ port: 80, protocol: 'TCP' }] }],
  });
  await expect(group).toContainText('also in Endpoints: 1 address (evidence only)');
  await expect(group.locator('[data-socket="endpoint"]')).toHaveCount(0);
  await select(page, 'nodePort 192.168.56.12:30002');
  await expectLit(page, ['nodeIP 192.168.56.12', 'nodePort 192.168.56.12:30002', 'port 10.96.61.7:8080']);
  await cluster.create(slice({
    name: 'nginx-admin-mirrored', service: 'nginx-admin', manager: 'endpointslicemirroring-controller.k8s.io', endpoints: [endpoint({ ip: '10.244.1.5' })],
  }));
  await expect(group).toContainText('mirrored from Endpoints: 1 address');
  await expect(socket(page, 'endpoint 10.244.1.5:80 EndpointSlice/default/nginx-admin-mirrored')).toHaveAttribute('data-state', 'on-path');
});

test('a Service with more than ten Pods folds into counts and opens by a click', async ({ live: page, cluster }) => {
  const many = Array.from({ length: 12 }, (_, n) => ({ pod: `many-${String(n).padStart(2, '0')}`, ip: `10.244.2.${100 + n}`, node: 'node2', ready: n !== 3 }));
  for (const one of many) await cluster.create(pod({ name: one.pod, ip: one.ip, node: one.node, ready: one.ready }));
  await cluster.create(service({ name: 'many', ip: '10.96.8.8' }));
  await cluster.create(slice({ name: 'many-abcde', service: 'many', endpoints: many.map(endpoint) }));
  const group = picture(page).locator('[data-group="service/default/many"]');
  await expect(group).toContainText('12 endpoints');
  await expect(group).toContainText('11/12 ready');
  await expect(group.locator('[data-socket="endpoint"]')).toHaveCount(0);
  await group.locator('[data-fold]').first().click();
  await expect(group.locator('[data-socket="endpoint"]')).toHaveCount(12);
  await expect(group.locator('[data-socket="podIP"]')).toHaveCount(12);
});

test('a folded group opens by Enter', async ({ live: page, cluster }) => {
  const many = Array.from({ length: 12 }, (_, n) => ({ pod: `many-${String(n).padStart(2, '0')}`, ip: `10.244.2.${100 + n}`, node: 'node2' }));
  for (const one of many) await cluster.create(pod({ name: one.pod, ip: one.ip, node: one.node }));
  await cluster.create(service({ name: 'many', ip: '10.96.8.8' }));
  await cluster.create(slice({ name: 'many-abcde', service: 'many', endpoints: many.map(endpoint) }));
  const group = picture(page).locator('[data-group="service/default/many"]');
  await group.locator('[data-fold]').first().focus();
  await page.keyboard.press('Enter');
  await expect(group.locator('[data-socket="endpoint"]')).toHaveCount(12);
});

test('hostile names and labels are shown as text and nothing else', async ({ live: page, cluster }) => {
  const evil = '<script>window.hacked=1</script><img src=x onerror=window.hacked=1>"\'&';
  await cluster.create(service({ name: evil, ip: '10.96.66.6', ports: [{ name: evil, port: 80, targetPort: evil, protocol: 'TCP' }], selector: { app: evil }, labels: { evil } }));
  await cluster.create(pod({ name: evil, ip: '10.244.1.66', labels: { app: evil }, container: evil, node: evil }));
  await cluster.create(slice({ name: evil, service: evil, ports: [{ name: evil, port: 80, protocol: 'TCP' }], endpoints: [endpoint({ ip: '10.244.1.66', pod: evil })], labels: { evil } }));
  const group = picture(page).locator(`[data-group^="service/default/<script>"]`);
  await expect(group).toHaveCount(1);
  await expect(group.locator('[data-socket="dns"]')).toHaveAttribute('data-address', `${evil}.default.svc`);
  await expect(group.locator('[data-socket="podIP"]')).toHaveAttribute('data-object', `Pod/default/${evil}`);
  await group.locator('[data-socket="clusterIP"]').click();
  await expect(page.locator('aside')).toContainText(evil);
  await expect(page.locator('aside')).toContainText(`default/${evil}`);
  await page.goto(page.url());
  await expect(page.locator('main > svg[data-status="live"]')).toBeVisible({ timeout: 20_000 });
  expect(await page.evaluate(() => window.hacked)).toBeUndefined();
  // No new kinds of elements are drawn.
  await expect(page.locator('main img, main script, aside img, aside script')).toHaveCount(0);
});

test('a burst of a hundred changes ends in what the cluster is', async ({ live: page, cluster }) => {
  const before = await sockets(page);
  const [first, second, third] = NGINX.pods;
  for (let n = 0; n < 50; n += 1) {
    await cluster.fill(NGINX.slice, [first, { ...second, ready: n % 2 === 0 }, third].map(endpoint));
    await cluster.patch('Pod', second.pod, { metadata: { labels: { n: String(n) } } });
  }
  await expect(socket(page, `endpoint ${second.ip}:80`)).toHaveAttribute('data-state', 'not-ready');
  await cluster.fill(NGINX.slice, [first, second, third].map(endpoint));
  await expect.poll(() => sockets(page)).toEqual(before);
});
