// The filters and their chips.
import { expect, test } from '../lib/test.mjs';
import { endpoint, pod, service, slice } from '../lib/cluster.mjs';
import { panel, openPanel, chips, count, of } from '../lib/find.mjs';
import { NGINX, ORDER } from '../lib/scenario.mjs';
import { go, groups, open, param, select, selected, socket, sockets } from '../lib/picture.mjs';

/** Queries of the filters, the remaining groups, and the number of Services among them, of 6; a Pod with a hostPort is not a Service. */
const FILTERS = [
  ['find=nginx', of('nginx-admin', 'nginx-service'), 2],
  ['find=kind:service port:30001', of('nginx-service'), 1],
  ['find=ns:kube-system', of('kube-dns'), 1],
  ['find=label:app=nginx', of('nginx-service'), 1],
  ['find=ip:10.244.0.0/16', of('influxdb', 'nginx-service', 'web-sts', 'kube-dns'), 3],
  ['find=type:NodePort or type:LoadBalancer', of('nginx-admin', 'nginx-service'), 2],
  ['find=type:headless', of('web-sts'), 1],
  ['find=is:empty', of('nginx-admin'), 1],
  ['find=is:terminating', of('web-sts'), 1],
  ['find=is:outside', of('mysql-production', 'reports'), 2],
  ['find=node:node3', of('influxdb', 'nginx-service', 'web-sts'), 2],
  ['find=10.96.83.14', of('mysql-production'), 1],
  ['find=-name:nginx*', of('influxdb', 'mysql-production', 'reports', 'web-sts', 'kube-dns'), 4],
  ['find=name:teapot', [], 0],
  ['hide=ns:default', of('kube-dns'), 1],
  ['hide=nginx', of('influxdb', 'mysql-production', 'reports', 'web-sts', 'kube-dns'), 4],
  ['find=ns:default&hide=type:NodePort', of('influxdb', 'mysql-production', 'reports', 'web-sts'), 3],
  ['problems=1', of('nginx-admin', 'nginx-service'), 2],
  ['problems=1&find=is:empty', of('nginx-admin'), 1],
];
const encoded = (query) => new URLSearchParams(query.split('&').map((pair) => pair.split(/=(.*)/s).slice(0, 2))).toString();

test.describe('filters', () => {
  test('in the URL say what is left, and how many of all Services that is', async ({ at }) => {
    const page = await at('find=ns:kube-system');
    await expect.poll(() => groups(page)).toEqual(of('kube-dns'));
    for (const [query, left, services] of FILTERS) {
      await go(page, encoded(query));
      await expect.soft.poll(() => groups(page), query).toEqual(left);
      await expect.soft(count(page), query).toHaveText(`Showing ${services} of 6 Services`);
    }
  });

  test('are typed into the panel, stand in the URL, and become chips', async ({ at }) => {
    const page = await at('');
    await expect(page.locator('.chips')).toBeHidden();
    await openPanel(page);
    await panel(page).getByLabel('Find').fill('ns:default type:NodePort');
    await panel(page).getByLabel('Hide').fill('is:empty');
    await panel(page).getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => [param(page, 'find'), param(page, 'hide')]).toEqual(['ns:default type:NodePort', 'is:empty']);
    await expect.poll(() => groups(page)).toEqual(of('nginx-service'));
    await openPanel(page);
    await panel(page).getByLabel('Problems only').check();
    await expect.poll(() => param(page, 'problems')).toBe('1');
    await expect.poll(() => chips(page)).toEqual(['Find: ns:default', 'Find: type:NodePort', 'Hide: is:empty', 'Problems only']);
    await expect(count(page)).toHaveText('Showing 1 of 6 Services');
    await page.reload();
    await expect.poll(() => groups(page)).toEqual(of('nginx-service'));
    await openPanel(page);
    await expect(panel(page).getByLabel('Find')).toHaveValue('ns:default type:NodePort');
    await expect(panel(page).getByLabel('Hide')).toHaveValue('is:empty');
    await expect(panel(page).getByLabel('Problems only')).toBeChecked();
  });

  test('are taken away chip by chip', async ({ at }) => {
    const page = await at(encoded('find=ns:default type:NodePort&hide=is:empty&problems=1&by=node'));
    expect(await chips(page)).toEqual(['Find: ns:default', 'Find: type:NodePort', 'Hide: is:empty', 'Problems only', 'Arranged by Node']);
    const remove = (name) => page.locator('.chips').getByRole('button', { name: `Remove ${name}` }).click();
    await remove('Arranged by Node');
    await expect.poll(() => groups(page)).toEqual(of('nginx-service'));
    await remove('Hide: is:empty');
    await expect.poll(() => param(page, 'hide')).toBe(null);
    await expect.poll(() => groups(page)).toEqual(of('nginx-admin', 'nginx-service'));
    await remove('Find: type:NodePort');
    await expect.poll(() => param(page, 'find')).toBe('ns:default');
    await remove('Find: ns:default');
    await expect.poll(() => param(page, 'find')).toBe(null);
    await expect.poll(() => chips(page)).toEqual(['Problems only']);
    await remove('Problems only');
    await expect.poll(() => groups(page)).toEqual(ORDER);
    await expect(page.locator('.chips')).toBeHidden();
  });

  test('several alternatives are one chip', async ({ at }) => {
    const page = await at(encoded('find=type:headless or type:ExternalName'));
    expect(await chips(page)).toEqual([expect.stringMatching(/^Find: type:headless or type:externalname$/i)]);
    await page.locator('.chips button').click();
    await expect.poll(() => groups(page)).toEqual(ORDER);
  });

  test('examples of the panel work: each is read, and put into the URL', async ({ at }) => {
    const page = await at('');
    await openPanel(page);
    const examples = await panel(page).locator('.example').allTextContents();
    expect(examples.length).toBeGreaterThan(4);
    const left = {};
    for (const [n, example] of examples.entries()) {
      await panel(page).locator('.example').nth(n).click();
      await expect.poll(() => param(page, 'find')).toBe(example);
      await expect(panel(page).getByLabel('Find')).toHaveValue(example);
      await expect(page.locator('.filters .wrong'), example).toBeHidden();
      left[example] = await groups(page);
    }
    expect(left['kind:service port:30001']).toEqual(of('nginx-service'));
    expect(left['ns:kube-system']).toEqual(of('kube-dns'));
    expect(left['-name:test*']).toEqual(ORDER);
    expect(left['not ready']).toEqual(expect.arrayContaining(of('nginx-admin', 'nginx-service', 'web-sts')));
    expect(left['not ready']).not.toEqual(expect.arrayContaining(of('kube-dns')));
  });

  /** The typed text, its wrong word, and the suggestion that must be shown. */
  const WRONG = [
    ['find', 'kind:teapot', /`kind:teapot` is no kind; kinds are service, pod, node, slice, endpoint, hostport/],
    ['find', 'ns:default colour:red', /`colour:` is no key; keys are kind, ns, name, label, port, ip, node, type, is/],
    ['find', 'port:99999', /`port:99999` is no port; write a number from 1 to 65535/],
    ['find', 'is:happy', /`is:happy` is no state; states are ready, not-ready/],
    ['find', 'ip:10.0.0', /`ip:10\.0\.0` is no IP address or CIDR/],
    ['find', '"a', /has no closing quote/],
    ['hide', 'type:Teapot', /`type:Teapot` is no type of Service; types are NodePort/],
    ['hide', 'ns:default or', /`or` has no term to go with/],
  ];

  test('that are wrong name the word and what would be right', async ({ at }) => {
    const page = await at('');
    await openPanel(page);
    for (const [name, text, said] of WRONG) {
      if (await panel(page).isHidden()) await openPanel(page);
      await panel(page).locator(`input[name="${name}"]`).fill(text);
      await page.keyboard.press('Enter');
      await expect.soft(panel(page).getByRole('alert'), text).toHaveText(said);
      // A filter with an error hides nothing.
      await expect.soft.poll(() => groups(page), text).toEqual(ORDER);
      await panel(page).locator(`input[name="${name}"]`).fill('');
      await page.keyboard.press('Enter');
      await expect.soft(panel(page).getByRole('alert'), text).toBeHidden();
    }
  });

  test('that are wrong in a URL are said without opening the panel', async ({ at }) => {
    const page = await at('find=kind:teapot');
    await expect(page.getByRole('alert').filter({ hasText: '`kind:teapot` is no kind' })).toBeVisible();
  });

  test('Back and Forward walk through them', async ({ at }) => {
    const page = await at('');
    await openPanel(page);
    await panel(page).getByRole('button', { name: 'ns:kube-system' }).click();
    await expect.poll(() => groups(page)).toEqual(of('kube-dns'));
    await panel(page).getByLabel('Problems only').check();
    await expect.poll(() => groups(page)).toEqual([]);
    await page.goBack();
    await expect.poll(() => groups(page)).toEqual(of('kube-dns'));
    await expect(panel(page).getByLabel('Problems only')).not.toBeChecked();
    await page.goBack();
    await expect.poll(() => groups(page)).toEqual(ORDER);
    await expect(panel(page).getByLabel('Find')).toHaveValue('');
    await page.goForward();
    await page.goForward();
    await expect.poll(() => [param(page, 'find'), param(page, 'problems')]).toEqual(['ns:kube-system', '1']);
    await expect.poll(() => groups(page)).toEqual([]);
  });

  test('follow live changes: what begins to match appears, what ends to match goes', async ({ page, kubehop, cluster }) => {
    await open(page, kubehop.url, 'find=is:empty');
    await expect.poll(() => groups(page)).toEqual(of('nginx-admin'));
    await cluster.fill(NGINX.slice, []);
    await expect.poll(() => groups(page)).toEqual(of('nginx-admin', 'nginx-service'));
    await expect(count(page)).toHaveText('Showing 2 of 6 Services');
    await cluster.fill(NGINX.slice, NGINX.pods.map(endpoint));
    await expect.poll(() => groups(page)).toEqual(of('nginx-admin'));
    await cluster.create(service({ name: 'shop', ip: '10.96.4.1' }));
    await expect.poll(() => groups(page)).toEqual([...of('nginx-admin'), 'service/default/shop']);
    await expect(count(page)).toHaveText('Showing 2 of 7 Services');
    await cluster.create(pod({ name: 'shop-1', ip: '10.244.1.77' }));
    await cluster.create(slice({ name: 'shop-abcde', service: 'shop', endpoints: [endpoint({ ip: '10.244.1.77', pod: 'shop-1', node: 'node1' })] }));
    await expect.poll(() => groups(page)).toEqual(of('nginx-admin'));
    expect(param(page, 'find')).toBe('is:empty');
  });

  test('a problem that begins appears, one that ends goes', async ({ page, kubehop, cluster }) => {
    await open(page, kubehop.url, 'problems=1');
    await expect.poll(() => groups(page)).toEqual(of('nginx-admin', 'nginx-service'));
    await cluster.fill(NGINX.slice, NGINX.pods.map((one) => endpoint({ ...one, ready: true })));
    await cluster.patch('Pod', NGINX.pods[2].pod, { status: { conditions: [{ type: 'Ready', status: 'True' }] } });
    await expect.poll(() => groups(page)).toEqual(of('nginx-admin'));
    await cluster.remove('EndpointSlice', 'kube-dns-l6v9p', 'kube-system');
    await expect.poll(() => groups(page)).toEqual(expect.arrayContaining(of('nginx-admin', 'kube-dns')));
  });

  test('what is selected stays in the picture while a filter leaves it out', async ({ at }) => {
    const page = await at('');
    await select(page, 'clusterIP 10.96.114.20');
    await openPanel(page);
    await panel(page).getByRole('button', { name: 'ns:kube-system' }).click();
    await expect.poll(() => groups(page)).toEqual(of('nginx-service', 'kube-dns'));
    await expect(socket(page, 'clusterIP 10.96.114.20')).toHaveAttribute('data-state', /\bselected\b/);
    expect(selected(page)).toBe('clusterIP:10.96.114.20');
  });

  test.describe('in a low window', () => {
    test.use({ viewport: { width: 1600, height: 520 } });

    test('what a filter leaves is in view, however far was scrolled', async ({ page, kubehop }) => {
      await open(page, kubehop.url);
      await page.locator('main.canvas').evaluate((main) => main.scrollTo(0, main.scrollHeight));
      await expect(socket(page, 'endpoint 10.244.2.2:9153')).toBeInViewport();
      await go(page, 'find=name:mysql*');
      await expect.poll(() => groups(page)).toEqual(of('mysql-production'));
      await expect(socket(page, 'clusterIP 10.96.83.14')).toBeInViewport();
    });
  });

  test('arranged by Node, they judge Pods', async ({ at }) => {
    const page = await at('by=node&find=label:app=nginx');
    const ips = async () => (await sockets(page)).filter((line) => line.startsWith('podIP ')).map((line) => line.split(' ')[1]);
    await expect.poll(ips).toEqual(NGINX.pods.map(({ ip }) => ip));
    await expect(count(page)).toHaveText('Showing 3 of 3 Nodes');
  });
});
