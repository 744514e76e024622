// The API server goes away and comes back: the page shows since when its picture is stale, and then shows the present objects.
import { setTimeout as sleep } from 'node:timers/promises';
import { createDeployment, createService } from '../../control-plane/fixtures.mjs';
import { live, open, picture } from '../lib/picture.mjs';
import { expectAddresses, expectedSockets, heldByCluster, heldByKubehop } from './expected.mjs';
import { expect, test } from './fixture.mjs';

const OUTAGE_MS = 10_000;

/** Waits until kubehop's rows equal the cluster's objects: nothing is missing, nothing is left over. */
function expectNothingLeftOver(kubehop, cluster) {
  return expect(async () => {
    const [held, there] = await Promise.all([heldByKubehop(kubehop), heldByCluster(cluster)]);
    expect(held).toEqual(there);
  }).toPass({ timeout: 60_000 });
}

test('while the API server is gone the page says since when it is stale, and afterwards nothing is left over', async ({ page, cluster, ns, kubectl, start }) => {
  await createDeployment(cluster, { ns, name: 'web', replicas: 3 });
  await createService(cluster, { ns, name: 'web', type: 'NodePort' });
  const kubehop = await start();
  await open(page, kubehop.url, `namespaces=${ns}`);
  await expect(picture(page).locator('[data-socket="endpoint"]')).toHaveCount(3);
  const [{ metadata }] = await kubectl.get('pods');

  const killed = Date.now();
  await cluster.killApiServer();
  await expect(picture(page)).toHaveAttribute('data-status', 'stale');
  await expect(page.getByRole('status')).toHaveText(/^Stale since \d\d:\d\d/);
  await expect(page.getByRole('alert')).toContainText(`cannot reach the API server at ${cluster.server}`);
  for (const kind of ['Nodes', 'Services', 'EndpointSlices', 'Pods']) {
    await expect(page.getByRole('complementary')).toContainText(new RegExp(`${kind}\\s*stale since \\d\\d:\\d\\d`));
  }
  await expect(picture(page).locator('[data-socket="endpoint"]'), 'the last known picture stays').toHaveCount(3);
  expect(kubehop.log).toContain(`cannot reach the API server at ${cluster.server}`);
  await sleep(OUTAGE_MS - (Date.now() - killed));
  await cluster.startApiServer();
  await kubectl(['delete', 'pod', metadata.name, '--wait=false']);

  await live(page);
  await expect(page.getByRole('status')).toHaveText('Live');
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(picture(page).locator(`[data-object="Pod/${ns}/${metadata.name}"]`)).toHaveCount(0);
  await expectNothingLeftOver(kubehop, cluster);
  for (const [kind, addresses] of Object.entries(await expectedSockets(kubectl, ns))) await expectAddresses(page, kind, addresses);
});

test('an API server that is killed while kubehop starts is waited for', async ({ page, cluster, ns, kubectl, start }) => {
  await createDeployment(cluster, { ns, name: 'web', replicas: 2 });
  await createService(cluster, { ns, name: 'web', type: 'NodePort' });
  const [kubehop] = await Promise.all([start(), cluster.killApiServer()]);
  await page.goto(`${kubehop.url}/?namespaces=${ns}`);
  await expect(page.locator('main > svg[data-status]')).toHaveAttribute('data-status', /connecting|stale/);
  await expect(page.getByRole('alert')).toContainText(cluster.server);

  await cluster.startApiServer();
  await live(page);
  await expect(page.getByRole('alert')).toBeHidden();
  await expectNothingLeftOver(kubehop, cluster);
  for (const [kind, addresses] of Object.entries(await expectedSockets(kubectl, ns))) await expectAddresses(page, kind, addresses);
});
