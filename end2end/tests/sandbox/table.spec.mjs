import { AxeBuilder } from '@axe-core/playwright';
import { endpoint } from '../lib/cluster.mjs';
import { open, selected } from '../lib/picture.mjs';
import { GROUPS, NGINX, SOCKETS } from '../lib/scenario.mjs';
import { cell, cells, head, opened, openTable, rows, table } from '../lib/table.mjs';
import { expect, test as base } from '../lib/test.mjs';

const test = base.extend({
  /** The live table of the unchanged scenario. */
  sheet: async ({ page, still }, use) => {
    await openTable(page, still.kubehop.url);
    await use(page);
  },
  context: async ({ browser, still, viewport }, use) => {
    const context = await browser.newContext({ viewport, colorScheme: 'light', locale: 'en-GB' });
    still.complaints.watch(context, still.kubehop.url);
    await use(context);
    await context.close();
    expect(still.complaints.list).toEqual([]);
  },
});
/** The live table of a separate cluster. */
const live = base.extend({
  sheet: async ({ page, kubehop }, use) => {
    await openTable(page, kubehop.url);
    await use(page);
  },
});
const PHONE = { width: 390, height: 844 };
const NODE_PORT = 'nodePort 192.168.56.12:30001';

test('the table carries the sockets of the picture, each once', async ({ sheet }) => {
  expect((await cells(sheet)).sort()).toEqual([...SOCKETS].sort());
  await expect(table(sheet)).toHaveAttribute('data-seq', /^\d+$/);
  await expect(sheet.locator('svg[data-status]')).toHaveCount(0);
});

for (const [name, lines] of Object.entries(GROUPS).filter(([name]) => !['nodes', 'influxdb'].includes(name))) {
  test(`${name} has a row for each port, which carries it`, async ({ sheet }) => {
    const ports = lines.filter((line) => line.startsWith('port '));
    const mains = ports.length > 0 ? ports : lines.filter((line) => line.startsWith('dns '));
    const namespace = lines[0].match(/Service\/([^/]+)/)[1];
    const carried = await rows(sheet, name, namespace).evaluateAll((all) => all.map(({ dataset }) => [dataset.socket, dataset.address, dataset.object].join(' ')));
    expect(carried).toEqual(mains);
  });
}

test('rows say in words what they are, where they lead and what is wrong', async ({ sheet }) => {
  const label = async (name) => (await head(rows(sheet, name).first()).getAttribute('aria-label'));
  expect.soft(await label('nginx-service')).toBe('nginx-service, NodePort, 30001 → 30080 → 80 → 80, 2/3 ready');
  expect.soft(await label('nginx-admin')).toBe('nginx-admin, NodePort, 30002 → 8080, REJECT, slice is empty');
  expect.soft(await label('mysql-production')).toBe('mysql-production, ClusterIP, 3306 → 192.168.1.25:3306, outside');
  expect.soft(await label('reports')).toBe('reports, ExternalName, CNAME reports.example.com, ExternalName');
  expect.soft(await label('web-sts')).toBe('web-sts, headless, :80, 2/3 ready, DNS gives Pod IPs');
  const names = ['Service', 'Reached by', 'Cluster IP : port', '→ targetPort', '→ containerPort', 'Endpoints', 'Pods'];
  for (const name of names) await expect.soft(sheet.getByRole('columnheader', { name, exact: true })).toBeVisible();
  await expect(sheet.getByRole('row', { name: /nginx-service/ })).toHaveCount(1);
  await expect(sheet.getByRole('rowheader', { name: /^default/ })).toHaveCount(1);
});

test('a click on an address selects it, opens its row, and asks by the URL; Back and Forward follow', async ({ sheet }) => {
  await cell(sheet, NODE_PORT).click();
  await expect(cell(sheet, NODE_PORT)).toHaveAttribute('data-state', 'selected on-path');
  expect(selected(sheet)).toBe('nodePort:192.168.56.12:30001');
  expect(new URL(sheet.url()).searchParams.get('view')).toBe('table');
  await expect(rows(sheet, 'nginx-service')).toHaveAttribute('data-state', 'on-path');
  await expect(rows(sheet, 'nginx-admin')).toHaveAttribute('data-state', 'dimmed');
  await expect(rows(sheet, 'nginx-admin')).toHaveCSS('opacity', '1');
  await expect(head(rows(sheet, 'nginx-service'))).toHaveAttribute('aria-expanded', 'true');
  await expect(table(sheet).locator('[aria-expanded="true"]')).toHaveCount(1 + await opened(sheet).locator('[aria-expanded="true"]').count());

  await rows(sheet, 'nginx-admin').locator('.port').click();
  await expect(rows(sheet, 'nginx-admin')).toHaveAttribute('data-state', 'selected on-path broken');
  expect(selected(sheet)).toBe('port:10.96.61.7:8080');
  await expect(opened(sheet)).toHaveCount(1);

  await sheet.goBack();
  await expect(cell(sheet, NODE_PORT)).toHaveAttribute('data-state', 'selected on-path');
  await expect(opened(sheet)).toContainText('192.168.56.12:30001');
  await sheet.goBack();
  await expect(opened(sheet)).toHaveCount(0);
  await sheet.goForward();
  await expect(cell(sheet, NODE_PORT)).toHaveAttribute('data-state', 'selected on-path');
});

for (const query of [`select=${encodeURIComponent('nodePort:192.168.56.12:30001')}&find=nginx`, 'zoom=40', 'by=node']) {
  test(`Back and Forward change the table for the picture and the picture for the table: ${query}`, async ({ page, still }) => {
    await open(page, still.kubehop.url, query);
    await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Table' }).click();
    await expect(table(page)).toHaveAttribute('data-status', 'live');
    for (let times = 0; times < 3; times++) {
      await page.goBack();
      await expect(page.locator('svg[data-status]')).toHaveAttribute('data-status', 'live');
      await page.goForward();
      await expect(table(page)).toHaveAttribute('data-status', 'live');
    }
  });
}

test('the selected row opens into the numbered hops', async ({ sheet }) => {
  await cell(sheet, NODE_PORT).click();
  const steps = opened(sheet).locator('.hops > li');
  await expect(steps).toHaveCount(4);
  await expect(steps.nth(0)).toContainText('203.0.113.7, outside the cluster');
  await expect(steps.nth(1)).toContainText('192.168.56.12:30001 node2');
  await expect(steps.nth(1)).toContainText('DNAT and masquerade');
  await expect(steps.nth(2)).toContainText('nginx-service :30080 → 80');
  await expect(steps.nth(3)).toContainText('Delivered: to one of 2 usable endpoints, at random');
  const lines = await steps.nth(3).locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  expect(lines.map(([share, address, node]) => [share, address.slice(0, 13), node])).toEqual([
    ['1/2', '10.244.1.5:80', 'node1'], ['1/2', '10.244.2.7:80', 'node2'], ['out', '10.244.3.9:80', 'node3'],
  ]);
  expect(lines[2][1]).toContain('not ready');
  await expect(opened(sheet).getByRole('button', { name: 'Copy curl' })).toBeVisible();

  await rows(sheet, 'nginx-admin').locator('.port').click();
  await expect(opened(sheet).locator('.hops.bad > li').last()).toContainText('REJECT: refused at once');
});

test('every address opens its row, and says what there is to say of it', async ({ sheet }) => {
  const cases = [
    ['clusterIP 10.96.0.10', 'Destinations'],
    ['dns web-sts.default.svc', 'Destinations'],
    ['podIP 10.244.2.7', 'nginx-service'],
    ['endpoint 10.244.3.9:80', 'not ready'],
    ['external reports.example.com', 'reports.default.svc'],
    ['hostPort 192.168.56.13:8086', 'Delivered straight to the Pod by its hostPort'],
    ['nodeIP 192.168.56.13', '192.168.56.13:8086'],
  ];
  for (const [text, words] of cases) {
    await cell(sheet, text).click();
    await expect(cell(sheet, text)).toHaveAttribute('data-state', /\bselected\b/);
    await expect.soft(opened(sheet), text).toContainText(words);
  }
});

test('a link to a selection opens its row in view, also from the first response', async ({ page, still }) => {
  const answer = await page.request.get(`${still.kubehop.url}/?view=table&select=port:10.96.0.10:53`);
  const html = await answer.text();
  expect(html).toContain('data-view="table"');
  expect(html).toContain('aria-expanded="true"');
  await page.setViewportSize({ width: 1280, height: 600 });
  await openTable(page, still.kubehop.url, 'select=port:10.96.0.10:53');
  await expect(cell(page, 'port 10.96.0.10:53')).toHaveAttribute('data-state', 'selected on-path');
  await expect(rows(page, 'kube-dns', 'kube-system').nth(1)).toBeInViewport();
  await expect(opened(page)).toContainText('kube-dns :53 → 53');
});

const focused = (page) => page.evaluate(() => {
  const row = document.activeElement.closest('.row');
  const { socket, address } = document.activeElement.dataset;
  if (socket) return `${socket} ${address}`;
  return document.activeElement.matches('.row-head') ? `row ${row.dataset.address}` : document.activeElement.tagName;
});

test('Tab passes a row in the order of a packet, and the arrows go from row to row', async ({ sheet }) => {
  await head(rows(sheet, 'nginx-service')).focus();
  const passed = [];
  for (let n = 0; n < 15; n += 1) {
    await sheet.keyboard.press('Tab');
    passed.push(await focused(sheet));
  }
  const of = ({ ip, pod }) => [`podIP ${ip}`, `containerPort default/${pod}/nginx:80`];
  expect(passed).toEqual([
    ...['11', '12', '13'].map((n) => `nodePort 192.168.56.${n}:30001`), 'dns nginx-service.default.svc', 'clusterIP 10.96.114.20',
    ...NGINX.pods.map(({ ip }) => `endpoint ${ip}:80`), ...NGINX.pods.flatMap(of), 'row reports.default.svc',
  ]);
  await expect(sheet.locator(':focus')).toBeInViewport();
  await sheet.keyboard.press('ArrowUp');
  expect(await focused(sheet)).toBe('row 10.96.114.20:30080');
  await sheet.keyboard.press('ArrowUp');
  expect(await focused(sheet)).toBe('row 10.96.61.7:8080');
  await sheet.keyboard.press('ArrowDown');
  expect(await focused(sheet)).toBe('row 10.96.114.20:30080');
});

test('Enter and Space select, Escape clears, and the focus stays and is seen', async ({ sheet }) => {
  await head(rows(sheet, 'mysql-production')).focus();
  await sheet.keyboard.press('ArrowDown');
  const row = rows(sheet, 'nginx-admin');
  expect(await focused(sheet)).toBe('row 10.96.61.7:8080');
  await expect(head(row)).toHaveCSS('outline-style', 'solid');
  for (const key of ['Enter', 'Space']) {
    await sheet.keyboard.press(key);
    await expect(row).toHaveAttribute('data-state', 'selected on-path broken');
    await expect(head(row)).toHaveAttribute('aria-expanded', 'true');
    expect(await focused(sheet), key).toBe('row 10.96.61.7:8080');
    await sheet.keyboard.press('Escape');
    await expect(row).toHaveAttribute('data-state', '');
    await expect(head(row)).toHaveAttribute('aria-expanded', 'false');
    expect(selected(sheet)).toBe(null);
    expect(await focused(sheet), key).toBe('row 10.96.61.7:8080');
  }
  await sheet.keyboard.press('Enter');
  await expect(opened(sheet)).toHaveCount(1);
  await sheet.keyboard.press('Enter');
  await expect(opened(sheet)).toHaveCount(0);
});

live('a readiness flip changes its row in place, without taking the focus or the scroll position', async ({ sheet, cluster }) => {
  await sheet.setViewportSize({ width: 1280, height: 500 });
  const [first, second, third] = NGINX.pods;
  const own = cell(sheet, `endpoint ${second.ip}:80`);
  await cell(sheet, 'port 10.96.114.20:30080').locator('.port').click();
  await own.focus();
  const same = await own.elementHandle();
  const before = (await own.boundingBox()).y;
  await cluster.fill(NGINX.slice, [first, { ...second, ready: false }, third].map(endpoint));
  await expect(own).toHaveAttribute('data-state', /^not-ready/);
  await expect(rows(sheet, 'nginx-service').locator('.sum')).toContainText('1/3 ready');
  await expect(opened(sheet)).toContainText('the only usable endpoint');
  expect(await own.evaluate((now, old) => now === old, same)).toBe(true);
  expect(await focused(sheet)).toBe(`endpoint ${second.ip}:80`);
  expect((await own.boundingBox()).y).toBe(before);

  // A row above is deleted: the rows in view stay in place.
  await table(sheet).locator('..').evaluate((main) => main.scrollBy(0, 300));
  const read = rows(sheet, 'web-sts');
  const place = (await read.boundingBox()).y;
  await cluster.remove('Service', 'mysql-production');
  await expect(rows(sheet, 'mysql-production')).toHaveCount(0);
  await expect.poll(async () => Math.abs((await read.boundingBox()).y - place)).toBeLessThan(2);
});

live('a new Service and a new endpoint get their rows and lines', async ({ sheet, cluster }) => {
  const before = Number(await table(sheet).getAttribute('data-seq'));
  const spec = { type: 'ClusterIP', clusterIP: '10.96.7.7', clusterIPs: ['10.96.7.7'], ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] };
  await cluster.create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'legacy', namespace: 'default' }, spec });
  await expect(rows(sheet, 'legacy')).toContainText('REJECT');
  const names = await table(sheet).locator('[data-namespace="default"] .name').allTextContents();
  expect(names).toEqual([...names].sort());
  await cluster.fill(NGINX.slice, NGINX.pods.slice(0, 1).map(endpoint));
  await expect(cell(sheet, 'endpoint 10.244.2.7:80')).toHaveCount(0);
  expect(Number(await table(sheet).getAttribute('data-seq'))).toBeGreaterThan(before);
});

live('a big cluster mounts 300 rows, says so, and shows more on demand', async ({ sheet, cluster }) => {
  live.setTimeout(120_000);
  const service = (n) => {
    const ip = `10.97.${n >> 8}.${n & 255}`;
    const spec = { type: 'ClusterIP', clusterIP: ip, clusterIPs: [ip], ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] };
    return { apiVersion: 'v1', kind: 'Service', metadata: { name: `s-${String(n).padStart(4, '0')}`, namespace: 'default' }, spec };
  };
  for (let n = 0; n < 400; n += 50) await Promise.all(Array.from({ length: 50 }, (_, k) => cluster.create(service(n + k))));
  const more = sheet.getByRole('button', { name: 'Show 300 more' });
  await expect(sheet.locator('main .more')).toContainText('Showing 299 of 406 Services', { timeout: 30_000 });
  await expect(table(sheet).locator('.row:not([data-group=""])')).toHaveCount(300);
  await more.click();
  await expect(rows(sheet, 'kube-dns', 'kube-system')).toHaveCount(3, { timeout: 20_000 });
  await expect(sheet.locator('main .more')).toBeHidden();
  await openTable(sheet, new URL(sheet.url()).origin, 'select=port:10.96.0.10:53', 40_000);
  await expect(rows(sheet, 'kube-dns', 'kube-system').nth(1)).toBeInViewport({ timeout: 20_000 });
  await expect(opened(sheet)).toBeVisible();
});

for (const colorScheme of ['light', 'dark']) {
  for (const [size, viewport] of Object.entries({ wide: { width: 1600, height: 1000 }, phone: PHONE })) {
    test(`axe finds nothing serious in the table, ${size}, ${colorScheme}`, async ({ sheet }) => {
      test.setTimeout(60_000);
      await sheet.setViewportSize(viewport);
      await sheet.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const name of [undefined, 'nginx-service', 'nginx-admin']) {
        if (name) await head(rows(sheet, name)).click();
        if (name) await expect(opened(sheet)).toHaveCount(1);
        const { violations } = await new AxeBuilder({ page: sheet }).analyze();
        const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
        const found = serious.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${name}: ${id} ${target}: ${failureSummary}`));
        expect.soft(found).toEqual([]);
      }
    });
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: PHONE });

  test('a row is a name, a state and the chain of its ports', async ({ sheet }) => {
    const row = rows(sheet, 'nginx-service');
    await expect(row.locator('.chain')).toHaveText('30001 → 30080 → 80 → 80');
    await expect(row.locator('.row-head .state')).toHaveText('2/3 ready');
    await expect(rows(sheet, 'nginx-admin').locator('.line')).toContainText('30002 → 8080 slice is empty');
    await expect(cell(sheet, NODE_PORT)).toBeHidden();
    await expect(sheet.locator('aside')).toBeHidden();
    await expect(sheet.locator('.heads')).toBeHidden();
    await expect(table(sheet).locator('.head .chain').first()).toHaveText('nodePort → port → targetPort → containerPort');
  });

  test('nothing scrolls sideways, and targets are at least 40 px high, closed and open', async ({ sheet }) => {
    for (const name of [undefined, 'nginx-service', 'web-sts', 'mysql-production', 'nginx-admin']) {
      if (name) await head(rows(sheet, name)).click();
      if (name) await expect(opened(sheet)).toBeVisible();
      const wide = await sheet.evaluate(() => [document.scrollingElement, ...document.querySelectorAll('main, main *')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible' && !one.matches('.visually-hidden'))
        .map((one) => `${one.tagName}.${one.className} ${one.scrollWidth} > ${one.clientWidth}`));
      expect.soft(wide, name).toEqual([]);
      const out = await sheet.locator('main *').evaluateAll((all) => all
        .filter((one) => one.checkVisibility() && !one.closest('.visually-hidden, svg') && one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => `${one.className} ${one.textContent}`));
      expect.soft(out, name).toEqual([]);
      const low = await sheet.locator('main :is(button, a, input)').evaluateAll((all) => all
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 40)
        .map((one) => `${one.textContent} ${one.getBoundingClientRect().height}`));
      expect.soft(low, name).toEqual([]);
    }
  });

  test('the opened row has its addresses, and the details on demand', async ({ sheet }) => {
    await head(rows(sheet, 'nginx-service')).click();
    await expect(opened(sheet)).toContainText('one of 2 usable endpoints');
    await cell(sheet, NODE_PORT).click();
    await expect(opened(sheet)).toContainText('192.168.56.12:30001 node2');
    const details = opened(sheet).getByRole('button', { name: 'Rules and details' });
    await details.click();
    await expect(details).toHaveAttribute('aria-expanded', 'true');
    await expect(sheet.locator('aside h1')).toHaveText('192.168.56.12:30001');
    await expect(sheet.locator('aside')).toBeInViewport();
    await sheet.keyboard.press('Escape');
    await expect(sheet.locator('aside')).toBeHidden();
    await expect(opened(sheet)).toHaveCount(0);
  });
});

test('at 200 % zoom of a window of 1280 px nothing scrolls sideways', async ({ sheet }) => {
  await sheet.setViewportSize({ width: 640, height: 400 });
  await head(rows(sheet, 'nginx-service')).click();
  await expect(opened(sheet)).toBeVisible();
  expect(await table(sheet).locator('..').evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
});
