// The search field, the panel of filters and their chips.
import { expect } from './test.mjs';
import { ORDER } from './scenario.mjs';

export const field = (page) => page.locator('.search input');
export const options = (page) => page.getByRole('listbox').getByRole('option');
export const panel = (page) => page.locator('.filters form');
export const openPanel = async (page) => {
  await page.locator('.filters summary').click();
  await expect(panel(page)).toBeVisible();
};
export const chips = (page) => page.locator('.chips li').evaluateAll((all) => all.map((one) => one.textContent.trim()));
export const count = (page) => page.locator('.chips [role="status"]');

/** The groups with these names. */
export const of = (...names) => ORDER.filter((key) => names.includes(key.split('/')[2]));
