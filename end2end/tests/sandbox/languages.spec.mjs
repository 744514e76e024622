// The page in both languages: no text is in the other language.
import { expect, test } from '../lib/test.mjs';
import { endpoint, pod, service, slice } from '../lib/cluster.mjs';
import { english, foreign, foreignTexts, texts } from '../lib/language.mjs';
import { Limited } from '../lib/limited.mjs';
import { NGINX } from '../lib/scenario.mjs';
import { go, open, picture, socket } from '../lib/picture.mjs';
import { table } from '../lib/table.mjs';

const LANGUAGES = ['en', 'zh'];

/** Names of the cluster's objects: words that may be English on a Chinese page. */
const NAMES = new Set(['sandbox', 'limited', 'default', 'nginx', 'influxdb', 'reports', 'coredns', 'web', 'jo', 'edge', 'twin', 'local', 'dead', 'nope', 'nobody', 'dns', 'metrics']);

/** One socket of each kind, and some whose path is broken. */
const SELECTIONS = [
  'nodeIP:192.168.56.12', 'nodePort:192.168.56.12:30001', 'nodePort:192.168.56.11:30002', 'hostPort:192.168.56.13:8086', 'clusterIP:10.96.114.20',
  'clusterIP:10.96.0.10', 'port:10.96.114.20:30080', 'port:10.96.83.14:3306', 'port:web-sts.default.svc:80', 'dns:nginx-service.default.svc',
  'dns:web-sts.default.svc', 'dns:reports.default.svc', 'endpoint:10.244.1.5:80', 'endpoint:10.244.3.9:80', 'podIP:10.244.3.14', 'podIP:10.244.3.9',
  'containerPort:default/web-0/nginx:80', 'external:192.168.1.25:3306', 'external:reports.example.com', 'externalIP:198.51.100.7:80', 'podIP:10.9.9.9',
  'port:10.96.7.1:80', 'nodePort:192.168.56.11:30077',
];

/** Questions with every kind of answer, and with every kind of error. */
const QUESTIONS = [
  'to=192.168.56.12:30001', 'from=node:node1&to=192.168.56.12:30001', 'from=localhost:node1&to=192.168.56.12:30001', 'from=pod:default/web-0&to=10.96.114.20:30080',
  'from=pod-ip:10.244.1.200&to=10.96.114.20:30080', 'from=external:203.0.113.2&to=192.168.56.13:8086', 'to=192.168.56.11:30002', 'to=192.168.56.12:8086', 'to=10.244.1.6:80',
  'to=8.8.8.8:53/udp', 'to=10.96.114.20', 'to=10.96.114.20/icmp', 'to=10.96.114.20:1', 'to=198.51.100.7:80', 'to=192.168.56.13:30077', 'to=192.168.56.12:30077',
  'to=dns:nginx-service.default', 'to=dns:nginx-service.default:30080', 'to=dns:web-sts.default:80', 'to=dns:reports.default:80', 'to=dns:nope.default:80', 'to=dns:nginx-service.default?SRV',
  'to=dns:nginx-service.default?CNAME', 'to=dns:example.com:80', 'to=192.168.56.12:99999', 'to=http://a/', 'from=teapot&to=10.96.114.20:30080', 'from=pod:default/nobody&to=10.96.114.20:30080',
];

/** Filters, ways to draw, and errors in them. */
const LOOKS = [
  'zoom=75', 'zoom=50', 'by=node', 'problems=1', 'find=nginx&hide=type:NodePort', 'find=prot:80', 'find=ip:10.244.1', 'find=port:0', 'find=kind:ingress', 'find=type:Node', 'find=is:broken',
  'find=label:=x', 'find=ns:', 'hide=not', 'hide=%22a', 'find=nothing-has-this-name',
];

/** Adds objects that the scenario does not have: a path that is dropped on some Nodes, one that is ambiguous, and a Service without a slice. */
async function prepare(cluster) {
  const local = service({ name: 'local', ip: '10.96.7.7', type: 'NodePort', ports: [{ port: 80, targetPort: 80, nodePort: 30077, protocol: 'TCP' }] });
  local.spec.externalTrafficPolicy = 'Local';
  await cluster.create(local);
  await cluster.create(pod({ name: 'local', ip: '10.244.1.77', node: 'node1' }));
  await cluster.create(slice({ name: 'local-1', service: 'local', endpoints: [endpoint({ ip: '10.244.1.77', pod: 'local', node: 'node1' })] }));
  for (const [name, ip] of [['edge', '10.96.7.8'], ['twin', '10.96.7.9']]) {
    const own = service({ name, ip });
    own.spec.externalIPs = ['198.51.100.7'];
    await cluster.create(own);
    await cluster.create(slice({ name: `${name}-1`, service: name, endpoints: [endpoint({ ip: '10.244.1.77', pod: 'local', node: 'node1' })] }));
  }
  await cluster.create(service({ name: 'dead', ip: '10.96.7.1', selector: { app: 'dead' } }));
}

/** Goes to another query, and waits until it is drawn. */
async function drawn(page, query) {
  await go(page, query);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Checks the language of the page's texts each time it is called. */
function watched(page, language) {
  const wrong = new Map();
  const look = async (where) => {
    for (const line of await foreign(page, language, NAMES)) if (!wrong.has(line)) wrong.set(line, where);
  };
  return { look, found: () => [...wrong].map(([line, where]) => `${where}: ${line}`) };
}

const menu = (page, name) => page.locator(`details.${name}`);
const openMenu = async (page, name) => {
  await menu(page, name).locator('summary').click();
  await expect(menu(page, name)).toHaveAttribute('open', '');
};

test('an English run is found in a Chinese text, and a name or a term is none', () => {
  for (const [text, expected] of [
    ['连接被拒绝：nothing listens there', ['nothing listens there']],
    ['正在连接：已有 2 个 Pod，3 个 Service', []],
    ['Cluster IP 只在集群内有应答', []],
    ['没有权限 list 和 watch Pod', []],
    ['Service default/nginx-service', []],
    ['pods：在整个集群范围内禁止 jo 执行 list；grant it', ['grant it']],
    ['nginx-admin, NodePort, 30002 → 8080, REJECT, EndpointSlice 为空', []],
    ['“connection refused” or another', ['or another']],
  ]) expect(english(text, NAMES), text).toEqual(expected);
});

for (const language of LANGUAGES) {
  test.describe(`the page in ${language}`, () => {
    // Each test goes through dozens of states.
    test.slow();

    test('says nothing in the other language: selections, questions, filters, menus, details', async ({ page, kubehop, cluster, complaints }) => {
      test.setTimeout(300_000);
      // The server refuses a question without a name, too.
      complaints.allow(/status 4\d\d|Failed to load resource/);
      await prepare(cluster);
      const { look, found } = watched(page, language);
      const at = (query) => `lang=${language}${query && `&${query}`}`;
      await open(page, kubehop.url, at(''));
      await expect(socket(page, 'clusterIP 10.96.7.1')).toHaveCount(1);
      await look('overview');
      for (const query of [...SELECTIONS.map((select) => `select=${select}`), ...QUESTIONS]) {
        for (const view of ['', '&view=table']) {
          await drawn(page, at(query + view));
          await expect(view ? table(page) : picture(page)).toBeVisible();
          // The texts of the object that the server sends.
          if (!view && query.startsWith('select=')) await expect(page.locator('aside .manifest:not([hidden]), aside .crumb + .second').first()).toBeVisible();
          await look(query + view);
        }
      }
      for (const query of LOOKS) {
        await drawn(page, at(query));
        await look(query);
      }
      await go(page, at(''));
      // Menus, the help, the search, and the completions of From and To.
      for (const name of ['contexts', 'namespaces', 'filters', 'take']) {
        await openMenu(page, name);
        if (name === 'contexts') await expect(menu(page, name).getByRole('link')).toHaveCount(1);
        await look(name);
        await page.keyboard.press('Escape');
      }
      await page.keyboard.press('!');
      for (const order of [2, 1, 0]) {
        await page.locator('.problem-menu header button').nth(order).click();
        await expect(page.locator('.problem-menu .problem').first()).toBeVisible();
        await look(`problems, order ${order}`);
      }
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await look('help');
      await page.keyboard.press('Escape');
      for (const typed of ['nginx', 'nothing-has-this-name']) {
        await page.locator('.search input').fill(typed);
        await expect(page.locator('.search .found')).toBeVisible();
        await look(`search ${typed}`);
      }
      await page.keyboard.press('Escape');
      for (const [field, typed] of [['from', ''], ['from', 'web'], ['to', ''], ['to', 'nginx']]) {
        await page.locator(`input[name=${field}]`).fill(typed);
        await expect(page.locator(`#ask-${field} option`).first()).toBeAttached();
        await look(`${field} ${typed}`);
      }
      await page.keyboard.press('Escape');
      // The colours, a copied text, the whole manifest.
      for (let n = 0; n < 3; n += 1) {
        await page.locator('button.theme').click();
        await look('theme');
      }
      await go(page, at('select=nodePort:192.168.56.12:30001'));
      await expect(page.locator('aside .manifest .tools button').first()).toBeVisible();
      await page.locator('aside .manifest .tools button').first().click();
      await look('manifest');
      await page.locator('aside .actions > button').first().click();
      await look('copied');
      // A change, and a pause.
      await cluster.fill(NGINX.slice, NGINX.pods.map((one) => endpoint({ ...one, ready: true })));
      await expect(page.locator('aside .changes li').first()).toBeVisible();
      await look('changes');
      await page.keyboard.press('p');
      await look('paused');
      await cluster.remove('Service', 'dead');
      await expect(page.locator('.status')).toContainText('1');
      await look('paused with changes');
      await page.keyboard.press('p');
      expect(found()).toEqual([]);
    });

    test('says nothing in the other language where it holds some namespaces, or none that there are', async ({ page, kubehop }) => {
      const { look, found } = watched(page, language);
      for (const query of ['namespaces=kube-system&from=pod:default/web-0&to=10.96.114.20:30080', 'namespaces=default&to=192.168.56.12:30001', 'namespaces=nope', 'namespaces=default,kube-system']) {
        await open(page, kubehop.url, `lang=${language}&${query}`);
        if (query.includes('web-0')) await expect(page.locator('aside [role="status"] .verdict')).toBeVisible();
        await openMenu(page, 'namespaces');
        await look(query);
      }
      expect(found()).toEqual([]);
    });

    test('says nothing in the other language where Pods may not be seen, and while the connection is lost', async ({ browser, kubehop }, info) => {
      const limited = await Limited.of(kubehop, info);
      const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, locale: 'en-GB' });
      const page = await context.newPage();
      const { look, found } = watched(page, language);
      await open(page, limited.url, `lang=${language}`);
      await expect(page.locator('aside pre', { hasText: 'apiGroups' })).toBeVisible();
      await look('forbidden');
      await drawn(page, `lang=${language}&select=nodePort:192.168.56.12:30001`);
      await look('forbidden, selected');
      limited.cut();
      await expect(picture(page)).toHaveAttribute('data-status', 'stale', { timeout: 20_000 });
      await expect(page.getByRole('alert')).toContainText('127.0.0.1');
      await look('cluster lost');
      await limited.stop();
      await expect(page.locator('.status')).not.toHaveText('');
      await expect.poll(() => page.locator('.banner p').textContent(), { timeout: 20_000 }).toMatch(/does not answer|没有应答/);
      await look('server lost');
      await context.close();
      expect(found()).toEqual([]);
    });

    test('says nothing in the other language without JavaScript, in a picture of its own, and in an error', async ({ browser, kubehop }) => {
      const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
      const page = await context.newPage();
      const wrong = [];
      // Scripts do not run there, so the page's source is read.
      const written = (html) => [...html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').matchAll(/(?:aria-label|title|placeholder)="([^"]*)"|>([^<]+)</g)].map(([, value, text]) => (value ?? text).trim()).filter(Boolean);
      for (const query of ['', 'select=nodePort:192.168.56.12:30001', 'view=table&select=nodePort:192.168.56.12:30001', 'by=node', 'zoom=50']) {
        const html = await (await fetch(`${kubehop.url}/?lang=${language}&${query}`)).text();
        wrong.push(...foreignTexts(written(html.replace(/<a [^>]*bar-button language[\s\S]*?<\/a>/, '').replace(/<ul class="examples">[\s\S]*?<\/ul>/, '').replace(/<code>[\s\S]*?<\/code>/g, '')), language, NAMES));
        const svg = await (await fetch(`${kubehop.url}/graph.svg?lang=${language}&${query}`)).text();
        wrong.push(...foreignTexts(written(svg), language, NAMES));
      }
      for (const path of ['/api/v1/nope', '/api/v1/history', '/api/v1/trace?output=yaml&from=node:node1&to=1.2.3.4:80', '/graph.svg?select=teapot', '/graph.svg?find=prot:80', '/?context=nope', '/api/v1/object?kind=Pod&namespace=default&name=nobody']) {
        const answer = await fetch(`${kubehop.url}${path}`, { headers: { 'accept-language': language } });
        expect.soft(answer.status, path).toBeGreaterThanOrEqual(400);
        const { detail } = await (path.startsWith('/graph.svg') ? await fetch(`${kubehop.url}${path}&lang=${language}`) : answer).json();
        wrong.push(...foreignTexts([detail], language, NAMES));
      }
      await page.goto(`${kubehop.url}/?lang=${language}`);
      wrong.push(...foreignTexts([await page.locator('noscript, .still').first().textContent()], language, NAMES));
      await context.close();
      expect(wrong).toEqual([]);
    });

    test('says nothing in the other language where its cluster is empty', async ({ page, kubehop, cluster }) => {
      const { look, found } = watched(page, language);
      for (const name of ['nginx-service', 'nginx-admin', 'web-sts', 'reports', 'mysql-production']) await cluster.remove('Service', name);
      await open(page, kubehop.url, `lang=${language}`);
      await look('few');
      await drawn(page, `lang=${language}&view=table`);
      await expect(table(page)).toBeVisible();
      await look('few, as a table');
      expect(found()).toEqual([]);
    });
  });
}

test.describe('a big cluster', () => {
  test.use({ sandbox: 'scale:20,2600,40,0' });
  test.slow();
  for (const language of LANGUAGES) {
    test(`says nothing in the other language, ${language}`, async ({ page, kubehop }) => {
      const rows = async () => (await (await fetch(`${kubehop.url}/api/v1/snapshot?overview=true`)).json()).rows;
      await expect.poll(async () => (await rows()).some(({ kind, counts }) => kind === 'Namespace' && counts), { timeout: 30_000 }).toBe(true);
      const { look, found } = watched(page, language);
      for (const query of ['', 'find=nginx', 'view=table']) {
        await page.goto(`${kubehop.url}/?lang=${language}&${query}`);
        await expect(page.locator('.status')).toHaveText(/Live|实时/, { timeout: 20_000 });
        await look(`overview ${query}`);
      }
      const name = (await rows()).find(({ kind, counts }) => kind === 'Namespace' && counts?.services).name;
      await page.goto(`${kubehop.url}/?lang=${language}&namespaces=${name}&view=table`);
      await expect(table(page)).toBeVisible();
      await look('a namespace');
      expect((await texts(page, ['script'])).length).toBeGreaterThan(50);
      expect(found()).toEqual([]);
    });
  }
});
