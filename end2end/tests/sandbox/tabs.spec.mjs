import { expect, test } from '../lib/test.mjs';
import { service } from '../lib/cluster.mjs';
import { live, select, socket } from '../lib/picture.mjs';
import { hide, instrument, show, streams } from '../lib/tabs.mjs';

test('eight tabs in two contexts stay live; hidden ones hold no stream and are live again within a second', async ({ browser, kubehop, cluster, complaints }) => {
  test.setTimeout(90_000);
  const contexts = [await browser.newContext(), await browser.newContext()];
  const tabs = [];
  const snapshots = [];
  for (const context of contexts) {
    complaints.watch(context, kubehop.url);
    await context.addInitScript(instrument);
    for (let n = 0; n < 4; n += 1) tabs.push(await context.newPage());
    context.on('request', (request) => new URL(request.url()).pathname === '/api/v1/snapshot' && snapshots.push(request.url()));
  }
  await Promise.all(tabs.map((tab) => tab.goto(kubehop.url)));
  for (const tab of tabs) await live(tab);
  expect(await Promise.all(tabs.map(streams))).toEqual(Array(8).fill(1));
  expect(snapshots).toHaveLength(8);

  await cluster.create(service({ name: 'first', ip: '10.96.2.1' }));
  for (const tab of tabs) await expect(socket(tab, 'clusterIP 10.96.2.1')).toHaveCount(1);

  // The first tab of each context stays visible.
  const hidden = [...tabs.slice(1, 4), ...tabs.slice(5)];
  for (const tab of hidden) await hide(tab);
  expect(await Promise.all(tabs.map(streams))).toEqual([1, 0, 0, 0, 1, 0, 0, 0]);
  await cluster.create(service({ name: 'second', ip: '10.96.2.2' }));
  await cluster.remove('Service', 'first');
  for (const tab of [tabs[0], tabs[4]]) {
    await expect(socket(tab, 'clusterIP 10.96.2.2')).toHaveCount(1);
    await expect(socket(tab, 'clusterIP 10.96.2.1')).toHaveCount(0);
  }
  for (const tab of hidden) {
    await expect(socket(tab, 'clusterIP 10.96.2.2')).toHaveCount(0);
    // A visible tab is in front: the browser gives a tab behind others one frame per second.
    await tab.bringToFront();
    const took = await show(tab, 'main:not(:has([data-address="10.96.2.1"])) [data-address="10.96.2.2"]', 5_000);
    expect.soft(took, 'ms until a shown tab is live').toBeLessThan(1_000);
  }
  expect(await Promise.all(tabs.map(streams))).toEqual(Array(8).fill(1));
  expect(snapshots, 'a shown tab continues where it was').toHaveLength(8);

  await cluster.create(service({ name: 'third', ip: '10.96.2.3' }));
  for (const tab of tabs) await expect(socket(tab, 'clusterIP 10.96.2.3')).toHaveCount(1);
  for (const context of contexts) await context.close();
});

test('a server that is told to end has no stream of a hidden tab', async ({ context, kubehop }) => {
  await context.addInitScript(instrument);
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) {
    await tab.goto(kubehop.url);
    await live(tab);
    await hide(tab);
  }
  // The browser has closed the streams when a later request is answered; the server has seen that one request later.
  for (const tab of [...tabs, ...tabs]) await tab.evaluate(async () => (await fetch('/livez')).text());
  await kubehop.stop();
  expect(kubehop.log).toContain('sse.clients=0');
});

test('a tab that is hidden and shown keeps its selection and says nothing of a loss', async ({ context, kubehop }) => {
  await context.addInitScript(instrument);
  const tab = await context.newPage();
  await tab.goto(kubehop.url);
  await live(tab);
  await select(tab, 'nodePort 192.168.56.12:30001');
  for (let n = 0; n < 5; n += 1) {
    await hide(tab);
    expect(await streams(tab)).toBe(0);
    expect(await show(tab, '[data-state~="selected"][data-address="192.168.56.12:30001"]', 20_000)).not.toBe(null);
    expect(await streams(tab)).toBe(1);
  }
  await expect(tab.locator('.banner')).toBeHidden();
  await expect(tab.locator('.status')).toHaveText('Live');
});
