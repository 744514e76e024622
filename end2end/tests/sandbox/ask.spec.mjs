// The From and To bar: a question typed, completed, answered, and kept in the URL.
import { expect, test } from '../lib/test.mjs';
import { service } from '../lib/cluster.mjs';
import { expectLit, live, open, picture, select, socket } from '../lib/picture.mjs';

const field = (page, name) => page.getByRole('search').getByRole('combobox', { name, exact: true });
const wrong = (page) => page.getByRole('search').getByRole('alert');
const offered = (page, name) => page.locator(`#ask-${name} option`).evaluateAll((options) => options.map(({ value, label }) => `${value} ${label}`));
const query = (page) => Object.fromEntries(new URL(page.url()).searchParams);

async function trace(page, { from, to }) {
  if (from !== undefined) await field(page, 'From').fill(from);
  if (to !== undefined) await field(page, 'To').fill(to);
  await page.keyboard.press('Enter');
}

const NGINX_FROM_2 = [
  'nodeIP 192.168.56.12',
  'nodePort 192.168.56.12:30001',
  'port 10.96.114.20:30080',
  'endpoint 10.244.1.5:80',
  'endpoint 10.244.2.7:80',
  'podIP 10.244.1.5',
  'podIP 10.244.2.7',
  'containerPort default/nginx-6d4cf56db6-4kq8v/nginx:80',
  'containerPort default/nginx-6d4cf56db6-9x2ct/nginx:80',
];

test('an address that is typed lights the path that selecting it would', async ({ scenario: page }) => {
  await trace(page, { to: '192.168.56.12:30001' });
  await expectLit(page, NGINX_FROM_2);
  expect(query(page)).toEqual({ to: '192.168.56.12:30001' });
  await expect(page.locator('aside h1')).toHaveText('192.168.56.12:30001');
  await expect(page.locator('aside .verdict')).toContainText('one of 2 usable endpoints');
  await expect(field(page, 'From')).toHaveAttribute('placeholder', /203\.0\.113\.7/);
});

test('a name is looked up as the Pod would, and its answer is shown', async ({ scenario: page }) => {
  await trace(page, { from: 'default/web-0', to: 'nginx-service:30080' });
  expect(query(page)).toEqual({ from: 'pod:default/web-0', to: 'dns:nginx-service:30080' });
  const side = page.locator('aside');
  for (const text of ['from Pod default/web-0 on node1', 'NOERROR', '10.96.114.20', 'KUBE-SVC-V2OKYYMBY3REGZOG', 'p 0.5000000000', 'otherwise']) {
    await expect.soft(side).toContainText(text);
  }
  await expect(socket(page, 'dns nginx-service.default.svc')).toHaveAttribute('data-state', /on-path/);
  // The Service's name stays readable in the lit card.
  const card = await page.locator('svg text', { hasText: /^nginx-service$/ }).first();
  await expect(card).toBeVisible();

  await trace(page, { to: 'nobody.default.svc:80' });
  await expect(side.locator('.verdict')).toContainText('There is no such name');

  // A name alone is answered too; without a source Pod a short name has no meaning.
  await trace(page, { to: 'web-sts.default.svc' });
  await expect(side.locator('.verdict')).toContainText('The name resolves');
  await expect(socket(page, 'dns web-sts.default.svc')).toHaveAttribute('data-state', /selected/);
  await trace(page, { from: '', to: 'nobody:80' });
  await expect(side.locator('.verdict')).toContainText('say which Pod asks');
  // Unless exactly one Service has it.
  await trace(page, { from: '', to: 'nginx-service:30080' });
  expect(query(page)).toEqual({ to: 'dns:nginx-service.default.svc:30080' });
  await expect(side.locator('.verdict')).toContainText('Delivered');
});

test('what is typed is completed by name, address and port, and what is offered is understood', async ({ scenario: page }) => {
  await field(page, 'To').fill('nginx-serv');
  await expect.poll(() => offered(page, 'to')).toEqual([
    '192.168.56.11:30001 nodePort · Service default/nginx-service',
    '10.96.114.20:30080 port · Service default/nginx-service',
    'dns:nginx-service.default.svc:30080 DNS name · Service default/nginx-service',
  ]);
  await field(page, 'To').fill(':30002');
  await expect.poll(() => offered(page, 'to')).toEqual(['192.168.56.11:30002 nodePort · Service default/nginx-admin']);
  await field(page, 'From').fill('10.244.1.6');
  await expect.poll(() => offered(page, 'from')).toEqual(['pod:default/web-0 Pod · 10.244.1.6']);
  await trace(page, { from: 'pod:default/web-0', to: '192.168.56.11:30002' });
  await expect(page.locator('aside .verdict')).toContainText('REJECT');
  await expect(page.locator('aside')).toContainText('KUBE-EXTERNAL-SERVICES');
});

for (const [name, typed, words, culprit] of [
  ['a port that is none', { to: '192.168.56.12:99999' }, /99999.*is no port/, 'To'],
  ['a Pod that does not exist', { from: 'default/nobody', to: '10.96.114.20:30080' }, /there is no Pod default\/nobody; there are: default\/influxdb/, 'From'],
  ['the URL of an Ingress', { to: 'http://shop.example.com/' }, /not supported yet/, 'To'],
  ['a source of no kind', { from: 'teapot', to: '10.96.114.20:30080' }, /is no source.*external:IP/, 'From'],
]) {
  test(`${name} is said beside the field, with what would be right`, async ({ scenario: page }) => {
    await trace(page, typed);
    await expect(wrong(page)).toHaveText(words);
    await expect(field(page, culprit)).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, culprit)).toHaveAttribute('aria-describedby', 'ask-wrong');
    await expectLit(page, []);
    // The typed text stays, and a valid text corrects the error.
    await expect(field(page, culprit)).not.toHaveValue('');
    await trace(page, { from: '', to: '192.168.56.12:30001' });
    await expectLit(page, NGINX_FROM_2);
    await expect(wrong(page)).toBeHidden();
  });
}

test('a source stays while other addresses are selected, and a selection takes the place of what was typed', async ({ scenario: page }) => {
  await trace(page, { from: 'node:node1', to: '8.8.8.8:53' });
  await expect(page.locator('aside')).toContainText('the packet leaves');
  await select(page, 'nodePort 192.168.56.12:30001');
  expect(query(page)).toEqual({ from: 'node:node1', select: 'nodePort:192.168.56.12:30001' });
  await expect(page.locator('aside')).toContainText('from a process on node1');
  await expect(field(page, 'To')).toHaveValue('192.168.56.12:30001');
  // Another source asks about the same selection.
  await trace(page, { from: 'pod:default/web-0' });
  expect(query(page)).toEqual({ from: 'pod:default/web-0', select: 'nodePort:192.168.56.12:30001' });
  await expect(page.locator('aside')).toContainText('from Pod default/web-0');
  await page.goBack();
  await expect(field(page, 'From')).toHaveValue('node:node1');
});

test('what people paste is understood: objects, Pods by name, and the URL that curl takes', async ({ scenario: page }) => {
  for (const [typed, asked] of [
    [{ from: 'web-0', to: 'default/nginx-service' }, { from: 'pod:default/web-0', to: 'dns:nginx-service.default.svc:30080' }],
    [{ from: '', to: 'default/web-0' }, { to: '10.244.1.6:80' }],
    [{ from: '', to: 'http://192.168.56.12:30001/' }, { to: '192.168.56.12:30001' }],
    [{ from: '', to: 'nginx-service' }, { to: 'dns:nginx-service.default.svc:30080' }],
    [{ from: '', to: 'nc -zv -w 3 192.168.56.12 30001' }, { to: '192.168.56.12:30001' }],
    [{ from: '', to: 'mysql -h mysql-production.default -uroot -psecret' }, { to: 'dns:mysql-production.default:3306' }],
  ]) {
    await trace(page, typed);
    await expect.poll(() => query(page)).toEqual(asked);
    await expect(page.locator('aside .verdict')).toContainText('Delivered');
  }
});

test('a password in what is typed does not get into the address', async ({ scenario: page }) => {
  await trace(page, { to: 'ftp://app:secret@db.example/x' });
  await expect(page.locator('.ask .wrong')).toBeVisible();
  expect(page.url()).not.toContain('secret');
});

test('a wrong source keeps what is selected', async ({ scenario: page }) => {
  await select(page, 'nodePort 192.168.56.12:30001');
  await trace(page, { from: 'pod:default/nobody' });
  await expect(page.locator('.ask .wrong')).toBeVisible();
  await expect(picture(page).locator('[data-state~=selected]')).toHaveAttribute('data-address', '192.168.56.12:30001');
  await expect(page.locator('aside')).not.toContainText('Delivered');
});

test('Escape gives up what was typed, leaves the field, and clears what was asked, one after the other', async ({ scenario: page }) => {
  await trace(page, { to: '192.168.56.12:30001' });
  await field(page, 'To').fill('10.');
  await page.keyboard.press('Escape');
  await expect(field(page, 'To')).toHaveValue('192.168.56.12:30001');
  await expect(field(page, 'To')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field(page, 'To')).not.toBeFocused();
  expect(query(page)).toEqual({ to: '192.168.56.12:30001' });
  await page.keyboard.press('Escape');
  await expectLit(page, []);
  expect(query(page)).toEqual({});
});

test('the link of a question shows the same in the first response and live', async ({ page, kubehop }) => {
  const link = 'from=external:203.0.113.50&to=192.168.56.12:30001';
  const html = await (await fetch(`${kubehop.url}/?${link}`)).text();
  expect(html).toMatch(/data-address="192\.168\.56\.12:30001"[^>]*data-state="[^"]*selected/);
  await open(page, kubehop.url, link);
  await expectLit(page, NGINX_FROM_2);
  await expect(field(page, 'From')).toHaveValue('external:203.0.113.50');
  await expect(page.locator('.heads')).toContainText('203.0.113.50');
});

test('without JavaScript the bar asks by its form', async ({ browser, kubehop }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${kubehop.url}/?namespaces=default`);
  await page.locator('input[name=to]').fill('192.168.56.12:30001');
  await page.locator('form.ask button').click();
  expect(query(page)).toMatchObject({ namespaces: 'default', to: '192.168.56.12:30001' });
  await expect(socket(page, 'nodePort 192.168.56.12:30001')).toHaveAttribute('data-state', /selected/);
  await context.close();
});

test('the answer follows the cluster', async ({ live: page, cluster, kubehop }) => {
  await page.goto(`${kubehop.url}/?to=192.168.56.12:30002`);
  await live(page);
  await expect(page.locator('aside .verdict')).toContainText('REJECT');
  await cluster.patch('Service', 'nginx-admin', { spec: { ports: [{ port: 8080, targetPort: 80, protocol: 'TCP', nodePort: 30022 }] } });
  await expect(page.locator('aside .verdict')).toContainText('Not translated');
});

test('a page of some namespaces asks the server what the others claim', async ({ page, kubehop, cluster }) => {
  const own = service({ name: 'own', ip: '10.96.7.1' });
  own.spec.externalIPs = ['203.0.113.80'];
  await cluster.create(own);
  await open(page, kubehop.url, 'namespaces=default&to=203.0.113.80:80');
  const side = page.locator('aside');
  await expect(side.locator('.verdict')).toContainText('REJECT');
  await expect(side).toContainText('The server knows all namespaces, and says the same.');

  // A Service that the page does not hold claims the same address; the page learns of it when it requests the server's answer again.
  const other = service({ name: 'other', ip: '10.96.7.2', namespace: 'kube-system' });
  other.spec.externalIPs = ['203.0.113.80'];
  await cluster.create(other);
  await page.reload();
  await live(page);
  await expect(side).toContainText('With all namespaces the answer is another');
  await expect(side).toContainText('ambiguous');

  // A name that the page does not hold is unknown to the page, and the server answers what it is.
  await page.goto(`${kubehop.url}/?namespaces=default&from=pod:default/web-0&to=dns:kube-dns.kube-system:53/udp`);
  await live(page);
  await expect(side.locator('.verdict').first()).toContainText('Unknown');
  await expect(side).toContainText('10.96.0.10');
  await page.goto(`${kubehop.url}/?namespaces=kube-system&from=pod:default/web-0&to=10.96.114.20:30080`);
  await live(page);
  await expect(side.locator('.verdict').first()).toContainText('Unknown');
  await expect(side).toContainText('delivered → 10.244.1.5:80, 10.244.2.7:80');
});
