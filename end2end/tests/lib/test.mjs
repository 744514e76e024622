// The fixture of the sandbox's tests: a separate kubehop for every test, and pages that must not log errors.
import { test as base, expect } from '@playwright/test';
import { Cluster } from './cluster.mjs';
import { Kubehop } from './kubehop.mjs';
import { Complaints } from './quiet.mjs';
import { open } from './picture.mjs';

export { expect };

export const test = base.extend({
  /** The sandbox's scenario, as `--sandbox` takes it. */
  sandbox: ['overview', { option: true }],

  /** A process on the sandbox; it ends by itself on SIGTERM. */
  kubehop: async ({ sandbox }, use) => {
    const kubehop = await Kubehop.sandbox({ scenario: sandbox });
    await use(kubehop);
    const { code } = await kubehop.stop();
    expect(code, `kubehop's exit code; it said:\n${kubehop.log}`).toBe(0);
  },

  /** Writes to its cluster. */
  cluster: async ({ kubehop }, use) => use(new Cluster(kubehop.api)),

  /** The forbidden actions of the test's pages. */
  complaints: async ({ kubehop }, use) => {
    const complaints = new Complaints();
    await use(complaints);
    expect(complaints.list).toEqual([]);
  },

  context: async ({ context, kubehop, complaints }, use) => {
    complaints.watch(context, kubehop.url);
    await use(context);
  },

  /** The page, live. */
  live: async ({ page, kubehop }, use) => {
    await open(page, kubehop.url);
    await use(page);
  },

  /** A live page of the unchanged scenario, shared by tests that change nothing in the cluster. Nothing is selected or asked. */
  scenario: async ({ still }, use) => {
    const { page, complaints, kubehop } = still;
    if (still.looked) await open(page, kubehop.url);
    still.looked = false;
    if (new URL(page.url()).search) {
      await page.evaluate(() => document.activeElement?.blur());
      await page.keyboard.press('Escape');
      await expect(page).not.toHaveURL(/select=|to=/);
    }
    if (new URL(page.url()).search) {
      await page.locator('input[name=from]').fill('');
      await page.keyboard.press('Enter');
      await expect(page).not.toHaveURL(/from=/);
      await page.evaluate(() => document.activeElement?.blur());
    }
    await use(page);
    expect(complaints.list).toEqual([]);
  },

  /** Opens the same page with a query, and returns it; each test waits for its own content. */
  at: async ({ still }, use) => {
    const { page, complaints, kubehop } = still;
    await use(async (query) => {
      still.looked = true;
      await open(page, kubehop.url, query);
      return page;
    });
    expect(complaints.list).toEqual([]);
  },

  still: [
    async ({ browser }, use) => {
      const kubehop = await Kubehop.sandbox();
      const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, colorScheme: 'light', locale: 'en-GB' });
      const complaints = new Complaints().watch(context, kubehop.url);
      const page = await context.newPage();
      await open(page, kubehop.url);
      await use({ kubehop, context, complaints, page });
      await context.close();
      await kubehop.stop();
    },
    { scope: 'worker' },
  ],
});
