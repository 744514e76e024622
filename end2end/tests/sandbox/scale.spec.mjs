// A cluster that is too big to be shown as a whole: an overview of namespaces, and the namespaces that are opened; many Services in
// lines.
import { expect, test } from '../lib/test.mjs';
import { group, groups, live, open, param, picture, select, selected, seq, zoomOf } from '../lib/picture.mjs';

/** Maximum number of elements for the part in view: the picture of a whole namespace of 60 Services has some 20,000. */
const MAX_ELEMENTS_IN_VIEW = 6000;

const heads = (page) => picture(page).locator('[data-namespace]');
const head = (page, name) => picture(page).locator(`[data-namespace="${name}"]`);
const elements = (page) => page.evaluate(() => document.querySelectorAll('*').length);
const list = async ({ api }, path) => (await (await fetch(`${api}${path}`)).json()).items;

/** The namespaces with their objects, from the API server's lists. */
async function counted(kubehop) {
  const [services, pods] = await Promise.all(['/api/v1/services', '/api/v1/pods'].map((path) => list(kubehop, path)));
  const count = (all, name) => all.filter(({ metadata }) => metadata.namespace === name).length;
  const names = [...new Set([...services, ...pods].map(({ metadata }) => metadata.namespace))].sort();
  return names.map((name) => [name, `${count(services, name)} Services, ${count(pods, name)} Pods`]);
}

/** The contents of the headings: name, counts, and the numbers of errors and warnings. */
const headings = (page) => heads(page).evaluateAll((all) => all.map((one) => [
  one.dataset.namespace, one.querySelector('.role').textContent, one.querySelector('.t-bad')?.textContent ?? '0', one.querySelector('.t-warn')?.textContent ?? '0',
]));

test.describe('3,000 Pods in which things happen', () => {
  test.use({ sandbox: 'scale:50,3000,300' });
  test.slow();

  /** Opens the page once the server knows that the cluster is big. */
  async function overview(page, kubehop, query = '') {
    const rows = async () => (await (await fetch(`${kubehop.url}/api/v1/snapshot?overview=true`)).json()).rows;
    await expect.poll(async () => (await rows()).some(({ kind, counts }) => kind === 'Namespace' && counts), { timeout: 30_000 }).toBe(true);
    await open(page, kubehop.url, query);
  }

  test('open as headings with counts and problems, and no row of a Pod is held', async ({ page, kubehop }) => {
    const asked = [];
    page.on('response', (response) => {
      if (new URL(response.url()).pathname === '/api/v1/snapshot') asked.push(response);
    });
    await overview(page, kubehop);
    expect(asked.map((response) => new URL(response.url()).searchParams.get('overview'))).toEqual(['true']);
    const { rows } = await asked[0].json();
    expect([...new Set(rows.map(({ kind }) => kind))].sort()).toEqual(['Namespace', 'Node', 'ServiceCIDR']);

    // Pods are replaced meanwhile: both sides are read until they agree.
    await expect(async () => {
      const wanted = await counted(kubehop);
      expect(wanted.length).toBeGreaterThan(2);
      expect((await headings(page)).map(([name, counts]) => [name, counts])).toEqual(wanted);
    }).toPass();
    const figures = await headings(page);
    expect(figures.map(([, , errors]) => Number(errors)).reduce((a, b) => a + b), 'errors').toBeGreaterThan(0);
    expect(figures.map(([, , , warnings]) => Number(warnings)).reduce((a, b) => a + b), 'warnings').toBeGreaterThan(0);
    await expect(picture(page).locator('[data-group]')).toHaveCount(0);
    for (const one of await heads(page).all()) await expect(one).toHaveAttribute('aria-expanded', 'false');
    await expect(picture(page).locator('.nodes')).toContainText('50 Nodes');
    expect(await elements(page)).toBeLessThan(MAX_ELEMENTS_IN_VIEW);
  });

  test('go on being counted', async ({ page, kubehop }) => {
    await overview(page, kubehop);
    const before = [await headings(page), await seq(page)];
    await expect.poll(() => headings(page), { timeout: 45_000 }).not.toEqual(before[0]);
    expect(await seq(page)).toBeGreaterThan(before[1]);
    expect((await headings(page)).map(([name]) => name), 'nothing comes or goes').toEqual(before[0].map(([name]) => name));
  });

  test('are opened namespace by namespace, by click and Enter, and closed by Back', async ({ page, kubehop }) => {
    await overview(page, kubehop);
    const names = (await headings(page)).map(([name]) => name);
    const [first, second] = names;
    const own = async (name) => (await list(kubehop, `/api/v1/namespaces/${name}/services`)).map(({ metadata }) => `service/${name}/${metadata.name}`).sort();

    await head(page, first).click();
    await expect.poll(() => param(page, 'namespaces')).toBe(first);
    await expect(head(page, first)).toHaveAttribute('aria-expanded', 'true');
    await expect(group(page, (await own(first))[0])).toHaveCount(1);
    expect((await groups(page)).filter((key) => !key.includes(`/${first}/`))).toEqual([]);
    await expect(page.locator('[data-view="namespaces"]')).toHaveText(first);
    await live(page);
    const before = await seq(page);
    await expect.poll(() => seq(page), { timeout: 30_000 }).toBeGreaterThan(before);
    expect(await elements(page)).toBeLessThan(MAX_ELEMENTS_IN_VIEW);

    await head(page, second).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => param(page, 'namespaces')).toBe(`${first},${second}`);
    await expect(head(page, second)).toHaveAttribute('aria-expanded', 'true');
    await page.locator('main.canvas').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await expect(head(page, names.at(-1))).toBeInViewport();
    await expect(head(page, names.at(-1))).toHaveAttribute('aria-expanded', 'false');
    expect(await elements(page)).toBeLessThan(MAX_ELEMENTS_IN_VIEW);

    await page.locator('main.canvas').evaluate((main) => main.scrollTo(0, 0));
    await page.goBack();
    await expect.poll(() => param(page, 'namespaces')).toBe(first);
    await expect(head(page, second)).toHaveAttribute('aria-expanded', 'false');
    await page.goBack();
    await expect.poll(() => param(page, 'namespaces')).toBe(null);
    await expect(picture(page).locator('[data-group]')).toHaveCount(0);
    await expect.poll(async () => (await headings(page)).map(([name]) => name)).toEqual(names);
  });

  test('closing what is scrolled through by Back shows the overview, not an empty canvas', async ({ page, kubehop }) => {
    await overview(page, kubehop);
    const names = (await headings(page)).map(([name]) => name);
    await head(page, names[0]).click();
    await expect.poll(async () => (await groups(page)).length).toBeGreaterThan(10);
    await page.locator('main.canvas').evaluate((main) => main.scrollTo(0, main.scrollHeight));
    await expect(head(page, names.at(-1))).toBeInViewport();
    await page.goBack();
    await expect.poll(() => param(page, 'namespaces')).toBe(null);
    await expect(head(page, names[0])).toHaveAttribute('aria-expanded', 'false');
    await expect(head(page, names[0])).toBeInViewport();
  });

  test('at 100 % hold what is in view only, however far is scrolled', async ({ page, kubehop }) => {
    await overview(page, kubehop);
    const [[name]] = await headings(page);
    await open(page, kubehop.url, `namespaces=${name}&zoom=100`);
    const wanted = (await list(kubehop, `/api/v1/namespaces/${name}/services`)).map(({ metadata }) => metadata.name).sort();
    const seen = new Set();
    for (;;) {
      (await groups(page)).forEach((key) => seen.add(key));
      expect(await elements(page)).toBeLessThan(MAX_ELEMENTS_IN_VIEW);
      const more = await page.locator('main.canvas').evaluate((main) => {
        const before = main.scrollTop;
        main.scrollBy(0, main.clientHeight);
        return main.scrollTop > before;
      });
      if (!more) break;
      // Groups that came into view are drawn within a frame or two.
      await expect.poll(() => page.locator('main.canvas').evaluate((main) => {
        const { top, bottom } = main.getBoundingClientRect();
        const middle = (top + bottom) / 2;
        return [...main.querySelectorAll('[data-group], [data-namespace]')].some((one) => {
          const area = one.getBoundingClientRect();
          return area.top < middle + 100 && area.bottom > middle - 100;
        });
      })).toBe(true);
    }
    expect([...seen].filter((key) => key.startsWith('service/')).map((key) => key.split('/')[2]).sort()).toEqual(wanted);
  });

  test('are searched as a whole: what is found in a namespace that is not open opens it', async ({ page, kubehop }) => {
    await overview(page, kubehop);
    const names = (await headings(page)).map(([name]) => name);
    const services = await list(kubehop, `/api/v1/namespaces/${names.at(-1)}/services`);
    const one = services.find(({ spec }) => spec.clusterIP && spec.clusterIP !== 'None');
    await page.keyboard.press('/');
    await page.keyboard.type(one.spec.clusterIP);
    await expect(page.getByRole('option').first()).toContainText(one.spec.clusterIP);
    await page.keyboard.press('Enter');
    await expect.poll(() => param(page, 'namespaces')).toBe(names.at(-1));
    await expect.poll(() => selected(page)).toMatch(new RegExp(`^clusterIP:${one.spec.clusterIP}(@|$)`));
    const found = picture(page).locator(`[data-socket="clusterIP"][data-address="${one.spec.clusterIP}"]`);
    await expect(found).toHaveAttribute('data-state', /\bselected\b/);
    await expect(found).toBeInViewport();
  });
});

test.describe('60 Services', () => {
  test.use({ sandbox: 'scale:20,400,60,0' });

  test('open at 50 %, each in one line and in the order of their names', async ({ page, kubehop }) => {
    await open(page, kubehop.url);
    expect(await zoomOf(page)).toBe(50);
    const wanted = (await list(kubehop, '/api/v1/services')).map(({ metadata }) => `service/${metadata.namespace}/${metadata.name}`).sort();
    expect(wanted).toHaveLength(60);
    expect((await groups(page)).filter((key) => key.startsWith('service/'))).toEqual(wanted);
    await expect(picture(page).locator('[data-group] rect.row')).toHaveCount((await groups(page)).length);
    const heights = await picture(page).locator('[data-group] rect.row').evaluateAll((all) => [...new Set(all.map((one) => one.getBoundingClientRect().height))]);
    expect(heights).toEqual([20]);
    await expect(picture(page).locator('.nodes')).toContainText('20 Nodes');
  });

  test('open as their URL says', async ({ page, kubehop }) => {
    await open(page, kubehop.url, 'zoom=100');
    expect(await zoomOf(page)).toBe(100);
    await expect(picture(page).locator('[data-group] rect.row')).toHaveCount(0);
    await expect(picture(page).locator('[data-socket="clusterIP"]').first()).toBeVisible();
  });

  test('keep words apart and readable in their lines', async ({ page, kubehop }) => {
    await open(page, kubehop.url);
    const wrong = await picture(page).locator('[data-group]').evaluateAll((all) => all.flatMap((group) => {
      const texts = [...group.querySelectorAll('text')].filter((one) => one.textContent.trim());
      const boxes = texts.map((one) => ({ words: one.textContent, box: one.getBoundingClientRect(), px: parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().d }));
      boxes.sort((a, b) => a.box.left - b.box.left);
      const over = boxes.slice(1).flatMap(({ words, box }, n) => (box.left < boxes[n].box.right - 1 ? [`"${boxes[n].words}" runs into "${words}"`] : []));
      return [...over, ...boxes.filter(({ px }) => px < 10.99).map(({ words, px }) => `"${words}" is ${px} px high`)];
    }));
    expect(wrong).toEqual([]);
  });

  test('say in figures and words what is wrong, as many as the filter of problems finds', async ({ page, kubehop }) => {
    await open(page, kubehop.url);
    const marked = picture(page).locator('[data-group^="service/"]:has(rect.row.bad, rect.row.warn)');
    const names = await marked.evaluateAll((all) => all.map(({ dataset }) => dataset.group));
    expect(names.length).toBeGreaterThan(0);
    for (const one of await marked.all()) await expect.soft(one).toContainText(/REJECT|DROP|not ready|no address|terminating/);
    await open(page, kubehop.url, 'problems=1');
    expect((await groups(page)).filter((key) => key.startsWith('service/'))).toEqual(names);
    await expect(page.locator('.chips [role="status"]')).toHaveText(`Showing ${names.length} of 60 Services`);
  });

  test('fold large groups at 100 % into counts that a click opens', async ({ page, kubehop }) => {
    const slices = await list(kubehop, '/apis/discovery.k8s.io/v1/endpointslices');
    const { metadata, endpoints } = slices.find(({ endpoints }) => endpoints.length > 10);
    const name = metadata.labels['kubernetes.io/service-name'];
    const ready = endpoints.filter(({ conditions }) => conditions.ready).length;
    const key = `service/${metadata.namespace}/${name}`;
    await open(page, kubehop.url, `zoom=100&find=${encodeURIComponent(`name:${name}`)}`);
    const stack = group(page, key).locator('[data-fold]', { hasText: 'endpoints' });
    await expect(stack).toContainText(`${endpoints.length} endpoints`);
    await expect(stack).toContainText(`${ready}/${endpoints.length} ready`);
    await expect(group(page, key).locator('[data-socket="endpoint"]')).toHaveCount(0);
    await stack.click();
    await expect(group(page, key).locator('[data-socket="endpoint"]')).toHaveCount(endpoints.length);
  });

  test('a line that is selected opens where it stands', async ({ page, kubehop }) => {
    await open(page, kubehop.url);
    const { key, address, top } = await tenth(page);
    const before = await top();
    await select(page, `port ${address}`);
    await expect(group(page, key).locator('rect.row')).toHaveCount(0);
    // A name is above the card: the group begins that much lower.
    expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(24);
  });

  test('selecting a line and clearing it, again and again, adds up to no drift', async ({ page, kubehop }) => {
    await open(page, kubehop.url);
    const { key, address, top } = await tenth(page);
    const before = await top();
    for (let n = 0; n < 3; n += 1) {
      await select(page, `port ${address}`);
      await expect(group(page, key).locator('rect.row')).toHaveCount(0);
      await page.keyboard.press('Escape');
      await expect(group(page, key).locator('rect.row')).toHaveCount(1);
      expect.soft(await top(), `time ${n + 1}`).toBe(before);
    }
  });

  /** The tenth line of a Service with a port, and its position. */
  async function tenth(page) {
    const line = picture(page).locator('[data-group^="service/"] [data-socket="port"]').nth(10);
    const key = await line.evaluate((one) => one.closest('[data-group]').dataset.group);
    const address = await line.getAttribute('data-address');
    const top = () => group(page, key).evaluate((cards) => cards.closest('g.group').getScreenCTM().f);
    return { key, address, top };
  }
});
