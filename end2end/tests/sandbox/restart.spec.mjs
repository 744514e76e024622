import { expect, test } from '../lib/test.mjs';
import { Cluster, service } from '../lib/cluster.mjs';
import { Kubehop } from '../lib/kubehop.mjs';
import { SOCKETS } from '../lib/scenario.mjs';
import { live, open, picture, select, selected, socket, sockets } from '../lib/picture.mjs';

test('a killed kubehop is said to be gone; when it is back, the page reconciles without a reload', async ({ browser }) => {
  test.setTimeout(60_000);
  let kubehop = await Kubehop.sandbox();
  const { address } = kubehop;
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  try {
    await open(page, kubehop.url);
    await new Cluster(kubehop.api).create(service({ name: 'leaves', ip: '10.96.3.3' }));
    await new Cluster(kubehop.api).remove('Service', 'reports');
    await expect(socket(page, 'clusterIP 10.96.3.3')).toHaveCount(1);
    await expect(socket(page, 'dns reports.default.svc')).toHaveCount(0);
    await select(page, 'nodePort 192.168.56.12:30001');
    await page.evaluate(() => (window.sameWindow = true));

    await kubehop.kill();
    await expect(picture(page)).toHaveAttribute('data-status', 'stale', { timeout: 15_000 });
    await expect(page.locator('.status')).toContainText(/Connection lost at \d\d:\d\d/);
    await expect(page.locator('.banner')).toContainText('does not answer');
    // The picture stays, and can be selected.
    await expect(socket(page, 'clusterIP 10.96.3.3')).toHaveCount(1);
    await select(page, 'clusterIP 10.96.83.14');
    await select(page, 'nodePort 192.168.56.12:30001');

    // The sandbox of the new process does not have the earlier writes: for the page, `leaves` was deleted and `reports` created.
    kubehop = await Kubehop.sandbox({ listen: address });
    await expect(picture(page)).toHaveAttribute('data-status', 'live', { timeout: 20_000 });
    await expect(socket(page, 'clusterIP 10.96.3.3')).toHaveCount(0);
    await expect(socket(page, 'dns reports.default.svc')).toHaveCount(1);
    await expect(page.locator('.status')).toHaveText('Live');
    await expect(page.locator('.banner')).toBeHidden();
    const known = (lines) => lines.map((line) => line.split(' ', 3).join(' ')).sort();
    expect(known(await sockets(page))).toEqual(known(SOCKETS));
    expect(selected(page)).toBe('nodePort:192.168.56.12:30001');
    await expect(socket(page, 'nodePort 192.168.56.12:30001')).toHaveAttribute('data-state', 'selected on-path');
    await expect(socket(page, 'endpoint 10.244.2.7:80')).toHaveAttribute('data-state', 'on-path');
    expect(await page.evaluate(() => window.sameWindow)).toBe(true);

    // The page is live again, not only loaded.
    await new Cluster(kubehop.api).create(service({ name: 'arrives', ip: '10.96.3.4' }));
    await expect(socket(page, 'clusterIP 10.96.3.4')).toHaveCount(1);
    expect(errors).toEqual([]);
  } finally {
    await context.close();
    await kubehop.stop();
  }
});

test('a kubehop that is told to end lets its streams end, and the page says that it is gone', async ({ live: page, kubehop, complaints }) => {
  complaints.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET/);
  expect(await kubehop.stop()).toEqual({ code: 0, signal: null });
  await expect(picture(page)).toHaveAttribute('data-status', 'stale', { timeout: 15_000 });
});

test('a page that was opened while the server is down loads when it is back', async ({ browser }) => {
  let kubehop = await Kubehop.sandbox();
  const { address, url } = kubehop;
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // The page itself is loaded; its data is missing.
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.goto(url);
    await expect(page.locator('.status')).toContainText('Connection lost', { timeout: 15_000 });
    await expect(socket(page, 'nodePort 192.168.56.12:30001')).toBeVisible();
    await kubehop.kill();
    kubehop = await Kubehop.sandbox({ listen: address });
    await page.unroute('**/api/v1/**');
    await live(page);
  } finally {
    await context.close();
    await kubehop.stop();
  }
});

test('a stream that is stuck is given up, and is live again when it goes on', async ({ browser }) => {
  const kubehop = await Kubehop.sandbox();
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.clock.install();
    await open(page, kubehop.url);
    kubehop.child.kill('SIGSTOP');
    // The connections stay open, so that the page sees no error, but keep-alives are missing.
    await expect(async () => {
      await page.clock.runFor(5_000);
      await expect(picture(page)).toHaveAttribute('data-status', 'stale', { timeout: 100 });
    }).toPass({ timeout: 20_000 });
    await expect(page.locator('.banner')).toContainText('does not answer');
    kubehop.child.kill('SIGCONT');
    await expect(async () => {
      await page.clock.runFor(1_000);
      await expect(picture(page)).toHaveAttribute('data-status', 'live', { timeout: 100 });
    }).toPass({ timeout: 20_000 });
  } finally {
    kubehop.child.kill('SIGCONT');
    await context.close();
    await kubehop.kill();
  }
});
