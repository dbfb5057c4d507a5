import { defineConfig } from '@playwright/test';
import { findBrowser } from './e2e/browser.mjs';

const port = Number(process.env['E2E_PORT'] ?? 4174);
const inCi = Boolean(process.env['CI']);
const executablePath = findBrowser();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: inCi,
  retries: inCi ? 1 : 0,
  workers: 2,
  // Patience costs nothing where tests pass, and a busy machine is no failure.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 1,
    // What one test has kept in the browser must not answer in place of the server in the next.
    serviceWorkers: 'block',
    // Recording costs every test a fifth more, whether it fails or not; `--trace on` records one here.
    trace: 'on-first-retry',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--force-color-profile=srgb',
      ],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}`,
    reuseExistingServer: !inCi,
  },
});
