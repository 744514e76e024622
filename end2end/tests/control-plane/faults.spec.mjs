// Faults of the cluster and of the connection to it, while a writer writes: after each of them the page, kubehop's index and the cluster
// are equal, and a client that was connected all the time has lost nothing.
import { expectKept, remember } from '../lib/kept.mjs';
import { metrics } from '../lib/metrics.mjs';
import { open } from '../lib/picture.mjs';
import { GARBLED } from '../lib/proxy.mjs';
import { expectEqual } from './equal.mjs';
import { expect, test } from './faulty.mjs';

const KILLS = 20;
const SECOND = 1_000;

test(`the API server is killed ${KILLS} times`, async ({ page, cluster, ns, kubectl, churn, start, follow, figures }) => {
  test.setTimeout(240 * SECOND);
  const kubehop = await start();
  const follower = await follow(kubehop.url);
  await open(page, kubehop.url, `namespaces=${ns}`);
  await remember(page);
  const before = await metrics(kubehop);
  churn.start();
  const outages = [];
  const returns = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    await churn.more(5);
    const killed = Date.now();
    await cluster.killApiServer();
    await expect.poll(() => kubehop.state(), { intervals: [20] }).toBe('stale');
    await cluster.startApiServer();
    outages.push(Date.now() - killed);
    // Every second time it is killed again while kubehop may still be listing.
    if (kill % 2 === 0) continue;
    const ready = Date.now();
    await expect.poll(() => kubehop.state(), { intervals: [20] }).toBe('live');
    returns.push(Date.now() - ready);
  }
  await churn.stop();
  const took = await expectEqual({ cluster, kubectl, ns, kubehop, page, follower, start });
  await expectKept(page);
  expect(follower.resets).toBe(0);
  const after = await metrics(kubehop);
  const failures = after('kubehop_watch_failures_total', { reason: 'unreachable' }) - before('kubehop_watch_failures_total', { reason: 'unreachable' });
  expect(failures).toBeGreaterThanOrEqual(KILLS);
  expect(churn.unanswered, 'the writer met the outages').toBeGreaterThan(0);
  figures.spread('the API server was away', outages, 'ms');
  figures.spread('API server ready → all watches live', returns, 'ms');
  figures.add('changes written', churn.steps);
  figures.add('watches that failed, or could not be opened', failures);
  figures.add('lists', after('kubehop_watch_lists_total') - before('kubehop_watch_lists_total'));
  figures.add('streams that were reset', after('kubehop_sse_resets_total'));
  figures.add('end of writing → index equal', took.index, 'ms');
  figures.add('end of writing → page equal', took.page, 'ms');
});

test('the versions that the watches ask for are compacted away', async ({ page, cluster, ns, kubectl, churn, start, follow, proxied, figures }) => {
  const { proxy, kubeconfig } = await proxied('compaction');
  const kubehop = await start(kubeconfig);
  const follower = await follow(kubehop.url);
  await open(page, kubehop.url, `namespaces=${ns}`);
  churn.start();
  await churn.more(20);

  proxy.hold();
  await expect.poll(() => proxy.watches).toBe(0);
  await churn.more(100);
  await churn.stop();
  const revision = await compact(cluster);
  // A restart drops the API server's own cache of past versions; the new server has only etcd's, which are compacted.
  await cluster.killApiServer();
  await cluster.startApiServer();
  const released = Date.now();
  proxy.release();
  const took = await expectEqual({ cluster, kubectl, ns, kubehop, page, follower, start, since: released });
  const after = await metrics(kubehop);
  const expired = after('kubehop_watch_failures_total', { reason: 'expired' });
  expect(expired, 'watches were refused with 410').toBeGreaterThanOrEqual(3);
  expect(follower.resets).toBe(0);
  figures.add('compacted revision', revision);
  figures.add('watches refused with 410', expired);
  figures.add('the way is free → index equal', took.index, 'ms');
  figures.add('the way is free → page equal', took.page, 'ms');
});

/** Compacts etcd up to its present revision. */
async function compact({ ports }) {
  const etcd = async (path, body) => {
    const response = await fetch(`http://127.0.0.1:${ports.etcd}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`etcd: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const { header } = await etcd('range', { key: Buffer.from('none').toString('base64') });
  await etcd('compaction', { revision: header.revision, physical: true });
  return Number(header.revision);
}

test('a proxy stalls, resets, delays, truncates and garbles the watches', async ({ context, cluster, ns, kubectl, churn, start, follow, proxied, figures }) => {
  test.setTimeout(300 * SECOND);
  churn.everyMs = 80;
  const broken = [];
  const of = {};
  for (const name of ['stall', 'reset', 'delay', 'truncate', 'garble']) {
    const { proxy, kubeconfig } = await proxied(name);
    const kubehop = await start(kubeconfig);
    const page = await context.newPage();
    page.on('pageerror', (error) => broken.push(`${name}: ${error.message}`));
    await open(page, kubehop.url, `namespaces=${ns}`);
    await remember(page);
    of[name] = { name, proxy, kubehop, page, follower: await follow(kubehop.url), before: await metrics(kubehop) };
  }
  churn.start();
  const stalled = Date.now();
  of.stall.proxy.stall();
  expect(of.stall.proxy.stillStalled, 'every kind is watched').toBe(7);
  for (const name of ['reset', 'delay', 'truncate']) of[name].proxy.fault(name);

  // Exactly one event is garbled, the only one with this change: the later events do not contain this Pod.
  const pods = `/api/v1/namespaces/${ns}/pods`;
  const witness = { metadata: { name: 'witness' }, spec: { containers: [{ name: 'none', image: 'example.test/none' }] } };
  await cluster.request('POST', pods, witness);
  const noticed = [];
  for (const [n, what] of Object.keys(GARBLED).entries()) {
    const ready = n % 2 === 0;
    const garbled = of.garble.proxy.garble(what, '"name":"witness"');
    const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
    await cluster.request('PATCH', `${pods}/witness/status`, { status: { conditions } }, 'application/merge-patch+json');
    await garbled;
    const since = Date.now();
    const seen = () => of.garble.follower.rows.get(`Pod ${ns}/witness`)?.ready ?? false;
    await expect.poll(seen, { message: `what ${what} hid is found`, intervals: [20] }).toBe(ready);
    noticed.push(Date.now() - since);
  }
  await cluster.request('DELETE', `${pods}/witness?gracePeriodSeconds=0`);
  await expect.poll(() => of.stall.proxy.stillStalled, { timeout: 120 * SECOND, intervals: [100] }).toBe(0);
  const patience = Date.now() - stalled;
  await expect.poll(() => of.stall.proxy.watches).toBe(7);
  for (const name of ['reset', 'delay', 'truncate']) {
    await expect.poll(() => of[name].proxy.total, { message: name, timeout: 60 * SECOND }).toBeGreaterThanOrEqual(20);
    of[name].proxy.fault();
  }
  await churn.stop();
  const ended = Date.now();

  const all = Object.values(of);
  const times = await Promise.all(all.map((one) => expectEqual({ cluster, kubectl, ns, start, since: ended, ...one })));
  expect(broken, 'errors in the pages').toEqual([]);
  for (const [n, { name, proxy, kubehop, page, follower, before }] of all.entries()) {
    const after = await metrics(kubehop);
    await expectKept(page, `${name}: the page`);
    expect(follower.resets, name).toBe(0);
    const lists = after('kubehop_watch_lists_total') - before('kubehop_watch_lists_total');
    if (name === 'stall') {
      // An API server keeps about 75 s of a busy kind's changes (apiserver `watch_cache.go`): if a watch needs older ones, it answers
      // with an error.
      const expired = after('kubehop_watch_failures_total', { reason: 'expired' });
      expect(expired, 'no kind of which little happens').toBeLessThanOrEqual(3);
      expect(lists, 'silent watches are resumed where that is possible').toBe(expired);
      figures.add('stall: the last of 7 silent watches was given up after', patience / SECOND, 's');
    } else {
      figures.add(`${name}: events struck`, proxy.total);
    }
    figures.add(`${name}: lists anew`, lists);
    figures.add(`${name}: end of the fault → index equal`, times[n].index, 'ms');
    figures.add(`${name}: end of the fault → page equal`, times[n].page, 'ms');
  }
  figures.spread(`garble: garbled event → its change is seen, ${noticed.length} ways of garbling`, noticed, 'ms');
});
