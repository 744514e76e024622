// The arrangement by Node (design §5).
import { expect, test } from '../lib/test.mjs';
import { ORDER } from '../lib/scenario.mjs';
import { group, groups, open, param, picture, select, selected, socket, sockets } from '../lib/picture.mjs';

test.describe('arranged by Node', () => {
  /** The Pods of each Node, by Pod IP, and the Node's own ranges. */
  const NODES = {
    node1: { ip: '192.168.56.11', cidr: '10.244.1.0/24', pods: ['10.244.1.2', '10.244.1.5', '10.244.1.6'] },
    node2: { ip: '192.168.56.12', cidr: '10.244.2.0/24', pods: ['10.244.2.2', '10.244.2.7', '10.244.2.9'] },
    node3: { ip: '192.168.56.13', cidr: '10.244.3.0/24', pods: ['10.244.3.14', '10.244.3.7', '10.244.3.9'] },
  };

  /** Groups that are on no Node: outside the cluster, refused, an ExternalName. */
  const OFF_NODES = ['service/default/mysql-production', 'service/default/nginx-admin', 'service/default/reports'];
  const addresses = (own, kind) => own.locator(`[data-socket="${kind}"]`).evaluateAll((all) => all.map(({ dataset }) => dataset.address).sort());

  test('each Node has exactly its Pods, its address and its pod CIDR', async ({ at }) => {
    const page = await at('by=node');
    expect(await groups(page)).toEqual(['node/node1', 'node/node2', 'node/node3', ...OFF_NODES]);
    for (const [name, { ip, cidr, pods }] of Object.entries(NODES)) {
      const own = group(page, `node/${name}`);
      const found = await own.locator('[data-socket="podIP"]').evaluateAll((all) => all.map(({ dataset }) => dataset.address).sort());
      expect(found, name).toEqual(pods);
      await expect(own.locator(`[data-socket="nodeIP"][data-address="${ip}"]`)).toContainText(cidr);
    }
  });

  test('each Node has the nodePorts that are open there, with the ports that they lead to and where they end', async ({ at }) => {
    const page = await at('by=node');
    for (const [name, { ip }] of Object.entries(NODES)) {
      const own = group(page, `node/${name}`);
      expect(await addresses(own, 'nodePort'), name).toEqual([`${ip}:30001`, `${ip}:30002`]);
      for (const port of ['10.96.114.20:30080', '10.96.61.7:8080']) await expect(own.locator(`[data-socket="port"][data-address="${port}"]`), name).toHaveCount(1);
      await expect(own.locator('[data-verdict="REJECT"]'), name).toHaveCount(1);
      await expect(own.locator('[data-verdict="REJECT"]'), name).toContainText('slice is empty');
    }
  });

  test('a nodePort that is selected lights its own Node only, and the Pods on each', async ({ at }) => {
    const page = await at('by=node');
    await select(page, 'nodePort 192.168.56.12:30001');
    const lit = (await sockets(page)).filter((line) => /on-path/.test(line)).map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(lit.filter((line) => /^node/.test(line)).sort()).toEqual(['nodeIP 192.168.56.12', 'nodePort 192.168.56.12:30001']);
    expect(lit.filter((line) => line.startsWith('podIP')).sort()).toEqual(['podIP 10.244.1.5', 'podIP 10.244.2.7']);
  });

  test('a hostPort stands on its Node and leads to its Pod', async ({ at }) => {
    const page = await at('by=node');
    for (const name of Object.keys(NODES)) {
      expect(await addresses(group(page, `node/${name}`), 'hostPort'), name).toEqual(name === 'node3' ? ['192.168.56.13:8086'] : []);
    }
    await select(page, 'hostPort 192.168.56.13:8086');
    await expect(group(page, 'node/node3').locator('[data-socket="podIP"][data-address="10.244.3.14"]')).toHaveAttribute('data-state', /\bon-path\b/);
  });

  test('Services without Pods stand last, each with all that it has', async ({ at }) => {
    const page = await at('by=node');
    await expect(picture(page)).toContainText('On no known Node');
    await expect(group(page, OFF_NODES[0]).locator('[data-socket="external"]')).toHaveAttribute('data-address', '192.168.1.25:3306');
    await expect(group(page, OFF_NODES[1]).locator('[data-verdict="REJECT"]')).toHaveCount(1);
    expect(await addresses(group(page, OFF_NODES[1]), 'nodePort')).toEqual(Object.values(NODES).map(({ ip }) => `${ip}:30002`));
    await expect(group(page, OFF_NODES[2]).locator('[data-socket="external"]')).toHaveAttribute('data-address', 'reports.example.com');
  });

  test('nothing of the arrangement by Service is missing, and nothing else is there', async ({ at }) => {
    const page = await at('zoom=100');
    const all = async () => [...new Set(await sockets(page))].sort();
    const byService = await all();
    await page.locator('.filters summary').click();
    await page.getByRole('checkbox', { name: 'Arranged by Node' }).check();
    await expect(group(page, 'node/node1')).toHaveCount(1);
    await expect.poll(all).toEqual(byService);
  });

  test('at 75 % the ways into a Node are counted, and a click lists them', async ({ at }) => {
    const page = await at('by=node&zoom=75');
    const own = group(page, 'node/node3');
    await expect(own.locator('[data-fold]')).toHaveCount(2);
    await expect(own.locator('[data-fold]').nth(1)).toContainText('2 nodePorts');
    await expect(own.locator('[data-fold]').nth(1)).toContainText('1 hostPort');
    await own.locator('[data-fold]').nth(1).click();
    await expect(own.locator('[data-socket="nodePort"]')).toHaveCount(2);
    await expect(own.locator('[data-socket="hostPort"]')).toHaveCount(1);
  });

  test('a Service whose last endpoint goes moves below the Nodes', async ({ page, kubehop, cluster }) => {
    await open(page, kubehop.url, 'by=node');
    const dns = 'service/kube-system/kube-dns';
    expect(await groups(page)).not.toContain(dns);
    await cluster.remove('EndpointSlice', 'kube-dns-l6v9p', 'kube-system');
    await expect.poll(() => groups(page)).toContain(dns);
    await expect(group(page, dns).locator('[data-verdict="REJECT"]')).toHaveCount(1);
    await expect(group(page, 'node/node1').locator('[data-socket="podIP"][data-address="10.244.1.2"]'), 'the Pod is still there').toHaveCount(1);
  });

  test('a Pod that moves stands on its new Node', async ({ page, kubehop, cluster }) => {
    await open(page, kubehop.url, 'by=node');
    await cluster.patch('Pod', 'influxdb', { spec: { nodeName: 'node1' } });
    await expect(group(page, 'node/node1').locator('[data-socket="podIP"][data-address="10.244.3.14"]')).toHaveCount(1);
    await expect(group(page, 'node/node3').locator('[data-socket="podIP"][data-address="10.244.3.14"]')).toHaveCount(0);
  });

  for (const text of ['nodePort 192.168.56.12:30001', 'podIP 10.244.2.7', 'endpoint 10.244.1.5:80']) {
    test(`switching by the panel keeps ${text} selected and lights the same Pods`, async ({ at }) => {
      const page = await at('');
      await select(page, text);
      const pods = async () => (await sockets(page)).filter((line) => /^podIP .*on-path/.test(line)).map((line) => line.split(' ')[1]).sort();
      const before = await pods();
      expect(before.length).toBeGreaterThan(0);
      await page.locator('.filters summary').click();
      await page.getByRole('checkbox', { name: 'Arranged by Node' }).check();
      await expect.poll(() => param(page, 'by')).toBe('node');
      await expect(group(page, 'node/node1')).toHaveCount(1);
      await expect.poll(pods).toEqual(before);
      expect(selected(page)).toBe(text.replace(' ', ':'));
      await page.getByRole('checkbox', { name: 'Arranged by Node' }).uncheck();
      await expect.poll(() => param(page, 'by')).toBe(null);
      await expect.poll(() => groups(page)).toEqual(ORDER);
      await expect.poll(pods).toEqual(before);
    });
  }

  test('at 50 % a Node is one line with its Pods counted', async ({ at }) => {
    const page = await at('by=node&zoom=50');
    for (const name of Object.keys(NODES)) {
      await expect(group(page, `node/${name}`).locator('rect.row')).toHaveCount(1);
      await expect(group(page, `node/${name}`)).toContainText('3 Pods');
    }
  });
});
