// Behaviour of the page that no answer of the server shows: it belongs to `make golden` (end2end/golden), which has no browser. The heap
// after thousands of changes is tested in stability.spec.mjs; single keys in keyboard, looks, find and frame.
import { expect, test } from '../lib/test.mjs';
import { service } from '../lib/cluster.mjs';
import { live, open, param, picture, select, selected, seq, socket, sockets, zoomOf } from '../lib/picture.mjs';
import { instrument } from '../lib/tabs.mjs';

test.describe('an event of a later version', () => {
  test.beforeEach(async ({ page, kubehop }) => {
    await page.addInitScript(instrument);
    await open(page, kubehop.url);
    await page.evaluate(() => { window.sameDocument = true; });
  });

  const snapshot = async ({ url }) => (await fetch(`${url}/api/v1/snapshot`)).json();

  /** Gives the page's stream an event, as if the server had sent it; `ahead` is the difference between its id and the log's last number. */
  async function tell(page, kubehop, event, data, ahead = 1) {
    const [epoch, last] = (await snapshot(kubehop)).cursor.split('-');
    const stream = await page.waitForFunction(() => window.streams.find(({ readyState }) => readyState === EventSource.OPEN));
    const message = [event, JSON.stringify(data), `${epoch}-${Number(last) + ahead}`];
    await stream.evaluate((stream, [event, data, lastEventId]) => stream.dispatchEvent(new MessageEvent(event, { data, lastEventId })), message);
  }

  /** A row of the snapshot, changed. */
  async function row(kubehop, kind, key, change) {
    const { rows } = await snapshot(kubehop);
    return change(rows.find((row) => row.kind === kind && row.key === key));
  }

  const put = (row) => ({ op: 'put', kind: row.kind, key: row.key, row });

  /** A value with an unknown field in each of its objects. */
  function withUnknown(value) {
    if (Array.isArray(value)) return value.map(withUnknown);
    if (value === null || typeof value !== 'object') return value;
    const own = Object.entries(value).map(([name, inner]) => [name, name === 'labels' || name === 'selector' ? inner : withUnknown(inner)]);
    return { ...Object.fromEntries(own), future: { of: ['another', 1, null, { version: true }] } };
  }

  /** Expects that the page shows the cluster, is live, and was not loaded again. */
  async function expectWell(page, cluster, before) {
    await cluster.create(service({ name: 'afterwards', ip: '10.96.9.10' }));
    await expect(socket(page, 'clusterIP 10.96.9.10')).toHaveCount(1, { timeout: 15_000 });
    await cluster.remove('Service', 'afterwards');
    await expect(socket(page, 'clusterIP 10.96.9.10')).toHaveCount(0);
    await live(page);
    await expect.poll(() => sockets(page)).toEqual(before);
    expect(await page.evaluate(() => window.sameDocument)).toBe(true);
  }

  test('is taken without the fields that it does not know', async ({ page, kubehop, cluster }) => {
    const before = await sockets(page);
    const moved = await row(kubehop, 'Service', 'default/nginx-service', (row) => ({ ...row, clusterIPs: ['10.96.9.9'] }));
    await tell(page, kubehop, 'delta', withUnknown({ changes: [put(moved)], at: Date.now() }));
    await expect(socket(page, 'clusterIP 10.96.9.9')).toHaveCount(1);
    const failed = await row(kubehop, 'Endpoint', 'default/nginx-service-7xk2f/10.244.1.5', (row) => ({ ...row, ready: false }));
    await tell(page, kubehop, 'delta', withUnknown({ changes: [put(failed), { op: 'del', kind: 'Pod', key: 'default/influxdb', row: null }], at: Date.now() }), 2);
    await expect(socket(page, 'endpoint 10.244.1.5:80')).toHaveAttribute('data-state', /not-ready/);
    await expect(socket(page, 'podIP 10.244.3.14')).toHaveCount(0);
    // The page has applied the changed rows: a reload restores the cluster's own rows.
    await page.reload();
    await live(page);
    await expect.poll(() => sockets(page)).toEqual(before);
  });

  test('a status is taken without the fields that it does not know', async ({ page, kubehop, cluster }) => {
    const before = await sockets(page);
    const kinds = ['Node', 'Namespace', 'ServiceCIDR', 'Service', 'EndpointSlice', 'Endpoints', 'Pod'].map((kind) => ({ kind, namespace: null, state: 'synced', since: null, error: null }));
    await tell(page, kubehop, 'status', withUnknown({ state: 'stale', since: Date.now(), kinds, error: null, settings: null }));
    await expect(picture(page)).toHaveAttribute('data-status', 'stale');
    await tell(page, kubehop, 'status', withUnknown({ state: 'live', since: null, kinds, error: null, settings: null }));
    await expectWell(page, cluster, before);
  });

  test('an event of an unknown name is passed over', async ({ page, kubehop, cluster }) => {
    const before = await sockets(page);
    await tell(page, kubehop, 'finding', { id: 'D20' });
    await expectWell(page, cluster, before);
  });

  const gateway = { kind: 'Gateway', key: 'infra/gw', namespace: 'infra', name: 'gw', listeners: [{ name: 'http', port: 80 }] };
  const UNKNOWN = {
    'a row of an unknown kind': ['delta', { changes: [put(gateway)], at: 0 }],
    'the end of a row of an unknown kind': ['delta', { changes: [{ op: 'del', kind: 'Gateway', key: 'infra/gw', row: null }], at: 0 }],
    'an unknown change': ['delta', { changes: [{ op: 'move', kind: 'Pod', key: 'default/web-0', row: null }], at: 0 }],
    'a status of an unknown kind': ['status', { state: 'live', since: null, kinds: [{ kind: 'Gateway', namespace: null, state: 'synced', since: null, error: null }], error: null, settings: null }],
    'a status of an unknown state': ['status', { state: 'dreaming', since: null, kinds: [], error: null, settings: null }],
  };
  for (const [name, [event, data]] of Object.entries(UNKNOWN)) {
    test(`${name} does no harm`, async ({ page, kubehop, cluster, complaints }) => {
      // The page may log once that it cannot read the event, and fetch a snapshot.
      complaints.allow(/^console error: kubehop: cannot read /);
      const before = await sockets(page);
      await select(page, 'nodePort 192.168.56.12:30001');
      await tell(page, kubehop, event, data);
      await page.keyboard.press('Escape');
      await expectWell(page, cluster, before);
      expect(complaints.list).toEqual([]);
    });
  }
});

test.describe('a snapshot of a later version', () => {
  test('is taken without the fields that it does not know', async ({ page, kubehop, cluster }) => {
    await page.route('**/api/v1/snapshot*', async (route) => {
      const response = await route.fetch();
      const snapshot = await response.json();
      const more = (value) => ({ ...value, future: { of: ['another', 1, null] } });
      await route.fulfill({ response, json: more({ ...snapshot, scopes: snapshot.scopes.map(more), rows: snapshot.rows.map(more) }) });
    });
    await open(page, kubehop.url);
    const before = await seq(page);
    await cluster.create(service({ name: 'afterwards', ip: '10.96.9.10' }));
    await expect(socket(page, 'clusterIP 10.96.9.10')).toHaveCount(1);
    expect(await seq(page)).toBeGreaterThan(before);
  });
});

/** One test for each line of the help, on a live page of the overview without a selection. */
const KEYS = {
  '/': async (page) => {
    await page.keyboard.press('/');
    await expect(page.getByRole('combobox', { name: /^Search/ })).toBeFocused();
  },
  f: async (page) => {
    await page.keyboard.press('f');
    await expect(page.locator('.filters').getByLabel('Find')).toBeFocused();
  },
  Tab: async (page) => {
    await socket(page, 'nodePort 192.168.56.11:30001').focus();
    await page.keyboard.press('Tab');
    await expect(socket(page, 'nodePort 192.168.56.12:30001')).toBeFocused();
  },
  '← →': async (page) => {
    await select(page, 'nodePort 192.168.56.12:30001');
    await socket(page, 'nodePort 192.168.56.12:30001').focus();
    const path = ['nodePort 192.168.56.12:30001', 'port 10.96.114.20:30080', 'endpoint 10.244.2.7:80', 'podIP 10.244.2.7'];
    for (const text of path.slice(1)) {
      await page.keyboard.press('ArrowRight');
      await expect(page.locator(':focus')).toHaveAttribute('data-address', text.split(' ')[1]);
      await expect(socket(page, text)).toBeFocused();
    }
    for (const text of path.slice(0, -1).reverse()) {
      await page.keyboard.press('ArrowLeft');
      await expect(socket(page, text)).toBeFocused();
    }
  },
  '↑ ↓': async (page) => {
    await socket(page, 'endpoint 10.244.1.5:80').focus();
    for (const [key, ip] of [['ArrowDown', '10.244.2.7'], ['ArrowDown', '10.244.3.9'], ['ArrowDown', '10.244.3.9'], ['ArrowUp', '10.244.2.7']]) {
      await page.keyboard.press(key);
      await expect(socket(page, `endpoint ${ip}:80`)).toBeFocused();
    }
  },
  'PageUp PageDown': async (page) => {
    await socket(page, 'endpoint 10.244.1.5:80').focus();
    await page.keyboard.press('PageDown');
    const group = () => page.evaluate(() => document.activeElement.closest('[data-group]')?.dataset.group);
    expect(await group()).toBe('service/default/reports');
    await page.keyboard.press('PageUp');
    expect(await group()).toBe('service/default/nginx-service');
  },
  i: async (page) => {
    await select(page, 'nodePort 192.168.56.12:30001');
    await page.keyboard.press('i');
    await expect(page.locator('aside.side')).toBeFocused();
    await page.keyboard.press('i');
    await expect(socket(page, 'nodePort 192.168.56.12:30001')).toBeFocused();
  },
  '!': async (page) => {
    await page.keyboard.press('!');
    await expect(page.locator('.problem-menu .problem').first()).toBeFocused();
  },
  Enter: async (page) => {
    await socket(page, 'nodePort 192.168.56.12:30001').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => selected(page)).toBe('nodePort:192.168.56.12:30001');
    await expect(socket(page, 'endpoint 10.244.2.7:80')).toHaveAttribute('data-state', /on-path/);
  },
  Esc: async (page) => {
    await select(page, 'nodePort 192.168.56.12:30001');
    await page.keyboard.press('f');
    await page.keyboard.press('Escape');
    await expect(page.locator('.filters').getByLabel('Find')).toBeHidden();
    expect(selected(page)).toBe('nodePort:192.168.56.12:30001');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('Escape');
    await expect.poll(() => selected(page)).toBe(null);
  },
  '+ −': async (page) => {
    for (const [key, zoom] of [['+', 125], ['-', 100], ['-', 75]]) {
      await page.keyboard.press(key);
      await expect.poll(() => zoomOf(page), key).toBe(zoom);
    }
    await page.mouse.move(500, 400);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await expect.poll(() => zoomOf(page), 'Ctrl with the mouse wheel').toBeGreaterThan(75);
  },
  0: async (page) => {
    await page.keyboard.press('+');
    await expect.poll(() => zoomOf(page)).toBe(125);
    await page.keyboard.press('0');
    await expect.poll(() => zoomOf(page)).toBe(100);
  },
  g: async (page) => {
    await page.keyboard.press('t');
    await expect(picture(page)).toHaveCount(0);
    await page.keyboard.press('g');
    await expect(picture(page)).toBeVisible();
  },
  t: async (page) => {
    await page.keyboard.press('t');
    await expect(page.getByRole('columnheader').first()).toBeVisible();
    expect(param(page, 'view')).toBe('table');
  },
  p: async (page) => {
    await page.keyboard.press('p');
    await expect(picture(page)).toHaveAttribute('data-status', 'paused');
    await page.keyboard.press('p');
    await expect(picture(page)).toHaveAttribute('data-status', 'live');
  },
  '?': async (page) => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  },
};

/** The keys that the help lists, one line each. */
async function listed(page) {
  await page.keyboard.press('?');
  const lines = page.getByRole('dialog').locator('dt:has(kbd)');
  await expect(lines.first()).toBeVisible();
  return lines.evaluateAll((all) => all.map((line) => [...line.querySelectorAll('kbd')].map((key) => key.textContent).join(' ')));
}

test('the help lists the keys that are tried here, in both languages', async ({ at }) => {
  for (const query of ['', 'lang=zh']) expect((await listed(await at(query))).sort()).toEqual(Object.keys(KEYS).sort());
});

for (const [keys, act] of Object.entries(KEYS)) {
  test(`the key ${keys} does what the help says`, async ({ at }) => act(await at('')));
}
