import { expect, test } from '../lib/test.mjs';
import { GROUPS, SOCKETS } from '../lib/scenario.mjs';
import { picture, seq, socket, sockets } from '../lib/picture.mjs';

const sorted = (lines) => [...lines].sort();

test('the live page shows every socket of the scenario and no other', async ({ scenario }) => {
  expect(sorted(await sockets(scenario))).toEqual(sorted(SOCKETS));
  expect(new Set(SOCKETS.map((line) => line.split(' ')[0]))).toEqual(
    new Set(['nodeIP', 'nodePort', 'hostPort', 'clusterIP', 'port', 'dns', 'endpoint', 'podIP', 'containerPort', 'external']));
});

test('groups stand in the order of their names, each with its sockets in the order of a packet', async ({ scenario }) => {
  const shown = await sockets(scenario);
  for (const [name, lines] of Object.entries(GROUPS)) {
    const at = shown.indexOf(lines[0]);
    expect.soft(shown.slice(at, at + lines.length), name).toEqual(lines);
  }
  const starts = Object.values(GROUPS).map((lines) => shown.indexOf(lines[0]));
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
});

test('the picture says that it is live and which change it shows', async ({ scenario }) => {
  await expect(picture(scenario)).toHaveCount(1);
  await expect(picture(scenario)).toHaveAttribute('data-status', 'live');
  expect(await seq(scenario)).toBeGreaterThanOrEqual(0);
  await expect(scenario.locator('.status')).toHaveText('Live');
});

const TEXTS = {
  'a Node shows its name and its pod CIDR': ['nodeIP 192.168.56.12', ['node2', 'Ready', 'Pods', '10.244.2.0/24']],
  'a nodePort shows Node, address and port': ['nodePort 192.168.56.13:30001', ['192.168.56.13', ':30001', 'node3', 'nodePort']],
  'a hostPort says what it is': ['hostPort 192.168.56.13:8086', [':8086', 'node3', 'hostPort']],
  'a port shows the targetPort it maps to': ['port 10.96.114.20:30080', [':30080', 'port', '80', 'targetPort']],
  'a named UDP port shows name and protocol': ['port 10.96.0.10:53/udp', [':53/udp', 'dns']],
  'a headless port says that DNS gives Pod IPs': ['port web-sts.default.svc:80', [':80', 'not mapped', 'DNS gives Pod IPs']],
  'a ready endpoint says so in words': ['endpoint 10.244.1.5:80', ['10.244.1.5', ':80', 'ready']],
  'an endpoint that is not ready says so in words': ['endpoint 10.244.3.9:80', ['not ready']],
  'a terminating endpoint says so in words': ['endpoint 10.244.3.7:80', ['terminating']],
  'an endpoint by hand says that nobody checks it': ['endpoint 192.168.1.25:3306', ['ready (not checked)']],
  'a Pod shows its name, IP and Node': ['podIP 10.244.2.9', ['web-1', '10.244.2.9', 'node2']],
  'an outside address is marked as outside': ['external 192.168.1.25:3306', ['192.168.1.25', 'outside']],
  'an ExternalName target is marked as outside': ['external reports.example.com', ['reports.example.com', 'outside']],
};

for (const [name, [text, words]] of Object.entries(TEXTS)) {
  test(name, async ({ scenario }) => {
    for (const word of words) await expect.soft(socket(scenario, text)).toContainText(word);
  });
}

test('Services say their type, how many endpoints are ready, and what is wrong', async ({ scenario }) => {
  const group = (name) => scenario.locator(`[data-group="service/${name}"]`);
  await expect(group('default/nginx-service')).toContainText('NodePort');
  await expect(group('default/nginx-service')).toContainText('2/3 ready');
  await expect(group('default/nginx-admin')).toContainText('no endpoints');
  await expect(group('default/nginx-admin').locator('[data-verdict]')).toHaveAttribute('data-verdict', 'REJECT');
  await expect(group('default/nginx-admin').locator('[data-verdict]')).toContainText('refused at once');
  await expect(group('default/web-sts')).toContainText('headless');
  await expect(group('default/web-sts')).toContainText('2/3 ready');
  await expect(group('default/reports')).toContainText('ExternalName');
  await expect(group('default/mysql-production')).toContainText('by hand');
  await expect(group('kube-system/kube-dns')).toContainText('2/2 ready');
  await expect(scenario.locator('[data-namespace="default"]')).toContainText('5 Services, 7 Pods');
  await expect(scenario.locator('[data-namespace="kube-system"]')).toContainText('1 Service, 2 Pods');
});

test('with nothing selected the inspector describes the cluster', async ({ scenario }) => {
  const side = scenario.locator('aside.side');
  for (const text of ['sandbox', '6 Services, 9 Pods and 3 Nodes', '192.168.56.11', '192.168.56.13', '10.96.0.0/12', '10.244.1.0/24', '30000–32767']) {
    await expect.soft(side).toContainText(text);
  }
});
