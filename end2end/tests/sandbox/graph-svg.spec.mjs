// `GET /graph.svg`: the page's picture as a document of its own (design §4.3).
import { expect, test } from '../lib/test.mjs';
import { service } from '../lib/cluster.mjs';
import { drawn, open, sockets } from '../lib/picture.mjs';

const fetched = ({ url }, query = '', headers = {}) => fetch(`${url}/graph.svg${query && `?${query}`}`, { headers });
const text = async (kubehop, query) => {
  const response = await fetched(kubehop, query);
  expect(response.status, query).toBe(200);
  return response.text();
};

const QUERIES = [
  '', 'zoom=75', 'zoom=50', 'by=node', 'namespaces=kube-system', 'problems=1', 'find=nginx', 'hide=type%3ANodePort', 'find=ns%3Adefault&hide=is%3Aempty&zoom=75',
  'select=nodePort%3A192.168.56.12%3A30001', 'select=nodePort%3A192.168.56.12%3A30002', 'select=podIP%3A10.244.2.7&zoom=50', 'select=endpoint%3A10.244.1.5%3A80&by=node',
  'from=pod%3Adefault%2Fweb-0&to=10.96.114.20%3A30080', 'find=name%3Ateapot',
];

test('it has the same sockets in the same states as the page, for the same query', async ({ at, still }) => {
  test.slow();
  for (const query of QUERIES) {
    const page = await at(query);
    const wanted = await sockets(page);
    expect.soft(drawn(await text(still.kubehop, query)), query).toEqual(wanted);
  }
});

test('it opens in as much detail as the page: by how many Services are open, not by how many there are', async ({ page, kubehop, cluster }) => {
  for (let n = 0; n < 40; n += 1) await cluster.create(service({ name: `a-${n}`, ip: `10.96.4.${n + 1}` }));
  await expect.poll(async () => (await (await fetched(kubehop)).text()).match(/class="row/g)?.length).toBe(47);
  for (const query of ['', 'namespaces=kube-system']) {
    await open(page, kubehop.url, query);
    const wanted = await sockets(page);
    expect(wanted.some((line) => line.startsWith('endpoint 10.244.1.2:53 '))).toBe(query !== '');
    expect(drawn(await text(kubehop, query)), query).toEqual(wanted);
  }
});

test('what is lit is lit, and what is broken is broken', async ({ still: { kubehop } }) => {
  const lit = drawn(await text(kubehop, 'select=nodePort%3A192.168.56.12%3A30001'));
  expect(lit).toContain('nodePort 192.168.56.12:30001 Service/default/nginx-service selected on-path');
  expect(lit).toContain('endpoint 10.244.1.5:80 EndpointSlice/default/nginx-service-7xk2f on-path');
  expect(lit).toContain('endpoint 10.244.3.9:80 EndpointSlice/default/nginx-service-7xk2f not-ready dimmed');
  expect(lit).toContain('clusterIP 10.96.0.10 Service/kube-system/kube-dns dimmed');
  const broken = drawn(await text(kubehop, 'select=nodePort%3A192.168.56.12%3A30002'));
  expect(broken.filter((line) => /\bbroken\b/.test(line)).length).toBe(3);
});

test('at 50 % it has lines, at 75 % stacks', async ({ still: { kubehop } }) => {
  expect((await text(kubehop, 'zoom=50')).match(/class="row/g)).toHaveLength(7);
  const folded = await text(kubehop, 'zoom=75');
  expect(folded).toContain('3 endpoints');
  expect(folded).toContain('2/3 ready');
});

test('it is light unless it is asked for dark, and nothing else differs', async ({ still: { kubehop } }) => {
  const [plain, light, dark] = await Promise.all(['', 'theme=light', 'theme=dark'].map((query) => text(kubehop, query)));
  const canvas = (svg) => [...svg.matchAll(/--canvas:\s*(#\w+)/g)].at(-1)[1];
  expect([canvas(plain), canvas(light), canvas(dark)]).toEqual(['#f6f7f9', '#f6f7f9', '#0e1217']);
  expect(drawn(dark)).toEqual(drawn(plain));
});

test('a browser draws it: with its colours, its words, and nothing fetched', async ({ page, kubehop }) => {
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  for (const [theme, colour] of [['light', 'rgb(246, 247, 249)'], ['dark', 'rgb(14, 18, 23)']]) {
    await page.goto(`${kubehop.url}/graph.svg?theme=${theme}&select=nodePort:192.168.56.12:30001`);
    await expect(page.locator('svg[data-status="live"]')).toBeVisible();
    await expect(page.locator('rect.canvas')).toHaveCSS('fill', colour);
    const box = await page.locator('[data-address="192.168.56.12:30001"] text').first().boundingBox();
    expect(box.height).toBeGreaterThan(8);
    await expect(page.locator('.verdict')).toContainText('Delivered: to one of 2 usable endpoints');
  }
  expect(requests.filter((url) => !url.includes('/graph.svg'))).toEqual([]);
});

test('it is revalidated by its ETag: 304 until the cluster or the query is another', async ({ kubehop, cluster }) => {
  for (const query of ['', 'find=nginx&zoom=75']) {
    const first = await fetched(kubehop, query);
    const tag = first.headers.get('etag');
    expect(tag).toEqual(expect.any(String));
    const again = await fetched(kubehop, query, { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    for (const other of ['zoom=50', 'find=web', 'theme=dark', 'by=node', 'select=clusterIP%3A10.96.0.10']) {
      expect((await fetched(kubehop, other, { 'if-none-match': tag })).status, other).toBe(200);
    }
    await cluster.patch('Service', 'web-sts', { spec: { ports: [{ port: query ? 82 : 81, targetPort: 80, protocol: 'TCP' }] } });
    await expect.poll(async () => (await fetched(kubehop, query, { 'if-none-match': tag })).status).toBe(200);
  }
});

const WRONG = [
  ['find=kind%3Ateapot', /kind:teapot/],
  ['hide=colour%3Ared', /colour:/],
];

for (const [query, said] of WRONG) {
  test(`a filter that is none is a problem and no picture of everything: ${query}`, async ({ still: { kubehop } }) => {
    const response = await fetched(kubehop, query);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect((await response.json()).detail).toMatch(said);
  });
}

test.describe('of a big cluster', () => {
  test.use({ sandbox: 'scale:20,2500,100,0' });

  test('it is the namespaces, and what is opened, as on the page', async ({ page, kubehop }) => {
    test.slow();
    // Whether the cluster is big is known after the first lists.
    const parts = async () => {
      const svg = await text(kubehop, '');
      return [/data-namespace="/, /data-group="/].map((part) => part.test(svg));
    };
    await expect.poll(parts, { timeout: 30_000 }).toEqual([true, false]);
    const overview = await text(kubehop, '');
    const [, name] = overview.match(/data-namespace="([^"]+)"/);
    expect(overview).toMatch(/\d+ Services, \d+ Pods/);
    await open(page, kubehop.url);
    expect(drawn(overview)).toEqual(await sockets(page));
    const opened = drawn(await text(kubehop, `namespaces=${name}`));
    expect(opened.filter((line) => line.startsWith('port ')).length).toBeGreaterThan(0);
    expect(opened.filter((line) => !line.includes(`/${name}/`) && !line.includes('Node/'))).toEqual([]);
  });
});
