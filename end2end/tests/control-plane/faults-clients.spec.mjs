// Clients that connect and leave, that do not read, and that lose their kubehop: its memory for them is limited and freed, and afterwards
// the page, kubehop's index and the cluster are equal.
import { ask } from '../../bench/clients.mjs';
import { freePorts } from '../../control-plane/processes.mjs';
import { snapshot } from '../lib/follower.mjs';
import { expectKept, remember } from '../lib/kept.mjs';
import { memory, metrics, openFiles, tcpMemory } from '../lib/metrics.mjs';
import { live, open } from '../lib/picture.mjs';
import { Bulk } from './bulk.mjs';
import { expectEqual, expectSame } from './equal.mjs';
import { expect, test } from './faulty.mjs';

const CROWD = 'bench/crowd.mjs';
const SLOW = 'tests/lib/slow-clients.mjs';
const SECOND = 1_000;

test('1,000 clients connect and leave', async ({ page, cluster, ns, kubectl, churn, start, follow, clients, figures }) => {
  const COUNT = 1_000;
  // Limit of the memory that remains, in MB: 5 kB for each client that has left; it includes the changes in the log.
  const LEFT_MB = 15;
  churn.everyMs = 100;
  const kubehop = await start();
  const { hostname: host, port } = new URL(kubehop.url);
  const follower = await follow(kubehop.url);
  await open(page, kubehop.url, `namespaces=${ns}`);
  churn.start();
  await churn.more(5);
  const connected = async () => (await metrics(kubehop))('kubehop_sse_clients');
  const before = await connected();
  const idle = openFiles(kubehop);
  const waves = [];
  for (let wave = 0; wave < 4; wave += 1) {
    const crowd = clients(CROWD);
    const { opened } = await ask(crowd, { open: { host, port: Number(port), path: '/api/v1/events', clients: COUNT } });
    expect(await connected()).toBe(before + COUNT);
    await churn.more(5);
    const files = openFiles(kubehop);
    expect(files).toBeGreaterThanOrEqual(COUNT);
    const most = memory(kubehop);
    crowd.kill('SIGKILL');
    const left = Date.now();
    await expect.poll(() => openFiles(kubehop), { intervals: [20] }).toBeLessThanOrEqual(idle);
    expect(await connected()).toBe(before);
    waves.push({ opened: opened.ms, files, most, gone: Date.now() - left, rss: memory(kubehop) });
  }
  await churn.stop();
  const took = await expectEqual({ cluster, kubectl, ns, kubehop, page, follower, start });
  // The first wave makes the allocator take memory that later waves reuse.
  const [warm, ...later] = waves;
  expect(later.at(-1).rss - warm.rss, 'MB that the later waves leave behind').toBeLessThan(LEFT_MB);
  figures.add('files open, idle', idle);
  figures.add('files open, with 1,000 clients', warm.files);
  figures.add('files open, after the last wave', openFiles(kubehop));
  figures.spread('1,000 clients connected within', waves.map(({ opened }) => opened), 'ms');
  figures.spread('clients killed → their files closed', waves.map(({ gone }) => gone), 'ms');
  waves.forEach(({ most, rss }, wave) => figures.add(`memory with the clients of wave ${wave + 1}, and after`, `${most.toFixed(1)} and ${rss.toFixed(1)}`, 'MB'));
  figures.add('end of writing → index equal', took.index, 'ms');
});

test('500 clients read nothing beside 500 that do', async ({ page, cluster, ns, kubectl, churn, start, follow, clients, figures }) => {
  test.setTimeout(240 * SECOND);
  const COUNT = 500;
  const STEPS = 20;
  churn.everyMs = 150;
  const kubehop = await start();
  const { hostname: host, port } = new URL(kubehop.url);
  await open(page, kubehop.url, `namespaces=${ns}`);
  // It receives the same frames as the crowd, because it follows the same namespace.
  const query = `?namespaces=${ns}`;
  const follower = await follow(kubehop.url, query);
  const crowd = clients(CROWD);
  await ask(crowd, { open: { host, port: Number(port), path: `/api/v1/events${query}`, clients: COUNT } });
  /** Every fast client's delay from the log to its reading, over this many changes. */
  const latency = async () => {
    const begin = follower.frames.length;
    churn.start();
    await churn.more(STEPS);
    await churn.stop();
    await expect(async () => expect(follower.held).toEqual(await snapshot(kubehop.url, query))).toPass();
    const frames = follower.frames.slice(begin);
    const { report } = await ask(crowd, { report: { seqs: frames.map(({ seq }) => seq) } });
    expect(report.frames.filter(([, count]) => count !== COUNT), 'every fast client saw every change').toEqual([]);
    expect([report.lost, report.disorder], 'none was sent away, or heard things in another order').toEqual([0, 0]);
    const at = new Map(frames.map((frame) => [frame.seq, frame.at]));
    const delays = (place) => report.frames.map((frame) => frame[place] - at.get(frame[0]));
    return { frames: frames.length, median: delays(3), last: delays(5) };
  };
  const alone = await latency();
  const before = { memory: memory(kubehop), tcp: tcpMemory(), log: (await metrics(kubehop))('kubehop_log_frame_bytes_total') };

  const slow = clients(SLOW);
  await ask(slow, { open: { url: kubehop.url, clients: COUNT } });
  const bulk = await new Bulk(cluster, `${ns}-bulk`).fill();
  const logged = async () => ((await metrics(kubehop))('kubehop_log_frame_bytes_total') - before.log) / 1e6;
  // More than the log keeps, and than the kernel may buffer for each client.
  while ((await logged()) < 14) await bulk.toggle();
  const stuck = { memory: memory(kubehop), tcp: tcpMemory(), log: await logged() };
  const beside = await latency();
  await bulk.remove();

  const { ended } = await ask(slow, { read: true });
  expect(ended.other, 'how else a slow stream ended').toBeUndefined();
  expect(ended.reset + ended.cut).toBe(COUNT);
  await ask(slow, { reload: true });
  churn.start();
  await churn.more(5);
  await churn.stop();
  const took = await expectEqual({ cluster, kubectl, ns, kubehop, page, start });
  await expectSame(kubehop, async () => (await ask(slow, { hashes: true })).hashes);
  expect(stuck.memory - before.memory, 'what slow clients miss is not kept for each of them').toBeLessThan(64);
  expect(stuck.tcp - before.tcp, 'nor by the kernel, as megabytes').toBeLessThan(COUNT);
  const resets = (await metrics(kubehop))('kubehop_sse_resets_total', { reason: 'fell-off' });
  expect(resets).toBeGreaterThanOrEqual(ended.reset);
  for (const [what, { frames, median, last }] of Object.entries({ 'without slow clients': alone, 'beside 500 slow clients': beside })) {
    figures.add(`frames, each seen by all 500 fast clients, ${what}`, frames);
    figures.spread(`log → the median fast client, ${what}`, median, 'ms');
    figures.spread(`log → the last fast client, ${what}`, last, 'ms');
  }
  figures.add('put into the log while they did not read', stuck.log, 'MB');
  figures.add('memory of kubehop, before and then', `${before.memory.toFixed(1)} and ${stuck.memory.toFixed(1)}`, 'MB');
  figures.add('memory of the kernel for TCP, before and then', `${before.tcp.toFixed(1)} and ${stuck.tcp.toFixed(1)}`, 'MB');
  figures.add('slow clients that got `reset`', ended.reset);
  figures.add('slow clients that were cut off', ended.cut);
  figures.add('end of writing → index equal', took.index, 'ms');
});

test('kubehop is killed with clients connected', async ({ context, cluster, ns, kubectl, churn, start, clients, figures }) => {
  const [port] = await freePorts(1, '127.0.0.1');
  const again = () => start(cluster.kubeconfig, [], `127.0.0.1:${port}`);
  let kubehop = await again();
  const broken = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => broken.push(error.message));
  await open(page, kubehop.url, `namespaces=${ns}`);
  await ask(clients(CROWD), { open: { host: '127.0.0.1', port, path: '/api/v1/events', clients: 200 } });
  churn.start();
  await churn.more(10);
  await remember(page);
  const returns = [];
  for (let kill = 0; kill < 3; kill += 1) {
    await kubehop.kill();
    await churn.more(20);
    kubehop = await again();
    const started = Date.now();
    // The page connects with a position of the killed process, gets a reset, and connects again.
    const resets = async () => (await metrics(kubehop))('kubehop_sse_resets_total', { reason: 'unknown-epoch' });
    await expect.poll(resets, { intervals: [20] }).toBeGreaterThanOrEqual(1);
    await expect.poll(async () => (await metrics(kubehop))('kubehop_sse_clients'), { intervals: [20] }).toBe(1);
    await live(page);
    returns.push(Date.now() - started);
    await churn.more(5);
  }
  await churn.stop();
  const took = await expectEqual({ cluster, kubectl, ns, kubehop, page, start });
  const fewest = await expectKept(page);
  expect(broken, 'errors in the page').toEqual([]);
  figures.spread('kubehop listens → the page follows it', returns, 'ms');
  figures.add('fewest sockets in the picture at any time', fewest);
  figures.add('end of writing → index equal', took.index, 'ms');
  figures.add('end of writing → page equal', took.page, 'ms');
});
