// The sandbox's test: a kubehop of its own for every test, and pages that must stay quiet.
import { test as base, expect } from '@playwright/test';
import { Cluster } from './cluster.mjs';
import { Kubehop } from './kubehop.mjs';
import { Complaints } from './quiet.mjs';
import { open } from './picture.mjs';

export { expect };

export const test = base.extend({
  /** A process on the sandbox, which ends by itself when it is told to. */
  kubehop: async ({}, use) => {
    const kubehop = await Kubehop.sandbox();
    await use(kubehop);
    const { code } = await kubehop.stop();
    expect(code, `kubehop's exit code; it said:\n${kubehop.log}`).toBe(0);
  },

  /** Writes to its cluster. */
  cluster: async ({ kubehop }, use) => use(new Cluster(kubehop.api)),

  /** What the test's pages did that they must not do. */
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

  /** A live page of the scenario as it is, shared by tests that change nothing in the cluster. Nothing is selected or asked. */
  scenario: async ({ still }, use) => {
    const { page, complaints } = still;
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
