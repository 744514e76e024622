// The contracts of design §4.3, without a browser.
import { expect, test } from '../lib/test.mjs';
import { service } from '../lib/cluster.mjs';
import { openEvents } from '../lib/events.mjs';

const CURSOR = /^[0-9a-f]{8}-\d+$/;
const snapshot = async ({ url }, query = '') => (await fetch(`${url}/api/v1/snapshot${query}`)).json();
const names = ({ data }) => data.changes.map(({ op, kind, key }) => `${op} ${kind} ${key}`);

test('the contexts name the sandbox as the current one', async ({ kubehop }) => {
  const contexts = async () => (await fetch(`${kubehop.url}/api/v1/contexts`)).json();
  await expect.poll(contexts).toEqual([{ name: 'sandbox', current: true, state: 'live' }]);
});

test('a snapshot is compressed, has a cursor for every scope, and no row twice', async ({ kubehop }) => {
  const response = await fetch(`${kubehop.url}/api/v1/snapshot`, { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('access-control-allow-origin')).toBe(null);
  const { cursor, scopes, rows } = await response.json();
  expect(cursor).toMatch(CURSOR);
  for (const scope of scopes) {
    expect(scope.cursor).toMatch(CURSOR);
    expect(scope.state, scope.kind).toBe('synced');
  }
  expect(rows.length).toBeGreaterThan(30);
  expect(new Set(rows.map(({ kind, key }) => `${kind} ${key}`)).size).toBe(rows.length);
  for (const kind of ['Node', 'Namespace', 'Pod', 'Service', 'EndpointSlice', 'Endpoint', 'ServiceCIDR']) {
    expect(rows.some((row) => row.kind === kind), kind).toBe(true);
  }
});

test('a snapshot of one namespace has nothing of another', async ({ kubehop }) => {
  const { rows } = await snapshot(kubehop, '?namespaces=kube-system');
  const namespaces = new Set(rows.map(({ namespace }) => namespace).filter(Boolean));
  expect([...namespaces]).toEqual(['kube-system']);
});

test('a frame has an id of epoch and number, and is the change as a snapshot has it', async ({ kubehop, cluster }) => {
  const { cursor } = await snapshot(kubehop);
  const events = await openEvents(kubehop.url, { query: `?since=${cursor}` });
  expect(events.response.headers.get('content-type')).toBe('text/event-stream');
  expect(events.response.headers.get('content-encoding')).toBe(null);
  const status = await events.next();
  expect(status.event).toBe('status');
  expect(status.id).toBeUndefined();
  expect(status.data).toMatchObject({ state: 'live', since: null });

  await cluster.create(service({ name: 'one', ip: '10.96.4.1' }));
  const delta = await events.nextOf('delta');
  expect(delta.id).toMatch(CURSOR);
  expect(delta.id.split('-')[0]).toBe(cursor.split('-')[0]);
  expect(Number(delta.id.split('-')[1])).toBeGreaterThan(Number(cursor.split('-')[1]));
  expect(names(delta)).toEqual(['put Service default/one']);
  const { rows } = await snapshot(kubehop);
  expect(delta.data.changes[0].row).toEqual(rows.find(({ kind, key }) => kind === 'Service' && key === 'default/one'));

  await cluster.remove('Service', 'one');
  expect(names(await events.nextOf('delta'))).toEqual(['del Service default/one']);
  events.close();
});

test('a stream resumes after Last-Event-ID, which wins over since', async ({ kubehop, cluster }) => {
  const { cursor } = await snapshot(kubehop);
  const first = await openEvents(kubehop.url, { query: `?since=${cursor}` });
  const ids = [];
  for (const name of ['one', 'two', 'three']) {
    await cluster.create(service({ name, ip: `10.96.4.${ids.length + 1}` }));
    const delta = await first.nextOf('delta');
    expect(names(delta)).toEqual([`put Service default/${name}`]);
    ids.push(delta.id);
  }
  first.close();

  const all = await openEvents(kubehop.url, { query: `?since=${cursor}` });
  expect([await all.nextOf('delta'), await all.nextOf('delta'), await all.nextOf('delta')].flatMap(names)).toHaveLength(3);
  all.close();
  const since = await openEvents(kubehop.url, { query: `?since=${ids[0]}` });
  expect(names(await since.nextOf('delta'))).toEqual(['put Service default/two']);
  since.close();
  const both = await openEvents(kubehop.url, { query: `?since=${cursor}`, headers: { 'last-event-id': ids[1] } });
  expect(names(await both.nextOf('delta'))).toEqual(['put Service default/three']);
  both.close();
});

test('a stream without since begins now', async ({ kubehop, cluster }) => {
  await cluster.create(service({ name: 'past', ip: '10.96.4.1' }));
  await expect.poll(async () => (await snapshot(kubehop)).rows.some(({ key }) => key === 'default/past')).toBe(true);
  const events = await openEvents(kubehop.url);
  await events.nextOf('status');
  await cluster.create(service({ name: 'future', ip: '10.96.4.2' }));
  expect(names(await events.nextOf('delta'))).toEqual(['put Service default/future']);
  events.close();
});

test('a position of another epoch, or of the future, gets a reset without an id, and the stream ends', async ({ kubehop }) => {
  const { cursor } = await snapshot(kubehop);
  const [epoch] = cursor.split('-');
  const other = epoch === 'deadbeef' ? 'deadbee0' : 'deadbeef';
  for (const [query, headers] of [[`?since=${other}-1`, {}], ['', { 'last-event-id': `${other}-1` }], [`?since=${cursor}`, { 'last-event-id': `${other}-1` }], [`?since=${epoch}-999999`, {}]]) {
    const events = await openEvents(kubehop.url, { query, headers });
    const reset = await events.nextOf('reset');
    expect(reset?.id).toBeUndefined();
    expect(reset?.data.reason).toEqual(expect.any(String));
    expect(await events.next()).toBe(null);
  }
});

test('a stream of one namespace hears nothing of another', async ({ kubehop, cluster }) => {
  const { cursor } = await snapshot(kubehop, '?namespaces=kube-system');
  const events = await openEvents(kubehop.url, { query: `?namespaces=kube-system&since=${cursor}` });
  await events.nextOf('status');
  await cluster.create(service({ name: 'elsewhere', ip: '10.96.4.1' }));
  await cluster.create(service({ name: 'here', ip: '10.96.4.2', namespace: 'kube-system' }));
  expect(names(await events.nextOf('delta'))).toEqual(['put Service kube-system/here']);
  events.close();
});

const PROBLEMS = [
  ['an unknown context', '/api/v1/snapshot?context=nowhere', 404],
  ['a namespace that cannot be one', '/api/v1/snapshot?namespaces=A_b', 400],
  ['a cursor that is none', '/api/v1/events?since=yesterday', 400],
  ['an unknown path of the API', '/api/v1/secrets', 404],
];

for (const [what, path, status] of PROBLEMS) {
  test(`${what} is answered by a problem that says so`, async ({ kubehop }) => {
    const response = await fetch(kubehop.url + path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status, detail: expect.any(String) });
  });
}

test('kubehop only reads, and lets no other site read', async ({ kubehop }) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const path of ['/', '/api/v1/snapshot', '/api/v1/events']) {
      expect((await fetch(kubehop.url + path, { method })).status, `${method} ${path}`).toBe(405);
    }
  }
  for (const path of ['/', '/api/v1/snapshot', '/api/v1/contexts', '/pkg/kubehop.js']) {
    const { headers } = await fetch(kubehop.url + path, { headers: { origin: 'https://example.com' } });
    expect(headers.get('access-control-allow-origin'), path).toBe(null);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
  }
});

test('the site is served with an ETag and answers 304', async ({ kubehop }) => {
  for (const path of ['/pkg/kubehop.css', '/favicon.svg']) {
    const first = await fetch(kubehop.url + path);
    expect(first.status, path).toBe(200);
    const etag = first.headers.get('etag');
    expect(etag, path).toEqual(expect.any(String));
    expect((await fetch(kubehop.url + path, { headers: { 'if-none-match': etag } })).status, path).toBe(304);
  }
});
