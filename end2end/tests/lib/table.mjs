// Reads the table by the same data attributes as the picture (design §5).
import { expect } from '@playwright/test';

/** The table's root. */
export const table = (page) => page.locator('main > [data-view="table"]');

/** One socket of the table; see `socket` of the picture. */
export function cell(page, text) {
  const [kind, address, object] = text.split(' ');
  const own = object ? `[data-object="${object}"]` : '';
  return table(page).locator(`[data-socket="${kind}"][data-address="${address}"]${own}`);
}

/** Every socket as a line: kind, address, object, states. */
export function cells(page) {
  return table(page).locator('[data-socket]').evaluateAll((all) =>
    all.map(({ dataset }) => [dataset.socket, dataset.address, dataset.object, dataset.state].filter(Boolean).join(' ')));
}

/** The rows of a Service, by its name. */
export const rows = (page, name, namespace = 'default') => table(page).locator(`.row[data-group="service/${namespace}/${name}"]`);

/** The button of a row. */
export const head = (row) => row.locator('.row-head');

/** The opened part below the selected row. */
export const opened = (page) => table(page).locator('.opened');

/** Opens the table and waits until it is live. */
export async function openTable(page, url, query = '', timeout = 20_000) {
  await page.goto(`${url}/?view=table${query && `&${query}`}`);
  await expect(table(page)).toHaveAttribute('data-status', 'live', { timeout });
}
