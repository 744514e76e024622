// A reader who does anything in any order: nothing panics, and in the end picture, table and index are what a page opened anew has.
// KUBEHOP_WALK is the number of steps, KUBEHOP_SEED the seed: KUBEHOP_WALK=10000 npx playwright test walk
import { expect, test } from '../lib/test.mjs';
import { endpoint } from '../lib/cluster.mjs';
import { open, picture, sockets } from '../lib/picture.mjs';
import { Random } from '../lib/random.mjs';
import { NGINX } from '../lib/scenario.mjs';

const STEPS = Number(process.env.KUBEHOP_WALK ?? 1000);
const SEEDS = [20261201, 7];
const SIZES = [{ width: 1600, height: 1000 }, { width: 1280, height: 720 }, { width: 600, height: 800 }, { width: 390, height: 844 }, { width: 1920, height: 1080 }];

/** In the page: calls `act` with a random one of the elements that a selector finds. */
const one = (page, random, selector, act) =>
  page.evaluate(([selector, number, act]) => {
    const all = [...document.querySelectorAll(selector)];
    const element = all[Math.floor(number * all.length)];
    if (act === 'focus') element?.focus?.();
    else element?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  }, [selector, random.next(), act]);

/** The actions, by name. Each takes the page, the dice and the cluster. */
const ACTIONS = {
  select: (page, random) => one(page, random, 'main [data-socket]', 'click'),
  focus: (page, random) => one(page, random, 'main [data-socket], main .row-head', 'focus'),
  fold: (page, random) => one(page, random, 'main [data-namespace][role=button]', 'click'),
  open: (page, random) => one(page, random, 'main [data-fold]', 'click'),
  arrange: (page, random) => one(page, random, '.filters [name=by]', 'click'),
  problem: async (page, random) => {
    await page.keyboard.press('!');
    await one(page, random, '.problem-menu .problem', 'click');
  },
  table: (page) => page.keyboard.press('t'),
  graph: (page) => page.keyboard.press('g'),
  escape: (page) => page.keyboard.press('Escape'),
  zoom: (page, random) => page.keyboard.press(random.pick(['+', '-', '0'])),
  arrow: (page, random) => page.keyboard.press(random.pick(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Enter'])),
  pause: (page) => page.keyboard.press('p'),
  resize: (page, random) => page.setViewportSize(random.pick(SIZES)),
  back: (page) => page.evaluate(() => history.state !== undefined && navigation.canGoBack && navigation.currentEntry.index > 1 && history.back()),
  forward: (page) => page.evaluate(() => history.forward()),
  wheel: (page, random) =>
    page.evaluate(([x, y, deltaY, ctrlKey]) => {
      const canvas = document.querySelector('main');
      canvas?.dispatchEvent(new WheelEvent('wheel', { clientX: x, clientY: y, deltaY, ctrlKey, bubbles: true, cancelable: true }));
      if (!ctrlKey) canvas?.scrollBy(0, deltaY);
    }, [300 + random.below(500), 300 + random.below(300), random.below(600) - 300, random.next() < 0.7]),
  change: async (page, random, cluster) => {
    const ready = NGINX.pods.map((one) => endpoint({ ...one, ready: random.next() < 0.6 }));
    await cluster.fill(NGINX.slice, random.next() < 0.2 ? [] : ready);
  },
};

for (const seed of process.env.KUBEHOP_SEED ? [Number(process.env.KUBEHOP_SEED)] : SEEDS) {
  test(`${STEPS / SEEDS.length} steps of seed ${seed} lose nothing`, async ({ page, kubehop, cluster }) => {
    test.setTimeout(60_000 + 200 * STEPS);
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const random = new Random(seed);
    const names = Object.keys(ACTIONS);
    const done = [];
    await page.setViewportSize(SIZES[0]);
    await open(page, kubehop.url);
    // So that Back has somewhere to go.
    for (const key of ['t', 'g']) await page.keyboard.press(key);
    for (let step = 0; step < STEPS / SEEDS.length; step++) {
      const name = random.pick(names);
      done.push(name);
      await ACTIONS[name](page, random, cluster);
      // Some steps come before the page has drawn the one before.
      if (random.next() < 0.5) await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
      expect(errors, `after ${done.slice(-8).join(', ')}`).toEqual([]);
    }
    await page.setViewportSize(SIZES[0]);
    await cluster.fill(NGINX.slice, NGINX.pods.map((one) => endpoint({ ...one, ready: true })));
    if (await page.locator('[data-status=paused]').count()) await page.keyboard.press('p');
    // The same address in the page that has walked and in a new one.
    await page.evaluate(() => {
      history.pushState(null, '', '?zoom=100');
      dispatchEvent(new PopStateEvent('popstate'));
    });
    for (const fold of await page.locator('main [data-namespace][role=button][aria-expanded=false]').all()) await fold.click();
    const other = await page.context().newPage();
    await other.setViewportSize(SIZES[0]);
    await open(other, kubehop.url, 'zoom=100');
    const listed = (where) => sockets(where).then((all) => all.sort());
    await expect.poll(() => listed(page)).toEqual(await listed(other));
    await other.goto(`${kubehop.url}/?view=table`);
    await page.keyboard.press('t');
    const rows = (where) => where.locator('[data-view=table] [data-socket]').evaluateAll((all) => all.map(({ dataset }) => `${dataset.socket} ${dataset.address} ${dataset.object}`).sort());
    await expect(other.locator('[data-view=table]')).toHaveAttribute('data-status', 'live');
    await expect.poll(() => rows(page)).toEqual(await rows(other));
    expect(errors).toEqual([]);
  });
}

test('a table that is left before it is drawn leaves nothing behind', async ({ page, kubehop }) => {
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await open(page, kubehop.url);
  await page.evaluate(() => {
    const { requestAnimationFrame } = window;
    window.requestAnimationFrame = (run) => requestAnimationFrame(() => setTimeout(() => run(performance.now()), 200));
  });
  for (const keys of [['t', 'g'], ['t', 'g', 't', 'g']]) {
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForFunction(() => new Promise((late) => setTimeout(() => late(true), 500)));
  }
  await expect(picture(page)).toBeVisible();
  expect(errors).toEqual([]);
});

test.describe('a cluster whose size chooses the zoom', () => {
  test.use({ sandbox: 'scale:24,600,60,0' });

  test('has a full table', async ({ page, kubehop }) => {
    await page.goto(`${kubehop.url}/?view=table`);
    await expect(page.locator('[data-view=table]')).toHaveAttribute('data-status', 'live', { timeout: 20_000 });
    await expect.poll(() => page.locator('[data-view=table] .row').count()).toBeGreaterThan(60);
    await expect(page.locator('[data-view=table] .head').last()).toContainText('24 Nodes');
  });
});

test.describe('200 Nodes', () => {
  test.use({ sandbox: 'scale:200,2000,50,0' });

  test('a nodePort selected shows its Node, those that differ and a count, with the Service in view', async ({ page, kubehop }) => {
    const { rows } = await (await fetch(`${kubehop.url}/api/v1/snapshot`)).json();
    const of = (kind) => rows.filter((row) => row.kind === kind).map((row) => row.row ?? row);
    const node = of('Node').find(({ name }) => name === 'node-0101');
    const tcp = ({ ports = [] }) => ports.find(({ nodePort, protocol = 'TCP' }) => nodePort && protocol === 'TCP');
    const service = of('Service').find((each) => tcp(each) && each.externalTrafficPolicy === 'Local');
    const address = `${node.internalIPs[0]}:${tcp(service).nodePort}`;
    await open(page, kubehop.url, `zoom=100&select=nodePort:${address}`);
    const selected = page.locator(`[data-socket=nodePort][data-address="${address}"]`);
    await expect(selected).toHaveAttribute('data-state', /selected/);
    const group = picture(page).locator('[data-group]').filter({ has: selected });
    const sockets = group.locator(`[data-socket=nodePort][data-address$=":${tcp(service).nodePort}"]`);
    // The asked one, and at most three that fare otherwise.
    await expect(sockets).toHaveCount(4);
    await expect(group).toContainText('196 other Nodes');
    for (const one of [selected, group.locator('[data-socket=port]').first()]) await expect(one).toBeInViewport();
    expect((await group.boundingBox()).height).toBeLessThan(760);
  });
});
