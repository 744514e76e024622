// Reads the picture by its data attributes (design §5).
import { expect } from '@playwright/test';

/** The picture's root. */
export const picture = (page) => page.locator('svg[data-status]');

/** One socket; `text` is `nodePort 192.168.56.12:30001`, with the object as a third word if several sockets have the address. */
export function socket(page, text) {
  const [kind, address, object] = text.split(' ');
  const own = object ? `[data-object="${object}"]` : '';
  return picture(page).locator(`[data-socket="${kind}"][data-address="${address}"]${own}`);
}

/** Every socket as a line: kind, address, object, states. In the order of the document. */
export function sockets(page) {
  return picture(page).locator('[data-socket]').evaluateAll((all) =>
    all.map(({ dataset }) => [dataset.socket, dataset.address, dataset.object, dataset.state].filter(Boolean).join(' ')));
}

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
/** The sockets of a document of `GET /graph.svg`, in the form of `sockets`. */
export function drawn(svg) {
  return [...svg.matchAll(/<g [^>]*data-socket="[^>]*>/g)].map(([tag]) => {
    const value = (name) => tag.match(new RegExp(`data-${name}="([^"]*)"`))?.[1].replace(/&\w+;|&#39;/g, (entity) => ENTITIES[entity]);
    return [value('socket'), value('address'), value('object'), value('state')].filter(Boolean).join(' ');
  });
}

/** Opens the page and waits until the live picture is there. */
export async function open(page, url, query = '') {
  await page.goto(url + (query && `/?${query}`));
  await live(page);
}

/** Waits until the picture is live; the first response's own picture is not. */
export async function live(page) {
  await expect(page.locator('main > svg[data-status]')).toHaveAttribute('data-status', 'live', { timeout: 20_000 });
}

/** The parameter `select=` of the page's URL. */
export const selected = (page) => new URL(page.url()).searchParams.get('select');

/** Selects a socket by a click. */
export async function select(page, text) {
  await socket(page, text).click();
  await expect(socket(page, text)).toHaveAttribute('data-state', /\bselected\b/);
}

/** The sockets that a selection lights, as sorted `kind address`. Expects that all others are dimmed, or none if nothing is selected. */
export async function lit(page) {
  const all = await picture(page).locator('[data-socket]').evaluateAll((all) =>
    all.map(({ dataset }) => ({ text: `${dataset.socket} ${dataset.address}`, states: dataset.state.split(' ') })));
  const on = all.filter(({ states }) => states.includes('on-path'));
  const odd = all.filter(({ states }) => states.includes('on-path') === states.includes('dimmed'));
  return { on: on.map(({ text }) => text).sort(), neither: on.length ? odd.map(({ text }) => text) : [] };
}

/** Waits until exactly these sockets are on the path and all others are dimmed. */
export async function expectLit(page, wanted) {
  await expect.poll(() => lit(page)).toEqual({ on: [...wanted].sort(), neither: [] });
}

/** The number of the last change that the picture shows. */
export const seq = async (page) => Number(await picture(page).getAttribute('data-seq'));

/** The reader's view: the canvas's scroll position, and the displayed size of the picture. */
export function view(page) {
  return page.locator('main.canvas').evaluate((main) => {
    const svg = main.querySelector('svg[data-status]');
    return { left: main.scrollLeft, top: main.scrollTop, width: svg.getBoundingClientRect().width };
  });
}

/** The position of an element on the screen, in whole px. */
export async function place(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return [x, y, width, height].map(Math.round);
}

/** A group, by its key: `service/default/nginx-service`. */
export const group = (page, key) => picture(page).locator(`[data-group="${key}"]`);

/** The keys of the groups that are mounted, from top to bottom. */
export const groups = (page) => picture(page).locator('[data-group]').evaluateAll((all) => {
  const top = (one) => one.getBoundingClientRect().y;
  return all.sort((a, b) => top(a) - top(b)).map(({ dataset }) => dataset.group);
});

/** The texts of a group, one per line of text. */
export const words = (page, key) => group(page, key).locator('text').evaluateAll((all) => all.map((one) => one.textContent));

/** A parameter of the page's URL, or null. */
export const param = (page, name) => new URL(page.url()).searchParams.get(name);

/** The zoom that the page shows, in percent. */
export const zoomOf = async (page) => parseInt(await page.locator('.minimap output').textContent(), 10);

/** Goes to another query without loading the page again, as Back and Forward do. */
export const go = (page, query) => page.evaluate((query) => {
  history.pushState(null, '', query ? `?${query}` : location.pathname);
  dispatchEvent(new PopStateEvent('popstate'));
}, query);
