import { expect, test } from '../lib/test.mjs';
import { expectLit, live, open, picture, select, selected, socket, sockets } from '../lib/picture.mjs';

const NODES = ['192.168.56.11', '192.168.56.12', '192.168.56.13'];
const POD = { a: '10.244.1.5 default/nginx-6d4cf56db6-4kq8v/nginx', b: '10.244.2.7 default/nginx-6d4cf56db6-9x2ct/nginx', out: '10.244.3.9 default/nginx-6d4cf56db6-tz6wd/nginx' };
/** An endpoint on port 80 with its Pod and container. */
const chain = (...pods) => pods.flatMap((pod) => {
  const [ip, container] = pod.split(' ');
  return [`endpoint ${ip}:80`, `podIP ${ip}`, `containerPort ${container}:80`];
});
const nginxEntries = ['dns nginx-service.default.svc', 'clusterIP 10.96.114.20', 'port 10.96.114.20:30080', ...NODES.map((ip) => `nodePort ${ip}:30001`)];
const web = (n) => `${['10.244.1.6', '10.244.2.9', '10.244.3.7'][n]} default/web-${n}/nginx`;
const coredns = (...ports) => ['10.244.1.2 b4xq2', '10.244.2.2 hn8rj'].flatMap((line) => {
  const [ip, suffix] = line.split(' ');
  return [`podIP ${ip}`, ...ports.flatMap((port) => [`endpoint ${ip}:${port}`, `containerPort kube-system/coredns-7c65d6cfc9-${suffix}/coredns:${port}`])];
});

/** The sockets that each selection lights (design §5), in words and as sockets. */
const LIGHT = [
  ['a nodePort lights its Node and the ready endpoints of its Service', 'nodePort 192.168.56.12:30001',
    ['nodeIP 192.168.56.12', 'nodePort 192.168.56.12:30001', 'port 10.96.114.20:30080', ...chain(POD.a, POD.b)]],
  ['a Cluster IP lights its port and the ready endpoints', 'clusterIP 10.96.114.20',
    ['clusterIP 10.96.114.20', 'port 10.96.114.20:30080', ...chain(POD.a, POD.b)]],
  ['a DNS name lights the Cluster IP and what is behind it', 'dns nginx-service.default.svc',
    ['dns nginx-service.default.svc', 'clusterIP 10.96.114.20', 'port 10.96.114.20:30080', ...chain(POD.a, POD.b)]],
  ['a port lights the ready endpoints', 'port 10.96.114.20:30080',
    ['clusterIP 10.96.114.20', 'port 10.96.114.20:30080', ...chain(POD.a, POD.b)]],
  ['a hostPort leads straight to its Pod', 'hostPort 192.168.56.13:8086',
    ['nodeIP 192.168.56.13', 'hostPort 192.168.56.13:8086', 'podIP 10.244.3.14', 'containerPort default/influxdb/influxdb:8086']],
  ['an endpoint lights every entry that reaches it', 'endpoint 10.244.1.5:80', [...nginxEntries, ...chain(POD.a)]],
  ['an endpoint that is not ready is reached by nothing', 'endpoint 10.244.3.9:80', chain(POD.out)],
  ['a Pod IP lights every entry that reaches it, and the lines between', 'podIP 10.244.2.7', [...nginxEntries, ...chain(POD.b)]],
  ['a containerPort lights every entry that reaches it, and the lines between', 'containerPort default/nginx-6d4cf56db6-9x2ct/nginx:80',
    [...nginxEntries, ...chain(POD.b)]],
  ['a containerPort behind a hostPort lights the hostPort', 'containerPort default/influxdb/influxdb:8086',
    ['hostPort 192.168.56.13:8086', 'podIP 10.244.3.14', 'containerPort default/influxdb/influxdb:8086']],
  ['an outside address lights the Service that leads there', 'external 192.168.1.25:3306',
    ['dns mysql-production.default.svc', 'clusterIP 10.96.83.14', 'port 10.96.83.14:3306', 'endpoint 192.168.1.25:3306', 'external 192.168.1.25:3306']],
  ['a Cluster IP without a selector leads outside', 'clusterIP 10.96.83.14',
    ['clusterIP 10.96.83.14', 'port 10.96.83.14:3306', 'endpoint 192.168.1.25:3306', 'external 192.168.1.25:3306']],
  ['an ExternalName leads to its other name', 'dns reports.default.svc', ['dns reports.default.svc', 'external reports.example.com']],
  ['an ExternalName target is reached by its name', 'external reports.example.com', ['dns reports.default.svc', 'external reports.example.com']],
  ['a headless name leads to the ready Pod IPs, without a Cluster IP', 'dns web-sts.default.svc',
    ['dns web-sts.default.svc', 'port web-sts.default.svc:80', ...chain(web(0), web(1))]],
  ['a Pod of a headless Service is reached by its name', 'podIP 10.244.1.6',
    ['dns web-sts.default.svc', 'port web-sts.default.svc:80', ...chain(web(0))]],
  ['a terminating endpoint of a headless Service is in no answer of DNS', 'endpoint 10.244.3.7:80', chain(web(2))],
  ['a Node IP lights what is opened on it', 'nodeIP 192.168.56.13',
    ['nodeIP 192.168.56.13', 'nodePort 192.168.56.13:30001', 'nodePort 192.168.56.13:30002', 'hostPort 192.168.56.13:8086']],
  ['a Cluster IP of several ports lights them all', 'clusterIP 10.96.0.10',
    ['clusterIP 10.96.0.10', 'port 10.96.0.10:53/udp', 'port 10.96.0.10:53', 'port 10.96.0.10:9153', ...coredns('53/udp', '53', '9153')]],
  ['a UDP port lights UDP endpoints only', 'port 10.96.0.10:53/udp', ['clusterIP 10.96.0.10', 'port 10.96.0.10:53/udp', ...coredns('53/udp')]],
  ['a TCP port lights TCP endpoints only', 'port 10.96.0.10:53', ['clusterIP 10.96.0.10', 'port 10.96.0.10:53', ...coredns('53')]],
];

for (const [name, text, wanted] of LIGHT) {
  test(`${name}; the rest dims`, async ({ scenario }) => {
    await select(scenario, text);
    await expectLit(scenario, wanted);
    expect(selected(scenario)).toBe(text.replace(' ', ':'));
    await expect(picture(scenario).locator('[data-state~="broken"]')).toHaveCount(0);
    await expect(scenario.locator('aside h1')).toHaveText(text.split(' ')[1]);
  });
}

const BROKEN = [
  ['a nodePort', 'nodePort 192.168.56.12:30002', ['nodeIP 192.168.56.12', 'nodePort 192.168.56.12:30002', 'port 10.96.61.7:8080']],
  ['a Cluster IP', 'clusterIP 10.96.61.7', ['clusterIP 10.96.61.7', 'port 10.96.61.7:8080']],
  ['a name', 'dns nginx-admin.default.svc', ['dns nginx-admin.default.svc', 'clusterIP 10.96.61.7', 'port 10.96.61.7:8080']],
];

for (const [what, text, wanted] of BROKEN) {
  test(`${what} of a Service without endpoints is drawn broken up to the REJECT`, async ({ scenario }) => {
    await select(scenario, text);
    await expectLit(scenario, wanted);
    for (const own of wanted) await expect.soft(socket(scenario, own)).toHaveAttribute('data-state', /\bbroken\b/);
    await expect(picture(scenario).locator('[data-state~="broken"]')).toHaveCount(wanted.length);
    const end = scenario.locator('[data-group="service/default/nginx-admin"] [data-verdict="REJECT"]');
    await expect(end).toContainText('REJECT');
    await expect(end).not.toHaveClass(/\bdim\b/);
    await expect(scenario.locator('aside .verdict')).toContainText('REJECT: refused at once');
    await expect(scenario.locator('aside .verdict')).toContainText('connection refused');
  });
}

test('the inspector of a nodePort lists ports, packet, shares, endpoints, rules and commands', async ({ scenario }) => {
  await select(scenario, 'nodePort 192.168.56.12:30001');
  const side = scenario.locator('aside');
  await expect(side.locator('.ports b')).toHaveText(['30001', '30080', '80', '80']);
  await expect(side.locator('.ports span')).toHaveText(['nodePort', 'port', 'targetPort', 'containerPort']);
  await expect(side.locator('.verdict')).toContainText('one of 2 usable endpoints');
  // kube-proxy's own chain names for this Service, as `iptables-save` prints them.
  for (const text of ['Arrives at node2', 'DNAT and masquerade', '203.0.113.7', '10.244.1.5:80', '10.244.2.7:80', '1/2', 'KUBE-EXT-V2OKYYMBY3REGZOG', 'KUBE-SVC-V2OKYYMBY3REGZOG', 'curl', 'kubectl']) {
    await expect.soft(side).toContainText(text);
  }
  await expect(scenario.locator('.heads')).toContainText('nodePort 30001');
  await expect(scenario.locator('.heads')).toContainText('port 30080 → targetPort 80');
  await expect(scenario.locator('.heads')).toContainText('containerPort 80');
});

test('a selection is in the URL, survives a reload, and Back and Forward follow it', async ({ live: page }) => {
  const nothing = await sockets(page);
  await select(page, 'nodePort 192.168.56.12:30001');
  const lit = await sockets(page);
  expect(selected(page)).toBe('nodePort:192.168.56.12:30001');
  await page.reload();
  await live(page);
  await expect.poll(() => sockets(page)).toEqual(lit);
  expect(selected(page)).toBe('nodePort:192.168.56.12:30001');

  await select(page, 'clusterIP 10.96.83.14');
  await page.goBack();
  await expect.poll(() => sockets(page)).toEqual(lit);
  await page.goBack();
  await expect.poll(() => sockets(page)).toEqual(nothing);
  expect(selected(page)).toBe(null);
  await page.goForward();
  await expect.poll(() => sockets(page)).toEqual(lit);
});

test('Escape, a click beside everything, and the close button clear the selection', async ({ scenario }) => {
  const nothing = await sockets(scenario);
  const clear = {
    Escape: () => scenario.keyboard.press('Escape'),
    'a click on the empty canvas': () => picture(scenario).click({ position: { x: 60, y: 300 } }),
    'the close button': () => scenario.locator('aside').getByRole('button', { name: 'Close' }).click(),
  };
  for (const [name, act] of Object.entries(clear)) {
    await select(scenario, 'podIP 10.244.3.14');
    await act();
    await expect.poll(() => sockets(scenario), name).toEqual(nothing);
    expect(selected(scenario), name).toBe(null);
  }
});

test('a selection of something that is not there says so and dims nothing', async ({ page, kubehop }) => {
  await open(page, kubehop.url, 'select=podIP:10.244.9.9');
  await expect(page.locator('aside')).toContainText('Nothing here has this address');
  await expectLit(page, []);
  await expect(picture(page).locator('[data-state~="dimmed"]')).toHaveCount(0);
});

test('the rest of the query stays when something is selected', async ({ page, kubehop }) => {
  await open(page, kubehop.url, 'namespaces=default');
  await expect(socket(page, 'clusterIP 10.96.0.10')).toHaveCount(0);
  await select(page, 'clusterIP 10.96.114.20');
  expect(new URL(page.url()).searchParams.get('namespaces')).toBe('default');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\?namespaces=default$/);
});

test('what explains a lit Service stays readable while the rest dims', async ({ scenario }) => {
  await select(scenario, 'nodePort 192.168.56.12:30001');
  for (const text of ['endpoint 10.244.3.9:80', 'clusterIP 10.96.114.20', 'dns nginx-service.default.svc']) {
    await expect(socket(scenario, text), text).toHaveCSS('opacity', '1');
  }
  await expect(socket(scenario, 'clusterIP 10.96.83.14')).toHaveCSS('opacity', '0.45');
});

test('pointing at an address shows its path and selects nothing', async ({ live: page }) => {
  const preview = page.locator('svg[data-status] .preview path');
  const url = page.url();
  await expect(preview).toHaveCount(0);
  await socket(page, 'nodePort 192.168.56.12:30001').hover();
  await expect(preview).toHaveCount(1);
  // The preview goes from the nodePort to both ready Pods and their containers, like the wires of a selection.
  const previewed = (await preview.getAttribute('d')).split('M').length;
  await expect(page.locator('[data-state~="dimmed"], [data-state~="selected"]')).toHaveCount(0);
  expect(page.url()).toBe(url);
  // Another address has another path.
  await socket(page, 'nodePort 192.168.56.12:30002').hover();
  await expect.poll(async () => (await preview.getAttribute('transform'))).not.toBe(null);
  await expect.poll(async () => (await preview.getAttribute('d')).split('M').length).toBeLessThan(previewed);
  await page.mouse.move(2, 2);
  await expect(preview).toHaveCount(0);
  await select(page, 'nodePort 192.168.56.12:30001');
  const lit = await page.locator('svg[data-status] .wire.lit').evaluateAll((wires) => wires.map((wire) => wire.getAttribute('d')).join(' '));
  expect(lit.split('M').length).toBe(previewed);
});
