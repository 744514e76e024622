// The top bar: contexts, namespaces, view, language, colours, help, and the pause.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../lib/test.mjs';
import { endpoint, service } from '../lib/cluster.mjs';
import { NGINX } from '../lib/scenario.mjs';
import { live, open, picture, select, selected, seq, socket } from '../lib/picture.mjs';

const top = (page) => page.locator('header.top');
const menu = (page, name) => top(page).locator(`details.${name}`);
const openMenu = async (page, name) => {
  await menu(page, name).locator('summary').click();
  await expect(menu(page, name)).toHaveAttribute('open', '');
};
const param = (page, name) => new URL(page.url()).searchParams.get(name);
const tick = (page, name) => menu(page, 'namespaces').getByRole('checkbox', { name, exact: true });
const status = (page) => page.locator('.status');
const theme = (page) => page.locator('html').getAttribute('data-theme');

test('the menu of contexts lists them with their states, and choosing one keeps language and view', async ({ live: page, context, kubehop }) => {
  await expect(top(page).locator('[data-view=context]')).toHaveText('sandbox');
  await openMenu(page, 'contexts');
  const link = menu(page, 'contexts').getByRole('link', { name: /^sandbox/ });
  await expect(link).toHaveText(/sandbox\s*live/);
  await expect(link).toHaveAttribute('aria-current', 'page');

  await page.goto(`${kubehop.url}/?lang=zh&view=graph&namespaces=default&select=port:10.96.114.20:30080`);
  await live(page);
  await openMenu(page, 'contexts');
  // The link opens another tab, and this one does not change.
  const [other] = await Promise.all([context.waitForEvent('page'), menu(page, 'contexts').getByRole('link').click({ modifiers: ['ControlOrMeta'] })]);
  await live(other);
  expect(Object.fromEntries(new URL(other.url()).searchParams)).toEqual({ context: 'sandbox', lang: 'zh', view: 'graph' });
  expect(selected(page)).toBe('port:10.96.114.20:30080');
  await other.close();
});

test('namespaces are chosen by ticks, one step of Back each', async ({ live: page }) => {
  const shown = top(page).locator('[data-view=namespaces]');
  await expect(shown).toHaveText('all');
  await openMenu(page, 'namespaces');
  await expect(tick(page, 'all')).toBeChecked();
  await tick(page, 'all').click();
  await expect(tick(page, 'all'), 'all is unticked by choosing one').toBeChecked();

  await tick(page, 'kube-system').click();
  await expect(socket(page, 'clusterIP 10.96.114.20')).toHaveCount(0);
  await expect(socket(page, 'clusterIP 10.96.0.10')).toHaveCount(1);
  expect(param(page, 'namespaces')).toBe('kube-system');
  await expect(tick(page, 'all')).not.toBeChecked();
  await tick(page, 'default').click();
  expect(param(page, 'namespaces')).toBe('default,kube-system');
  await expect(shown).toHaveText('default, kube-system');
  await tick(page, 'all').click();
  expect(param(page, 'namespaces')).toBe(null);
  await expect(tick(page, 'default')).not.toBeChecked();

  await page.goBack();
  await expect(shown).toHaveText('default, kube-system');
  await page.goBack();
  await expect(shown).toHaveText('kube-system');
  await page.goBack();
  await expect(shown).toHaveText('all');
  await live(page);
});

test('a namespace that is none is said to be none, and can be given up', async ({ page, kubehop }) => {
  await open(page, kubehop.url, 'namespaces=nope,default');
  await openMenu(page, 'namespaces');
  const lines = menu(page, 'namespaces').locator('li');
  // The chosen namespace is first, and stays there while the menu is open.
  await expect(lines).toHaveText(['all', 'default', 'nopenot in this cluster', 'kube-system']);
  await menu(page, 'namespaces').getByText('nope', { exact: true }).click();
  expect(param(page, 'namespaces')).toBe('default');
  await expect(lines).toHaveText(['all', 'default', 'nopenot in this cluster', 'kube-system']);
  await page.keyboard.press('Escape');
  await openMenu(page, 'namespaces');
  await expect(lines).toHaveText(['all', 'default', 'kube-system']);
});

test('many namespaces are filtered by what is typed', async ({ live: page, cluster }) => {
  for (let n = 0; n < 12; n += 1) await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `team-${n}` } });
  await cluster.create(service({ name: 'own', ip: '10.96.8.8', namespace: 'team-7' }));
  await expect(socket(page, 'clusterIP 10.96.8.8')).toHaveCount(1);
  await openMenu(page, 'namespaces');
  await page.getByRole('searchbox', { name: 'Filter the namespaces' }).fill('m-7');
  await expect(menu(page, 'namespaces').getByRole('checkbox')).toHaveCount(2);
  await tick(page, 'team-7').click();
  await expect(picture(page).locator('[data-socket=clusterIP]')).toHaveCount(1);
  for (const name of ['team-1', 'team-2', 'team-3']) {
    await page.getByRole('searchbox').fill(name);
    await tick(page, name).click();
  }
  await expect(top(page).locator('[data-view=namespaces]')).toHaveText(/^4 of 1\d$/);
});

test('a menu closes by Escape, which gives the focus back and clears nothing, and when something else is used', async ({ live: page }) => {
  await select(page, 'nodePort 192.168.56.12:30001');
  for (const name of ['contexts', 'namespaces']) {
    await menu(page, name).locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(menu(page, name)).toHaveAttribute('open', '');
    await expect(menu(page, name).locator('li').first()).toBeVisible();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await expect(menu(page, name)).not.toHaveAttribute('open');
    await expect(menu(page, name).locator('summary')).toBeFocused();
    expect(selected(page)).toBe('nodePort:192.168.56.12:30001');
  }
  await openMenu(page, 'contexts');
  await openMenu(page, 'namespaces');
  await expect(menu(page, 'contexts')).not.toHaveAttribute('open');
  await page.locator('aside.side').click();
  await expect(menu(page, 'namespaces')).not.toHaveAttribute('open');
});

test('graph and table are chosen by button and key and stand in the URL; a narrow window begins with the table', async ({ live: page, kubehop }) => {
  const button = (name) => page.getByRole('group', { name: 'View' }).getByRole('button', { name });
  const pressed = async (graph) => {
    await expect(button('Graph')).toHaveAttribute('aria-pressed', String(graph));
    await expect(button('Table')).toHaveAttribute('aria-pressed', String(!graph));
  };
  await pressed(true);
  await button('Table').click();
  await pressed(false);
  expect(param(page, 'view')).toBe('table');
  await page.keyboard.press('g');
  await pressed(true);
  expect(param(page, 'view')).toBe(null);
  await page.keyboard.press('t');
  await pressed(false);
  await page.goBack();
  await pressed(true);

  await page.setViewportSize({ width: 390, height: 844 });
  await pressed(false);
  await button('Graph').click();
  await pressed(true);
  expect(param(page, 'view')).toBe('graph');
  await page.goto(kubehop.url);
  await expect(button('Table')).toHaveAttribute('aria-pressed', 'true');
});

test.describe('colours', () => {
  test('a choice is kept, and stands before any style does', async ({ page, kubehop }) => {
    // The state of the root element when the first style is loaded, and when the body begins.
    await page.addInitScript(() => {
      window.seen = [];
      new MutationObserver(() => {
        const { theme } = document.documentElement.dataset;
        if (document.querySelector('link[rel=stylesheet]') && !window.seen.length) window.seen.push(theme);
        if (document.body && window.seen.length === 1) window.seen.push(theme, getComputedStyle(document.documentElement).colorScheme);
      }).observe(document, { childList: true, subtree: true });
    });
    await open(page, kubehop.url);
    expect(await theme(page)).toBe(null);
    const button = top(page).getByRole('button', { name: /^Theme/ });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    for (const [name, value] of [['Theme: light', 'light'], ['Theme: dark', 'dark']]) {
      await button.click();
      await expect(button).toHaveAccessibleName(name);
      expect(await theme(page)).toBe(value);
    }
    expect(await background()).not.toBe(light);
    await expect(button.locator('svg:visible')).toHaveCount(1);

    await page.reload();
    await live(page);
    expect((await page.evaluate(() => window.seen)).slice(0, 2)).toEqual(['dark', 'dark']);
    await expect(button).toHaveAccessibleName('Theme: dark');
    await button.click();
    await expect(button).toHaveAccessibleName('Theme: as the system');
    await page.reload();
    expect(await theme(page)).toBe(null);
  });
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('a browser that prefers it gets it, from the first response on, and the link switches', async ({ page, kubehop }) => {
    const html = await (await fetch(kubehop.url, { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } })).text();
    expect(html).toMatch(/<html[^>]* lang="zh-Hans"/);
    expect(html).toContain('立即拒绝');
    await open(page, kubehop.url);
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
    await expect(status(page)).toHaveText('实时');
    await expect(socket(page, 'endpoint 10.244.3.9:80')).toContainText('未就绪');
    await select(page, 'nodePort 192.168.56.12:30002');
    await expect(page.locator('aside .verdict')).toContainText('REJECT：立即拒绝');
    await expect(page.locator('aside .verdict'), 'the reason is a Chinese sentence').toContainText('Service default/nginx-admin 的这个端口没有可用的端点');
    await expect(page.locator('aside .verdict [lang=en]')).toHaveCount(0);

    await top(page).getByRole('link', { name: '中文 / EN' }).click();
    await live(page);
    expect(param(page, 'lang')).toBe('en');
    expect(selected(page)).toBe('nodePort:192.168.56.12:30002');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(status(page)).toHaveText('Live');
    await expect(page.locator('aside .verdict')).toContainText('refused at once');
  });
});

test('the URL says the language, whatever the browser prefers, and a title follows what is asked', async ({ page, kubehop }) => {
  for (const [lang, tag] of [['zh', 'zh-Hans'], ['zh-CN', 'zh-Hans'], ['en', 'en'], ['tlh', 'en']]) {
    expect.soft(await (await fetch(`${kubehop.url}/?lang=${lang}`)).text(), lang).toMatch(new RegExp(`<html[^>]* lang="${tag}"`));
  }
  const link = 'lang=zh&select=nodePort:192.168.56.12:30001';
  expect(await (await fetch(`${kubehop.url}/?${link}`)).text()).toContain('<title>192.168.56.12:30001 · sandbox · kubehop</title>');
  await open(page, kubehop.url, link);
  await expect(page).toHaveTitle('192.168.56.12:30001 · sandbox · kubehop');
  await page.keyboard.press('Escape');
  await expect(page).toHaveTitle('sandbox · kubehop');
  await top(page).getByRole('link', { name: '中文 / EN' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('the help opens by key and button and gives the focus back', async ({ live: page }) => {
  await select(page, 'nodePort 192.168.56.12:30001');
  const help = page.getByRole('dialog', { name: 'Keys and signs' });
  const places = [[socket(page, 'port 10.96.114.20:30080'), '?'], [top(page).getByRole('button', { name: 'Help' }), 'Enter']];
  for (const [from, key] of places) {
    await from.focus();
    await page.keyboard.press(key);
    await expect(help).toBeVisible();
    await expect(help).toContainText('pause the picture');
    await expect(help).toContainText('one line of an EndpointSlice');
    // The picture's keys are inactive while the help is open.
    await page.keyboard.press('p');
    await page.keyboard.press('t');
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await expect(from).toBeFocused();
    expect(selected(page)).toBe('nodePort:192.168.56.12:30001');
    expect(param(page, 'view')).toBe(null);
    await expect(status(page)).toHaveText('Live');
  }
  // Text that is typed into a field is not a key command.
  await page.locator('input[name=to]').fill('');
  await page.locator('input[name=to]').pressSequentially('?p');
  await expect(help).toBeHidden();
  await expect(status(page)).toHaveText('Live');
});

test.describe('a pause', () => {
  const flip = (cluster, ready) => cluster.fill(NGINX.slice, NGINX.pods.map((one) => endpoint({ ...one, ready })));

  test('keeps the picture as it is, counts what changes, and its end shows it', async ({ live: page, cluster }) => {
    await page.keyboard.press('p');
    await expect(picture(page)).toHaveAttribute('data-status', 'paused');
    await expect(status(page)).toHaveText('Paused');
    const before = await seq(page);
    await cluster.create(service({ name: 'waits', ip: '10.96.9.9' }));
    await expect(status(page)).toHaveText('Paused, 1 change waiting');
    await cluster.remove('Service', 'reports');
    await expect(status(page)).toHaveText('Paused, 2 changes waiting');
    await expect(socket(page, 'clusterIP 10.96.9.9')).toHaveCount(0);
    await expect(socket(page, 'dns reports.default.svc')).toHaveCount(1);
    expect(await seq(page)).toBe(before);
    // The paused picture can be used: a path is lit in it.
    await select(page, 'nodePort 192.168.56.12:30001');

    await top(page).getByRole('button', { name: 'Resume' }).click();
    await expect(status(page)).toHaveText('Live');
    await expect(socket(page, 'clusterIP 10.96.9.9')).toHaveCount(1);
    await expect(socket(page, 'dns reports.default.svc')).toHaveCount(0);
    expect(await seq(page)).toBeGreaterThan(before);
    // From here on it is live.
    await cluster.remove('Service', 'waits');
    await expect(socket(page, 'clusterIP 10.96.9.9')).toHaveCount(0);
  });

  test('holds through a choice of namespaces, of which it shows the moment', async ({ live: page, cluster }) => {
    await top(page).getByRole('button', { name: 'Pause' }).click();
    await openMenu(page, 'namespaces');
    await tick(page, 'default').click();
    await expect(socket(page, 'clusterIP 10.96.0.10')).toHaveCount(0);
    await expect(status(page)).toHaveText('Paused');
    await flip(cluster, true);
    await expect(status(page)).toHaveText(/Paused, \d changes? waiting/);
    await expect(socket(page, 'endpoint 10.244.3.9:80')).toHaveAttribute('data-state', 'not-ready');
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    await expect(socket(page, 'endpoint 10.244.3.9:80')).toHaveAttribute('data-state', '');
  });
});

for (const lang of ['en', 'zh']) {
  for (const scheme of ['light', 'dark']) {
    test(`axe finds nothing serious in open menus and the help, ${lang}, ${scheme}`, async ({ page, kubehop }) => {
      test.slow();
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await open(page, kubehop.url, `lang=${lang}&namespaces=default,nope`);
      const check = async (what) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
        expect.soft(serious.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`)), what).toEqual([]);
      };
      for (const name of ['contexts', 'namespaces']) {
        await openMenu(page, name);
        await expect(menu(page, name).locator('li').first()).toBeVisible();
        await check(name);
        await page.keyboard.press('Escape');
      }
      await page.keyboard.press('p');
      await page.keyboard.press('?');
      await check('help');
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 390, height: 844 });
      await menu(page, 'contexts').locator('summary').focus();
      await top(page).locator('.more summary').click();
      await check('phone');
    });
  }
}

test('every control of the bar is reached by the keyboard, in order, and has a name', async ({ live: page }) => {
  const passed = [];
  await page.evaluate(() => document.activeElement?.blur());
  for (let n = 0; n < 15; n += 1) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => Boolean(document.activeElement?.closest('header.top')));
    if (!inside) break;
    passed.push(await page.locator(':focus').evaluate((element) => element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent));
  }
  expect(passed).toEqual(['Contextsandbox', 'Namespacesall', 'Search names, addresses, ports and labels', 'Filter', 'From', 'To', 'Trace', 'Graph', 'Table', '1 error, 1 warning11problems', 'Pause', 'EN/中文', 'Theme: as the system', 'Help']);
});

for (const width of [1600, 1280, 1100, 900, 390]) {
  for (const lang of ['en', 'zh']) {
    test(`nothing of the bar is cut off at ${width} px, ${lang}`, async ({ page, kubehop }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${kubehop.url}/?lang=${lang}&namespaces=default,kube-system`);
      // A phone shows the table.
      await expect(page.locator('main[data-view], main > [data-status], main [data-status]').first()).toBeVisible();
      await expect(page.locator('main [data-status="live"]').first()).toBeVisible({ timeout: 20_000 });
      if (width < 720) await top(page).locator('.more summary').click();
      const wrong = await top(page).evaluate((bar) => {
        const shown = [...bar.children].filter((one) => one.getClientRects().length && !one.matches('.spring'));
        const boxes = shown.map((one) => [one.className, one.getBoundingClientRect()]);
        const out = boxes.filter(([, box]) => box.left < 0 || box.right > innerWidth || box.bottom > bar.getBoundingClientRect().bottom + 1);
        const crossed = boxes.flatMap(([name, a]) => boxes.filter(([other, b]) => other !== name && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(([other]) => `${name} over ${other}`));
        const cut = [...bar.querySelectorAll('button, .language, .status span')].filter((one) => one.getClientRects().length && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1).map((one) => `cut: ${one.textContent}`);
        return [...out.map(([name]) => `out: ${name}`), ...crossed, ...cut];
      });
      expect(wrong).toEqual([]);
    });
  }
}

test('at 200 % picture and panel are both usable', async ({ page, kubehop }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await page.goto(`${kubehop.url}/?view=graph&select=nodePort:192.168.56.12:30002`);
  await expect(page.locator('main > svg[data-status]')).toHaveAttribute('data-status', 'live', { timeout: 20_000 });
  for (const part of ['main.canvas', 'aside.side']) expect((await page.locator(part).boundingBox()).height, part).toBeGreaterThanOrEqual(320);
  await page.locator('aside.side .verdict').scrollIntoViewIfNeeded();
  await expect(page.locator('aside.side .verdict')).toBeInViewport();
});
