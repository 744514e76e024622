// The amount of detail: levels of detail, namespaces, the minimap (design §5).
import { expect, test } from '../lib/test.mjs';
import { GROUPS, ORDER } from '../lib/scenario.mjs';
import { group, groups, live, open, param, picture, place, select, selected, socket, sockets, words, zoomOf } from '../lib/picture.mjs';

/** At 75 %: the stacks of each group, by their texts; a group with one of each kind has no stack. */
const STACKS = {
  'hostPorts/default/influxdb': [],
  'service/default/mysql-production': [],
  'service/default/nginx-admin': ['any of 3 Nodes'],
  'service/default/nginx-service': ['any of 3 Nodes', '3 endpoints', '3 Pods'],
  'service/default/reports': [],
  'service/default/web-sts': ['3 endpoints', '3 Pods'],
  'service/kube-system/kube-dns': ['6 endpoints', '2 Pods'],
};

/** At 50 %: the texts of each line that must be readable there. */
const LINES = {
  'hostPorts/default/influxdb': ['192.168.56.13', ':8086', 'influxdb'],
  'service/default/mysql-production': [/^:3306\b/, '1/1', '192.168.1.25:3306'],
  'service/default/nginx-admin': ['any of 3 Nodes', ':30002', /^:8080\b/, 'REJECT: slice is empty'],
  'service/default/nginx-service': ['any of 3 Nodes', ':30001', /^:30080\b/, '2/3', /^1 of 3 not ready/],
  'service/default/reports': ['reports', 'reports.example.com'],
  'service/default/web-sts': ['web-sts', ':80', '2/3', '3 Pods', '3 Nodes'],
  'service/kube-system/kube-dns': [/^:53\/udp\b.* \+2$/, '2/2', '2 Pods', '2 Nodes'],
};

/** The left edges of the lanes. */
const LANES = { Client: 16, Node: 136, Service: 376, EndpointSlice: 648, Pod: 832, Container: 1040 };

const NGINX = 'service/default/nginx-service';

/**
 * Cards by their group, with their positions on the screen. The rows of a Service are in its card, and an endpoint is in its slice: these
 * count as one card.
 */
const cards = (page) => picture(page).locator('[data-group]').evaluateAll((all) => all.map((group) => {
  const rects = group.querySelectorAll('[data-socket] > rect:first-of-type, [data-fold] > rect.card, [data-verdict] > rect.end-card');
  const boxes = [...rects].map((rect) => {
    const { left, right, top, bottom } = rect.getBoundingClientRect();
    const { dataset } = rect.parentElement;
    return { name: dataset.address ?? dataset.verdict ?? rect.parentElement.getAttribute('aria-label'), left, right, top, bottom };
  });
  return { key: group.dataset.group, boxes };
}));

/** The smallest letters in the picture and in the heads of its lanes, in px of the screen. */
const smallest = (page) => page.evaluate(() => {
  const texts = [...document.querySelectorAll('svg[data-status] text, svg[data-status] tspan, .heads text')];
  const sizes = texts.filter((one) => one.textContent.trim()).map((one) => {
    const text = one.closest('text');
    return { words: one.textContent, px: parseFloat(getComputedStyle(one).fontSize) * text.getScreenCTM().d };
  });
  return sizes.reduce((least, one) => (one.px < least.px ? one : least));
});

test.describe('at 75 %', () => {
  test('Nodes, endpoints and Pods are stacked with counts', async ({ at }) => {
    const page = await at('zoom=75');
    for (const [key, stacks] of Object.entries(STACKS)) {
      const own = group(page, key);
      await expect.soft(own.locator('[data-fold]'), key).toHaveCount(stacks.length);
      for (const [n, name] of stacks.entries()) await expect.soft(own.locator('[data-fold]').nth(n), key).toContainText(name);
      // Stacked elements have no cards of their own.
      for (const [kind, word] of [['endpoint', /endpoints$/], ['podIP', /Pods$/], ['nodePort', /Nodes$/]]) {
        if (stacks.some((name) => word.test(name))) await expect.soft(own.locator(`[data-socket="${kind}"]`), `${key}: ${kind}`).toHaveCount(0);
      }
    }
  });

  test('stacks say in figures how many of them are ready', async ({ at }) => {
    const page = await at('zoom=75');
    for (const [key, ready] of [[NGINX, '2/3 ready'], ['service/default/web-sts', '2/3 ready'], ['service/kube-system/kube-dns', '6/6 ready']]) {
      await expect(group(page, key).locator('[data-fold]', { hasText: 'endpoints' })).toContainText(ready);
    }
  });

  test('addresses, ports and names of Services stay', async ({ at }) => {
    const page = await at('zoom=75');
    const kinds = ['nodeIP', 'dns', 'clusterIP', 'port', 'external'];
    const wanted = Object.values(GROUPS).flat().filter((line) => kinds.includes(line.split(' ')[0]));
    expect((await sockets(page)).filter((line) => kinds.includes(line.split(' ')[0]))).toEqual(wanted);
  });
});

test.describe('at 50 %', () => {
  test('each group is one line of 20 px with what it is in words and figures', async ({ at }) => {
    const page = await at('zoom=50');
    for (const [key, wanted] of Object.entries(LINES)) {
      const found = await words(page, key);
      for (const word of wanted) expect.soft(found, key).toContainEqual(typeof word === 'string' ? word : expect.stringMatching(word));
      expect.soft((await group(page, key).locator('rect.row').boundingBox()).height, key).toBe(20);
    }
  });

  test('names of Services are whole where dropping a targetPort makes room for them', async ({ at }) => {
    const page = await at('zoom=50');
    for (const key of ORDER) expect.soft(await words(page, key)).toContain(key.split('/')[2]);
  });

  test('nothing but the lines is left of the groups, and Nodes are counted', async ({ at }) => {
    const page = await at('zoom=50');
    await expect(picture(page).locator('[data-socket]')).toHaveCount(ORDER.length);
    await expect(picture(page).locator('[data-fold]')).toHaveCount(0);
    await expect(picture(page).locator('.nodes')).toContainText('3 Nodes');
  });

  test('lines of a namespace follow each other without a gap', async ({ at }) => {
    const page = await at('zoom=50');
    const tops = [];
    for (const key of ORDER.slice(0, -1)) tops.push((await place(group(page, key).locator('rect.row')))[1]);
    expect(tops.map((top) => top - tops[0])).toEqual(tops.map((_, n) => n * 20));
  });

  test('no words of a line lie on other words of it', async ({ at }) => {
    const page = await at('zoom=50');
    const over = await picture(page).locator('[data-group]').evaluateAll((all) => all.flatMap((group) => {
      const texts = [...group.querySelectorAll('text')].filter((one) => one.textContent.trim());
      const boxes = texts.map((one) => ({ words: one.textContent, box: one.getBoundingClientRect() })).sort((a, b) => a.box.left - b.box.left);
      return boxes.slice(1).flatMap(({ words, box }, n) => (box.left < boxes[n].box.right - 1 ? [`"${boxes[n].words}" runs into "${words}"`] : []));
    }));
    expect(over).toEqual([]);
  });

  test('a line that is selected shows its members, and is a line again afterwards', async ({ at }) => {
    const page = await at('zoom=50');
    await socket(page, 'port 10.96.114.20:30080').click();
    await expect(group(page, NGINX).locator('[data-socket="endpoint"]')).toHaveCount(3);
    await expect(group(page, NGINX).locator('[data-socket="nodePort"]')).toHaveCount(3);
    await expect(group(page, 'service/default/web-sts').locator('[data-socket]'), 'another one').toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(group(page, NGINX).locator('[data-socket]')).toHaveCount(1);
  });
});

test.describe('at every zoom', () => {
  test('no letter is smaller than 11 px', async ({ at }) => {
    for (const zoom of [50, 60, 75, 90, 100, 150]) {
      const page = await at(`zoom=${zoom}`);
      const { px, words } = await smallest(page);
      expect.soft(px, `${words} at ${zoom} %`).toBeGreaterThanOrEqual(10.99);
    }
  });

  for (const zoom of [50, 75, 100]) {
    test(`groups are read in the same order, lanes from left to right, at ${zoom} %`, async ({ at }) => {
      const page = await at(`zoom=${zoom}`);
      expect(await groups(page)).toEqual(ORDER);
      expect(await picture(page).locator('[data-group]').evaluateAll((all) => all.map(({ dataset }) => dataset.group)), 'in the document').toEqual(ORDER);
      const heads = await page.locator('.heads .head').evaluateAll((all) => all.map((one) => [one.textContent, Math.round(one.getBoundingClientRect().x)]));
      expect(Object.fromEntries(heads)).toEqual(LANES);
    });

    test(`no two cards of the picture lie on each other at ${zoom} %`, async ({ at }) => {
      const page = await at(`zoom=${zoom}`);
      const all = (await cards(page)).flatMap(({ key, boxes }) => boxes.map((box) => ({ ...box, key })));
      expect(all.length).toBeGreaterThanOrEqual(ORDER.length);
      const over = all.flatMap((a, n) => all.slice(n + 1).filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        .map((b) => `${a.key} ${a.name} and ${b.key} ${b.name}`));
      expect(over).toEqual([]);
    });

    test(`a selected group shows its members at ${zoom} %`, async ({ at }) => {
      const page = await at(`zoom=${zoom}&select=${encodeURIComponent('endpoint:10.244.2.7:80')}`);
      await expect(group(page, NGINX).locator('[data-socket]')).toHaveCount(GROUPS['nginx-service'].length);
      await expect(socket(page, 'endpoint 10.244.2.7:80')).toHaveAttribute('data-state', /\bselected\b/);
      await expect(socket(page, 'podIP 10.244.2.7')).toHaveAttribute('data-state', /\bon-path\b/);
    });
  }

  test('a group that the reader has opened shows its members at any zoom', async ({ at }) => {
    const page = await at('zoom=75');
    await group(page, NGINX).locator('[data-fold]', { hasText: 'endpoints' }).click();
    const members = group(page, NGINX).locator('[data-socket="endpoint"]');
    await expect(members).toHaveCount(3);
    await page.keyboard.press('-');
    await expect.poll(() => zoomOf(page)).toBe(50);
    await expect(members).toHaveCount(3);
    await page.keyboard.press('+');
    await expect.poll(() => zoomOf(page)).toBe(75);
    await expect(members).toHaveCount(3);
  });
});

test.describe('zooming', () => {
  test('keys go from step to step, 0 goes back, and the ends are ends', async ({ at }) => {
    const page = await at('zoom=100');
    for (const [key, zoom] of [['-', 75], ['-', 50], ['-', 50], ['+', 75], ['+', 100], ['+', 125], ['0', 100], ['-', 75], ['0', 100]]) {
      await page.keyboard.press(key);
      await expect.poll(() => zoomOf(page), `after ${key}`).toBe(zoom);
    }
  });

  test('the buttons beside the minimap do the same', async ({ at }) => {
    const page = await at('zoom=100');
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect.poll(() => zoomOf(page)).toBe(75);
    await expect(group(page, NGINX).locator('[data-fold]')).toHaveCount(3);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect(group(page, NGINX).locator('rect.row')).toHaveCount(1);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(() => zoomOf(page)).toBe(75);
  });

  test('a wheel with Ctrl zooms, without it scrolls', async ({ at }) => {
    const page = await at('zoom=100');
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, 100);
    expect(await zoomOf(page)).toBe(100);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 200);
    await expect.poll(() => zoomOf(page)).toBeLessThan(87);
    await expect(group(page, NGINX).locator('[data-fold]')).toHaveCount(3);
    await page.mouse.wheel(0, 400);
    await expect.poll(() => zoomOf(page)).toBe(50);
    await expect(group(page, NGINX).locator('rect.row')).toHaveCount(1);
    await page.mouse.wheel(0, -2000);
    await expect.poll(() => zoomOf(page)).toBe(300);
    await page.keyboard.up('Control');
  });

  test('the zoom stands in the URL, and survives a reload', async ({ at }) => {
    const page = await at('');
    await page.keyboard.press('-');
    await expect.poll(() => param(page, 'zoom')).toBe('75');
    await page.reload();
    await live(page);
    expect(await zoomOf(page)).toBe(75);
    await expect(group(page, NGINX).locator('[data-fold]')).toHaveCount(3);
    await page.keyboard.press('0');
    await expect.poll(() => param(page, 'zoom')).not.toBe('75');
    await page.reload();
    await live(page);
    expect(await zoomOf(page)).toBe(100);
  });

  test('Back and Forward bring back the zoom that their URL says', async ({ at }) => {
    const page = await at('zoom=100');
    await select(page, 'clusterIP 10.96.114.20');
    await page.keyboard.press('-');
    await expect.poll(() => param(page, 'zoom')).toBe('75');
    await select(page, 'clusterIP 10.96.61.7');
    await page.keyboard.press('-');
    await expect.poll(() => param(page, 'zoom')).toBe('50');
    await page.goBack();
    await expect.poll(() => [selected(page), param(page, 'zoom')]).toEqual(['clusterIP:10.96.114.20', '75']);
    await expect.poll(() => zoomOf(page)).toBe(75);
    await page.goBack();
    await expect.poll(() => [selected(page), param(page, 'zoom')]).toEqual([null, '100']);
    await expect.poll(() => zoomOf(page)).toBe(100);
    await page.goForward();
    await page.goForward();
    await expect.poll(() => [selected(page), param(page, 'zoom')]).toEqual(['clusterIP:10.96.61.7', '50']);
    await expect.poll(() => zoomOf(page)).toBe(50);
  });

  test('Back to a URL without a zoom brings back the zoom that the page opened with', async ({ at }) => {
    const page = await at('');
    await select(page, 'clusterIP 10.96.114.20');
    await page.keyboard.press('-');
    await expect.poll(() => param(page, 'zoom')).toBe('75');
    await page.goBack();
    await expect.poll(() => [selected(page), param(page, 'zoom')]).toEqual([null, null]);
    await expect.poll(() => zoomOf(page)).toBe(100);
  });

  test('a zoom that is none is left to the page, and one too far is the nearest', async ({ at }) => {
    for (const [text, zoom] of [['x', 100], ['10', 50], ['1000', 300], ['-5', 100]]) {
      const page = await at(`zoom=${text}`);
      expect(await zoomOf(page), text).toBe(zoom);
    }
  });

  test('the selection stays, with its path', async ({ at }) => {
    const page = await at('zoom=100');
    await select(page, 'nodePort 192.168.56.12:30001');
    const before = await sockets(page);
    const own = before.filter((line) => /selected|on-path/.test(line));
    for (const [key, zoom] of [['-', 75], ['-', 50], ['0', 100]]) {
      await page.keyboard.press(key);
      await expect.poll(() => zoomOf(page)).toBe(zoom);
      expect(selected(page)).toBe('nodePort:192.168.56.12:30001');
      await expect(socket(page, 'nodePort 192.168.56.12:30001')).toHaveAttribute('data-state', /\bselected\b/);
      // At 50 % a Node is a count: it has no address to light.
      const lit = async () => (await sockets(page)).filter((line) => /selected|on-path/.test(line));
      await expect.poll(lit).toEqual(zoom === 50 ? own.filter((line) => !line.startsWith('nodeIP')) : own);
    }
    await expect.poll(() => sockets(page)).toEqual(before);
  });
});

test.describe('in a low window', () => {
  test.use({ viewport: { width: 1600, height: 520 } });

  /** The first group whose top is in view, and its position. */
  const first = (page) => page.locator('main.canvas').evaluate((main) => {
    const { top, bottom } = main.getBoundingClientRect();
    const slots = [...main.querySelectorAll('svg[data-status] g.group:has([data-group])')].map((slot) => {
      const y = slot.getScreenCTM().f;
      return { key: slot.querySelector('[data-group]').dataset.group, y };
    });
    return slots.filter(({ y }) => y >= top && y < bottom).sort((a, b) => a.y - b.y)[0];
  });
  const top = (page, key) => group(page, key).evaluate((cards) => cards.closest('g.group').getScreenCTM().f);

  for (const [name, query] of [['the first group in view', ''], ['the selected group', 'select=clusterIP:10.96.0.10']]) {
    test(`changing the zoom leaves ${name} where it is`, async ({ page, kubehop }) => {
      await open(page, kubehop.url, `zoom=100&${query}`);
      await page.locator('main.canvas').evaluate((main) => main.scrollTo(0, 560));
      await expect.poll(() => page.locator('main.canvas').evaluate((main) => main.scrollTop)).toBeGreaterThan(400);
      const before = query ? { key: 'service/kube-system/kube-dns', y: await top(page, 'service/kube-system/kube-dns') } : await first(page);
      for (const [key, zoom] of [['-', 75], ['-', 50], ['+', 75], ['0', 100]]) {
        await page.keyboard.press(key);
        await expect.poll(() => zoomOf(page)).toBe(zoom);
        await expect.poll(async () => Math.abs((await top(page, before.key)) - before.y), `${before.key} at ${zoom} %`).toBeLessThanOrEqual(2);
      }
    });
  }

  test('the minimap marks what is broken and what is not ready, and a click there shows it', async ({ page, kubehop }) => {
    await open(page, kubehop.url);
    const map = page.locator('.minimap svg');
    const mark = async (name) => (await map.locator(`path.${name}`).getAttribute('d')).match(/M\d+ (\d+)/);
    for (const [name, key] of [['warn', NGINX], ['bad', 'service/default/nginx-admin']]) {
      const found = await mark(name);
      expect(found, `a mark for ${key}`).not.toBe(null);
      await map.click({ position: { x: 24, y: Number(found[1]) + 2 } });
      await expect(group(page, key).locator('rect').first()).toBeInViewport();
    }
    // From the end of the map, where kube-dns is, to its beginning.
    const { height } = await page.locator('.minimap path.some').boundingBox();
    await map.click({ position: { x: 24, y: height } });
    await expect(group(page, 'service/kube-system/kube-dns').locator('rect').first()).toBeInViewport();
    await map.click({ position: { x: 24, y: 1 } });
    await expect.poll(() => page.locator('main.canvas').evaluate((main) => main.scrollTop)).toBe(0);
  });

  test('a problem that ends loses its mark, and a selection has one', async ({ page, kubehop, cluster }) => {
    await open(page, kubehop.url);
    const map = (name) => page.locator(`.minimap path.${name}`);
    await expect(map('bad')).not.toHaveAttribute('d', '');
    await expect(map('lit')).toHaveAttribute('d', '');
    await cluster.remove('Service', 'nginx-admin');
    await expect(map('bad')).toHaveAttribute('d', '');
    await select(page, 'clusterIP 10.96.83.14');
    await expect(map('lit')).not.toHaveAttribute('d', '');
  });
});

test.describe('namespaces', () => {
  const head = (page, name) => picture(page).locator(`[data-namespace="${name}"]`);
  const inDefault = (line) => / \w+\/default\//.test(line);

  for (const [name, act] of [['a click', (page) => head(page, 'default').click()], ['Enter', async (page) => {
    await head(page, 'default').focus();
    await page.keyboard.press('Enter');
  }]]) {
    test(`${name} folds a namespace and opens it again; nothing else is lost`, async ({ at }) => {
      const page = await at('');
      const before = await sockets(page);
      await expect(head(page, 'default')).toHaveAttribute('aria-expanded', 'true');
      await act(page);
      await expect(head(page, 'default')).toHaveAttribute('aria-expanded', 'false');
      await expect.poll(() => sockets(page)).toEqual(before.filter((line) => !inDefault(line)));
      await expect(head(page, 'default')).toContainText('5 Services, 7 Pods');
      await expect(head(page, 'kube-system')).toHaveAttribute('aria-expanded', 'true');
      await act(page);
      await expect(head(page, 'default')).toHaveAttribute('aria-expanded', 'true');
      await expect.poll(() => sockets(page)).toEqual(before);
      if (name === 'Enter') await expect(head(page, 'default')).toBeFocused();
    });
  }

  test('what is selected in a folded namespace stays in view', async ({ at }) => {
    const page = await at('');
    await select(page, 'clusterIP 10.96.114.20');
    await head(page, 'default').click();
    await expect(head(page, 'default')).toHaveAttribute('aria-expanded', 'false');
    await expect.poll(() => groups(page)).toEqual([NGINX, 'service/kube-system/kube-dns']);
    expect(selected(page)).toBe('clusterIP:10.96.114.20');
    await expect(socket(page, 'clusterIP 10.96.114.20')).toHaveAttribute('data-state', /\bselected\b/);
    await page.keyboard.press('Escape');
    await expect.poll(() => groups(page)).toEqual(['service/kube-system/kube-dns']);
  });

  test('at 50 % a namespace folds as well', async ({ at }) => {
    const page = await at('zoom=50');
    await head(page, 'kube-system').click();
    await expect.poll(() => groups(page)).toEqual(ORDER.slice(0, -1));
  });
});

test('while the wheel zooms, the picture is transformed around the pointer, and drawn anew when it rests', async ({ at }) => {
  const page = await at('zoom=150');
  await expect.poll(() => picture(page).evaluate((svg) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)).toBeGreaterThan(1.2);
  const seen = () => socket(page, 'port 10.96.114.20:30080').boundingBox();
  const { x, y, width, height } = await seen();
  const middle = { x: x + width / 2, y: y + height / 2 };
  const drawn = await picture(page).getAttribute('height');
  await page.mouse.move(middle.x, middle.y);
  // In one task, so that the gesture lasts.
  const within = await page.evaluate(({ x, y }) => {
    const canvas = document.querySelector('main.canvas');
    for (let turn = 0; turn < 3; turn++) {
      canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: -60, ctrlKey: true, bubbles: true, cancelable: true, clientX: x, clientY: y }));
    }
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
      const svg = canvas.querySelector('svg.graph');
      done({ transform: svg.style.transform, height: svg.getAttribute('height') });
    })));
  }, middle);
  expect(within.transform).toMatch(/scale\(1\.4/);
  expect(within.height).toBe(drawn);
  await expect(picture(page)).not.toHaveClass(/zooming/);
  await expect(picture(page)).not.toHaveAttribute('height', drawn);
  await expect.poll(async () => {
    const box = await seen();
    return Math.hypot(box.x + box.width / 2 - middle.x, box.y + box.height / 2 - middle.y);
  }).toBeLessThan(4);
});
