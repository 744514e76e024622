// Positions in the picture (design §5, mock/README "Frame and lanes").
import { expect, test } from '../lib/test.mjs';
import { GROUPS } from '../lib/scenario.mjs';
import { picture, socket } from '../lib/picture.mjs';

/** The lanes by the kinds of sockets in them: x and width at 100 %. */
const LANES = {
  nodePort: [136, 176], hostPort: [136, 176],
  dns: [376, 216], port: [376, 216],
  endpoint: [648, 144],
  podIP: [832, 176],
  containerPort: [1040, 96],
  // Outside targets span the last two lanes.
  external: [832, 304],
};

/** The rectangles of all sockets in the picture's own units, from the SVG and not from the rendered page. */
const areas = (page) => picture(page).locator('[data-socket]').evaluateAll((all) => all.map((element) => {
  const rect = element.querySelector('rect');
  const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)));
  const [, offset] = element.closest('g.group').getAttribute('transform').match(/translate\(0 (-?\d+)\)/);
  return { kind: element.dataset.socket, text: `${element.dataset.socket} ${element.dataset.address}`, x, y: y + Number(offset), w, h };
}));

test('sockets of one kind stand in one lane, and the lanes in the order of a packet', async ({ scenario }) => {
  for (const { kind, text, x, w } of await areas(scenario)) {
    if (!LANES[kind]) continue;
    // A port's row has its border inside its card.
    const inset = kind === 'port' ? 2 : 0;
    expect.soft([x - inset, w + 2 * inset], text).toEqual(LANES[kind]);
  }
  const starts = ['nodePort', 'port', 'endpoint', 'podIP', 'containerPort'].map((kind) => LANES[kind][0]);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  const heads = await scenario.locator('.heads .head').evaluateAll((all) => all.map((one) => [one.textContent, Math.round(one.getBoundingClientRect().x)]));
  expect(heads).toEqual([['Client', 16], ['Node', 136], ['Service', 376], ['EndpointSlice', 648], ['Pod', 832], ['Container', 1040]]);
});

test('no two cards of a lane lie on each other', async ({ scenario }) => {
  const all = await areas(scenario);
  for (const lane of new Set(Object.values(LANES).map(([x]) => x))) {
    const column = all.filter(({ kind }) => LANES[kind]?.[0] === lane).sort((a, b) => a.y - b.y);
    for (const [n, below] of column.slice(1).entries()) {
      const above = column[n];
      expect.soft(below.y, `${below.text} below ${above.text}`).toBeGreaterThanOrEqual(above.y + above.h);
    }
  }
});

test('groups stand below each other in the order of their names', async ({ scenario }) => {
  const all = await areas(scenario);
  const span = (lines) => {
    const own = all.filter(({ text }) => lines.some((line) => line.startsWith(`${text} `)));
    return [Math.min(...own.map(({ y }) => y)), Math.max(...own.map(({ y, h }) => y + h))];
  };
  const spans = Object.values(GROUPS).map(span);
  for (const [n, [top]] of spans.slice(1).entries()) expect.soft(top, Object.keys(GROUPS)[n + 1]).toBeGreaterThan(spans[n][1]);
});

test('every wire ends on a socket, or at the REJECT where a path ends', async ({ scenario }) => {
  const groups = await picture(scenario).locator('g.group:has(.wires)').evaluateAll((all) => all.map((group) => {
    const number = (element, name) => Number(element.getAttribute(name));
    const glyphs = [...group.querySelectorAll('.cards use')].map((use) => {
      const moved = use.getAttribute('transform')?.match(/translate\((-?\d+) (-?\d+)\)/);
      return moved ? [Number(moved[1]), Number(moved[2])] : [number(use, 'x'), number(use, 'y')];
    });
    const cards = [...group.querySelectorAll('.cards rect')].map((rect) => ['x', 'y', 'width', 'height'].map((name) => number(rect, name)));
    const wires = [...group.querySelectorAll('.wires path.wire')].map((path) => path.getAttribute('d'));
    return { name: group.querySelector('.cards').dataset.group, glyphs, cards, wires };
  }));
  let count = 0;
  for (const { name, glyphs, cards, wires } of groups) {
    for (const path of wires) {
      count += 1;
      const [, x1, y1] = path.match(/^M(-?\d+) (-?\d+)/).map(Number);
      const x2 = Number(path.match(/H(-?\d+)$/)[1]);
      // Relative steps: a quarter circle, a vertical line to an absolute y, another quarter circle.
      const step = path.match(/V(-?\d+)q0 (-?\d+) /);
      const y2 = step ? Number(step[1]) + Number(step[2]) : y1;
      const on = ([x, y, w, h]) => x + w === x1 && y + h / 2 === y1;
      const begins = glyphs.some(([x, y]) => x === x1 && y === y1) || cards.some(on);
      // An octagon is wider than a socket; its wire ends at its edge.
      const ends = glyphs.some(([x, y]) => y === y2 && (x === x2 || x === x2 + 8));
      expect.soft({ begins, ends }, `${name}: ${path}`).toEqual({ begins: true, ends: true });
      expect.soft(x2, `${name}: ${path}`).toBeGreaterThan(x1);
    }
  }
  // influxdb 3, mysql 2, nginx-admin 7, nginx-service 15, reports 1, web-sts 9, kube-dns 18.
  expect(count).toBe(55);
});

test('no text runs out of its card or over a mark', async ({ scenario }) => {
  const found = await picture(scenario).locator('[data-socket]').evaluateAll((all) => all.flatMap((element) => {
    const box = (one) => one.getBoundingClientRect();
    const card = box(element.querySelector('rect'));
    const name = `${element.dataset.socket} ${element.dataset.address}`;
    const texts = [...element.querySelectorAll(':scope > text')].map((one) => ({ text: one.textContent, box: box(one) }));
    const marks = [...element.querySelectorAll(':scope > use')].map((one) => ({ text: one.getAttribute('href'), box: box(one) }));
    const out = texts.filter(({ box }) => box.left < card.left - 1 || box.right > card.right + 1).map(({ text }) => `${name}: "${text}" runs out of its card`);
    const things = [...texts, ...marks];
    const crosses = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3;
    const over = texts.flatMap((one) => things.filter((other) => other !== one && crosses(one.box, other.box)).map((other) => `${name}: "${one.text}" lies on "${other.text}"`));
    return [...out, ...over];
  }));
  expect(found).toEqual([]);
});

test('at a window of 900 px letters stay readable, and the picture scrolls sideways to its last lane', async ({ scenario }) => {
  const viewport = scenario.viewportSize();
  await scenario.setViewportSize({ width: 900, height: 800 });
  await scenario.reload();
  await expect(scenario.locator('main > svg[data-status="live"]')).toBeVisible();
  const svg = await picture(scenario).boundingBox();
  expect(svg.width / 1152, 'letters of 11 px').toBeGreaterThanOrEqual(0.8);
  const last = socket(scenario, 'containerPort default/influxdb/influxdb:8086');
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport();
  await scenario.setViewportSize(viewport);
  await scenario.reload();
  await expect(scenario.locator('main > svg[data-status="live"]')).toBeVisible();
});
