import { defineConfig } from '@playwright/test';
import { arguments_, executable } from './tests/lib/chromium.mjs';

export default defineConfig({
  outputDir: 'test-results',
  forbidOnly: process.env.CI === 'true',
  // A test that passes only when it is repeated is a bug to find.
  retries: 0,
  reporter: 'list',
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1600, height: 1000 },
    colorScheme: 'light',
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: executable(), args: arguments_ },
  },
  projects: [
    { name: 'sandbox', testDir: 'tests/sandbox' },
    // One control plane at a time: it needs the machine for itself.
    { name: 'control-plane', testDir: 'tests/control-plane', workers: 1, timeout: 180_000, expect: { timeout: 20_000 } },
  ],
});
