import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openPage, seek, stateOf } from './in-page.ts';

test.use({ serviceWorkers: 'allow' });

/** Everything is in the browser, and whatever is loaded next comes from there. */
const kept = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  });

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('point 58: the second load works without a network, every view and dialog of it', async ({
  page,
  context,
}) => {
  test.slow();
  await openPage(page);
  await kept(page);
  await context.setOffline(true);
  await openPage(page);
  await seek(page, 20_000);
  expect((await stateOf(page)).counters.commits).toBeGreaterThan(3);
  for (const name of ['Log', 'Space-time', 'Fleet', 'Metrics', 'Cluster']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(page.getByRole('tabpanel').first()).toBeVisible();
    await expect(page.getByText('could not be shown')).toHaveCount(0);
    if (name !== 'Metrics') continue;
    await page.getByRole('button', { name: 'Run 1,000 seeds' }).click();
    await expect(page.getByText(/^\d+ of 1,000 seeds, about/)).toBeVisible();
  }
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  // The word stands where it matters, and nowhere else.
  await expect(dialog.getByText('Offline.')).toBeVisible();
  await expect(page.getByText('Offline')).toHaveCount(1);
  await context.setOffline(false);
  await expect(dialog.getByText('Offline.')).toHaveCount(0);
});

test('point 58: a link opens without a network as well, and so does the transcript', async ({
  page,
  context,
}) => {
  await openPage(page);
  await kept(page);
  await seek(page, 5_000);
  const link = await page.evaluate(() => window.redoscope!.url());
  await context.setOffline(true);
  await page.goto('about:blank');
  await page.goto(link);
  await page.evaluate(() => window.redoscope!.ready);
  expect(await page.evaluate(() => window.redoscope!.time())).toBe(5_000);
  await page.goto('./transcript.html#s05');
  await expect(page.getByRole('heading', { name: 'Four of six', exact: true })).toBeInViewport();
});

test('point 58: the first picture needs no more than 220 kB of scripts, compressed', async ({
  page,
}) => {
  // What the page itself names: whatever comes later waits for no one.
  const html = await (await page.request.get('./')).text();
  const named = [...html.matchAll(/(?:src|href)="(\.\/[^"]+\.js)"/g)].map(([, path]) => path);
  expect(named.length).toBeGreaterThan(1);
  let bytes = 0;
  for (const path of named) {
    bytes += gzipSync(await (await page.request.get(path ?? '')).body()).length;
  }
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(220_000);
});

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The build under a path of another server, which can be given a newer version. */
async function serve(folder: string): Promise<{ server: Server; base: string; renew(): void }> {
  const [, built = ''] = /name="build" content="(\w+)"/.exec(
    await readFile('dist/index.html', 'utf8'),
  )!;
  let version = built;
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const name = pathname.slice(folder.length) || 'index.html';
    try {
      const body = await readFile(join('dist', name));
      response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
      const bearsIt = name === 'sw.js' || name === 'index.html';
      response.end(bearsIt ? body.toString().replaceAll(built, version) : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    base: `http://127.0.0.1:${port}${folder}`,
    renew: () => {
      version = 'newer';
    },
  };
}

test('below any path of any server it is kept, and a newer version is offered', async ({
  browser,
}) => {
  const { server, base, renew } = await serve('/some/where/');
  const context = await browser.newContext({ serviceWorkers: 'allow', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(blob|data):/.test(request.url()))
      foreign.push(request.url());
  });
  try {
    await page.goto(base);
    await page.evaluate(() => window.redoscope!.ready);
    await kept(page);
    const notice = page.getByRole('status').filter({ hasText: 'A newer version is ready' });
    await expect(notice).toHaveCount(0);
    renew();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await expect(notice).toBeVisible();
    const loaded = page.waitForEvent('load');
    await notice.getByRole('button', { name: 'Reload' }).click();
    await loaded;
    await page.evaluate(() => window.redoscope!.ready);
    await expect(notice).toHaveCount(0);
    await context.setOffline(true);
    await page.reload();
    await page.evaluate(() => window.redoscope!.ready);
    expect(foreign).toEqual([]);
  } finally {
    await context.close();
    server.close();
  }
});

test('a version that is on screen is not offered, although an older one is still kept', async ({
  browser,
}) => {
  const { server, base, renew } = await serve('/');
  const context = await browser.newContext({ serviceWorkers: 'allow', reducedMotion: 'reduce' });
  const page = await context.newPage();
  try {
    await page.goto(base);
    await page.evaluate(() => window.redoscope!.ready);
    await kept(page);
    renew();
    await page.reload();
    await page.evaluate(() => window.redoscope!.ready);
    await expect
      .poll(() =>
        page.evaluate(async () =>
          Boolean((await navigator.serviceWorker.getRegistration())?.waiting),
        ),
      )
      .toBe(true);
    // Asked after the page itself has asked: by then it knows.
    const waits = await page.evaluate(async () => {
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => {
        port1.onmessage = ({ data }) => resolve(data);
      });
      const registration = await navigator.serviceWorker.getRegistration();
      registration?.waiting?.postMessage('which version', [port2]);
      return answer;
    });
    expect(waits).toBe('newer');
    await expect(page.getByText('A newer version is ready')).toHaveCount(0);
  } finally {
    await context.close();
    server.close();
  }
});

test('a link from a newer version offers to reload', async ({ page }) => {
  await openPage(page, '#v9.d.I0YNAA');
  const problem = page.getByRole('main', { name: 'Link problem' });
  await expect(problem.getByRole('alert')).toContainText('newer version');
  const loaded = page.waitForEvent('load');
  await problem.getByRole('button', { name: 'Reload' }).click();
  await loaded;
  expect(new URL(page.url()).hash).toBe('#v9.d.I0YNAA');
});
