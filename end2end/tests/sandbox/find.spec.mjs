// Finding: the search behind `/`, and the filters by the keyboard alone.
import { expect, test } from '../lib/test.mjs';
import { serious } from '../lib/axe.mjs';
import { service } from '../lib/cluster.mjs';
import { field, options, panel, openPanel, of } from '../lib/find.mjs';
import { NGINX } from '../lib/scenario.mjs';
import { group, groups, open, param, picture, selected, socket, zoomOf } from '../lib/picture.mjs';

test.describe('the search', () => {
  /** The typed text, the first results in their order (address or name, and the object), and the selection by Enter. */
  const SEARCHES = [
    ['10.244.1.5', [['10.244.1.5', 'Pod default/nginx-6d4cf56db6-4kq8v'], ['10.244.1.5:80', 'EndpointSlice default/nginx-service-7xk2f']], 'podIP 10.244.1.5'],
    ['30001', [['192.168.56.11:30001', 'Service default/nginx-service']], 'nodePort 192.168.56.11:30001'],
    ['192.168.56.12:30002', [['192.168.56.12:30002', 'Service default/nginx-admin']], 'nodePort 192.168.56.12:30002'],
    ['nginx', [['nginx-admin', 'Service default/nginx-admin'], ['nginx-service', 'Service default/nginx-service']], 'port 10.96.61.7:8080'],
    ['app=nginx', [['nginx-service', 'Service default/nginx-service'], ...NGINX.pods.map(({ pod }) => [pod, `Pod default/${pod}`])], 'port 10.96.114.20:30080'],
    ['reports.example.com', [['reports.example.com', 'Service default/reports']], 'external reports.example.com'],
  ];

  test('/ goes to the field, and types no slash', async ({ at }) => {
    const page = await at('');
    await page.keyboard.press('/');
    await expect(field(page)).toBeFocused();
    await expect(field(page)).toHaveValue('');
    await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.type('a/b');
    await expect(field(page)).toHaveValue('a/b');
    // An earlier search does not affect the next one.
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('/');
    await page.keyboard.type('c');
    await expect(field(page)).toHaveValue('c');
  });

  for (const [text, first, wanted] of SEARCHES) {
    test(`${text} finds ${first[0][0]}, and Enter selects it`, async ({ at }) => {
      const page = await at('');
      await field(page).fill(text);
      await expect(options(page).first()).toBeVisible();
      const found = await options(page).evaluateAll((all) => all.map((one) => [...one.querySelectorAll('b, span')].map((part) => part.textContent)));
      expect(found.slice(0, first.length)).toEqual(first);
      await page.keyboard.press('Enter');
      await expect(socket(page, wanted)).toHaveAttribute('data-state', /\bselected\b/);
      await expect(socket(page, wanted)).toBeInViewport();
      await expect(page.locator('.found')).toBeHidden();
      await expect(field(page)).not.toBeFocused();
      // The arrow keys go on from there.
      await expect(socket(page, wanted)).toBeFocused();
    });
  }

  test('every result has to do with what was typed', async ({ at }) => {
    const page = await at('');
    await field(page).fill('10.244.2');
    await expect(options(page).first()).toBeVisible();
    const found = await options(page).allTextContents();
    expect(found.length).toBeGreaterThan(4);
    expect(found.filter((text) => !text.includes('10.244.2'))).toEqual([]);
  });

  test('arrow keys move the active result around, and Enter takes that one', async ({ at }) => {
    const page = await at('');
    await field(page).fill('10.244.1.5');
    const active = async () => {
      const id = await field(page).getAttribute('aria-activedescendant');
      await expect(page.locator(`#${id}`)).toHaveAttribute('aria-selected', 'true');
      await expect(page.locator('[role="option"][aria-selected="true"]')).toHaveCount(1);
      return page.locator(`#${id} b`).textContent();
    };
    const all = await options(page).locator('b').allTextContents();
    expect(all.length).toBeGreaterThan(1);
    expect(await active()).toBe(all[0]);
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe(all[1]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await active()).toBe(all.at(-1));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => selected(page)).toBe('endpoint:10.244.1.5:80');
  });

  test('a result is taken by a click as well', async ({ at }) => {
    const page = await at('');
    await field(page).fill('10.244.1.5');
    await options(page).nth(1).click();
    await expect.poll(() => selected(page)).toBe('endpoint:10.244.1.5:80');
    await expect(options(page).first()).toBeHidden();
  });

  test('Escape leaves: the list goes, the field is empty and without focus, the selection stays', async ({ at }) => {
    const page = await at('select=clusterIP:10.96.61.7');
    await field(page).fill('nginx');
    await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Escape');
    await expect(options(page).first()).toBeHidden();
    await expect(field(page)).toHaveValue('');
    await expect(field(page)).not.toBeFocused();
    await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
    expect(selected(page)).toBe('clusterIP:10.96.61.7');
  });

  test('nothing found is said, and Enter then does nothing', async ({ at }) => {
    const page = await at('');
    await field(page).fill('teapot');
    await expect(page.locator('.found')).toContainText('Nothing found');
    await page.keyboard.press('Enter');
    expect(selected(page)).toBe(null);
  });

  test('what comes while the list is open is found', async ({ live: page, cluster }) => {
    await field(page).fill('shop');
    await expect(page.locator('.found')).toContainText('Nothing found');
    await cluster.create(service({ name: 'shop', ip: '10.96.4.1' }));
    await expect(options(page)).toHaveText([/shop.*Service default\/shop/]);
    await cluster.remove('Service', 'shop');
    await expect(options(page)).toHaveCount(0);
  });

  test.describe('in a low window', () => {
    test.use({ viewport: { width: 1600, height: 520 } });

    for (const zoom of [100, 50]) {
      test(`what is chosen is scrolled to at ${zoom} %`, async ({ page, kubehop, cluster }) => {
        for (let n = 0; n < 20; n += 1) await cluster.create(service({ name: `a-${n}`, ip: `10.96.4.${n + 1}` }));
        await open(page, kubehop.url, `zoom=${zoom}`);
        await expect(group(page, 'service/default/a-19')).toHaveCount(1);
        await field(page).fill('kube-dns');
        await page.keyboard.press('Enter');
        await expect.poll(() => selected(page)).toBe('port:10.96.0.10:53/udp');
        await expect(socket(page, 'port 10.96.0.10:53/udp')).toBeInViewport();
        expect(await zoomOf(page)).toBe(zoom);
      });
    }
  });

  test('what is chosen is shown although a filter hides it and its namespace is folded', async ({ at }) => {
    const page = await at('hide=nginx');
    await picture(page).locator('[data-namespace="default"]').click();
    await expect.poll(() => groups(page)).toEqual(of('kube-dns'));
    await field(page).fill('10.96.114.20');
    await page.keyboard.press('Enter');
    await expect(socket(page, 'clusterIP 10.96.114.20')).toHaveAttribute('data-state', /\bselected\b/);
    await expect(socket(page, 'clusterIP 10.96.114.20')).toBeInViewport();
    expect(await groups(page)).toEqual(of('nginx-service', 'kube-dns'));
  });
});

test.describe('by keyboard only', () => {
  test('the panel opens, filters and closes', async ({ at }) => {
    const page = await at('');
    const summary = page.locator('.filters summary');
    await field(page).focus();
    await page.keyboard.press('Tab');
    await expect(summary).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(panel(page)).toBeVisible();
    await expect(panel(page).getByLabel('Find')).toBeFocused();
    await page.keyboard.type('ns:kube-system');
    await page.keyboard.press('Enter');
    await expect.poll(() => groups(page)).toEqual(of('kube-dns'));
    await expect(panel(page)).toBeHidden();
    await expect(summary).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(panel(page).getByLabel('Find')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(panel(page).getByRole('button', { name: 'Apply' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(panel(page).getByLabel('Problems only')).toBeFocused();
    await page.keyboard.press('Space');
    await expect.poll(() => param(page, 'problems')).toBe('1');
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
  });

  test('Escape gives the focus back to what opened the panel', async ({ at }) => {
    const page = await at('');
    await page.keyboard.press('f');
    await expect(panel(page).getByLabel('Find')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
    await expect(page.locator('.filters summary')).toBeFocused();
  });

  test('f opens the panel and goes to its first field', async ({ at }) => {
    const page = await at('');
    await page.keyboard.press('f');
    await expect(panel(page).getByLabel('Find')).toBeFocused();
    await expect(panel(page).getByLabel('Find')).toHaveValue('');
  });

  test('Escape closes the panel, and leaves the selection to the next one', async ({ at }) => {
    const page = await at('select=clusterIP:10.96.61.7');
    await openPanel(page);
    await panel(page).locator('.example').first().focus();
    await page.keyboard.press('Escape');
    await expect(panel(page)).toBeHidden();
    expect(selected(page)).toBe('clusterIP:10.96.61.7');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('Escape');
    await expect.poll(() => selected(page)).toBe(null);
  });

  test('a chip is taken away by Enter, and that selects nothing', async ({ at }) => {
    const page = await at('find=ns:kube-system&problems=1');
    await page.getByRole('button', { name: 'Remove Problems only' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => groups(page)).toEqual(of('kube-dns'));
    expect(selected(page)).toBe(null);
  });

  test('from / to a lit path without a pointer', async ({ at }) => {
    const page = await at('');
    await page.keyboard.press('/');
    await page.keyboard.type('nginx-service');
    await page.keyboard.press('Enter');
    await expect(socket(page, 'port 10.96.114.20:30080')).toHaveAttribute('data-state', /\bselected\b/);
    await expect(picture(page).locator('[data-state~="on-path"]').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect.poll(() => selected(page)).toBe(null);
  });
});

for (const colorScheme of ['light', 'dark']) {
  for (const [name, query, act] of [
    ['the open panel with a wrong filter', 'find=kind:teapot&problems=1', openPanel],
    ['chips', 'find=nginx&hide=is:empty&by=node', () => {}],
    ['results', '', async (page) => {
      await field(page).fill('nginx');
      await expect(options(page).first()).toBeVisible();
    }],
    ['no results', '', async (page) => {
      await field(page).fill('teapot');
      await expect(page.locator('.found')).toContainText('Nothing found');
    }],
  ]) {
    test(`axe finds nothing serious in ${name}, ${colorScheme}`, async ({ at }) => {
      const page = await at(query);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await act(page);
      const found = await serious(page);
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
      expect(found).toEqual([]);
    });
  }
}
