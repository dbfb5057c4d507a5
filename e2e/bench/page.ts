import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { findBrowser } from '../browser.mjs';
import { longLink } from './engine-runs.ts';
import { close, metric, open, perSecond, row, type Subject, watch } from './subject.ts';
import { figure, type Row, spreadOf, withSpread } from './table.ts';
import { viewRows } from './views.ts';

const LOADS = 5;
const WATCH_MS = 5_000;
const HEAP_MS = 30_000;
const FLIGHTS = 400;

/** Builds the page as it is now into a folder, and serves it. */
export async function pageRows(folder: string): Promise<readonly Row[]> {
  const outDir = join(folder, 'page');
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({
    logLevel: 'error',
    build: { outDir },
    preview: { port: 4_180, strictPort: false },
  });
  const address = server.resolvedUrls?.local[0] ?? '';
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
  });
  try {
    return [
      initialScript(outDir),
      ...(await loading(browser, address)),
      ...(await running(browser, address)),
      ...(await crowded(browser, address)),
      ...(await paused(browser, address)),
      ...(await used(browser, address)),
      ...(await viewRows(browser, address)),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

function initialScript(outDir: string): Row {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(
    ([, path]) => path ?? '',
  );
  const bytes = scripts.map((path) => gzipSync(readFileSync(join(outDir, path))).length);
  const kilobytes = bytes.reduce((sum, each) => sum + each, 0) / 1_000;
  return {
    what: 'JavaScript up to the first live picture',
    budget: '≤ 180 kB gzip',
    measured: `${figure(kilobytes)} kB in ${scripts.length} files`,
    passes: kilobytes <= 180,
  };
}

async function loading(browser: Browser, address: string): Promise<readonly Row[]> {
  const first: number[] = [];
  const picture: number[] = [];
  const live: number[] = [];
  const blocked: number[] = [];
  for (let i = 0; i < LOADS; i++) {
    const subject = await open(browser, address);
    await subject.page.waitForTimeout(1_000);
    const seen = await subject.page.evaluate(() => ({
      firstMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      pictureMs:
        performance.getEntriesByName('redoscope:first-picture')[0]?.startTime ?? Number.NaN,
      liveMs: window.benchTimes?.liveMs ?? Number.NaN,
      blockedMs: window.benchTimes?.blockedMs ?? Number.NaN,
    }));
    first.push(seen.firstMs);
    picture.push(seen.pictureMs);
    live.push(seen.liveMs);
    blocked.push(seen.blockedMs);
    await close(subject);
  }
  return [
    atMost('First contentful paint', 250, first),
    atMost('Live cluster', 500, picture),
    atMost('Live cluster, and the whole page around it', 500, live),
    atMost('Total blocking time', 50, blocked),
  ];
}

function atMost(what: string, most: number, values: readonly number[]): Row {
  const spread = spreadOf(values);
  const passes = spread.median <= most;
  return { what, budget: `≤ ${most} ms`, measured: withSpread(spread, 'ms'), passes };
}

async function running(browser: Browser, address: string): Promise<readonly Row[]> {
  const subject = await open(browser, address);
  await subject.page.evaluate(() => window.redoscope?.play());
  await subject.page.waitForTimeout(2_000);
  const seen = await watch(subject, WATCH_MS);
  await subject.cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const slowed = await watch(subject, WATCH_MS);
  await subject.cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const growth = await heapGrowth(subject);
  await close(subject);
  const script = seen.scriptMs / seen.frames;
  const task = seen.taskMs / seen.seconds;
  return [
    row('Default page: script per frame', '≤ 1.0 ms mean', script, 'ms', script <= 1),
    row('Default page: main thread', '≤ 150 ms/s', task, 'ms/s', task <= 150),
    row('Default page: frames', '60 frames/s', perSecond(seen), '/s', perSecond(seen) >= 59),
    row(
      'The same, CPU 4× slower',
      '≥ 58 frames/s',
      perSecond(slowed),
      '/s',
      perSecond(slowed) >= 58,
    ),
    row('Default page: heap growth', '≤ 0.1 MB/min once history is full', growth, 'MB/min', null),
  ];
}

async function heapGrowth({ page, cdp }: Subject): Promise<number> {
  const used = async (): Promise<number> => {
    await cdp.send('HeapProfiler.collectGarbage');
    return (await metric(cdp, 'JSHeapUsedSize')) / 1e6;
  };
  const before = await used();
  await page.waitForTimeout(HEAP_MS);
  return ((await used()) - before) * (60_000 / HEAP_MS);
}

/** A burst, played so slowly that its messages stay in the air while frames are counted. */
async function crowded(browser: Browser, address: string): Promise<readonly Row[]> {
  const subject = await open(browser, address);
  const { page } = subject;
  await page.evaluate(async () => {
    const api = window.redoscope;
    await api?.open('busy');
    await api?.intervene({ at: { timeUs: 20_000, n: 0 }, act: { op: 'write', count: 400 } });
  });
  const flights = await page.evaluate(async (wanted) => {
    const api = window.redoscope;
    const count = (): number =>
      (api?.state() as { readonly flights: readonly unknown[] } | undefined)?.flights.length ?? 0;
    for (let timeUs = 20_100; timeUs < 40_000 && count() < wanted; timeUs += 50)
      await api?.seek(timeUs);
    const reached = count();
    await api?.play(50);
    return reached;
  }, FLIGHTS);
  await page.waitForTimeout(2_000);
  const seen = await watch(subject, WATCH_MS);
  const stats = await page.evaluate(() => window.redoscope?.frameStats());
  await close(subject);
  const [p50, p95] = [stats?.p50Ms ?? Number.NaN, stats?.p95Ms ?? Number.NaN];
  return [
    {
      what: `${flights} messages in flight: script per frame`,
      budget: 'p50 ≤ 3 ms, p95 ≤ 8 ms',
      measured: `p50 ${figure(p50)} ms, p95 ${figure(p95)} ms`,
      passes: flights >= FLIGHTS ? p50 <= 3 && p95 <= 8 : null,
    },
    row(
      `${flights} messages in flight: frames`,
      '60 frames/s',
      perSecond(seen),
      '/s',
      perSecond(seen) >= 59,
    ),
  ];
}

async function paused(browser: Browser, address: string): Promise<readonly Row[]> {
  const subject = await open(browser, address);
  const { page } = subject;
  await page.evaluate(async () => {
    await window.redoscope?.play();
    await window.redoscope?.pause();
  });
  await page.waitForTimeout(500);
  const before = await page.evaluate(() => window.redoscope?.frameStats());
  await page.waitForTimeout(2_000);
  const after = await page.evaluate(() => window.redoscope?.frameStats());
  await close(subject);
  const asked = (after?.requestedWhilePaused ?? 0) + (after?.frames ?? 0) - (before?.frames ?? 0);
  return [row('Animation frames while paused', '0', asked, '', asked === 0)];
}

/** How long what people do takes to be done, as the console's promises tell it. */
async function used(browser: Browser, address: string): Promise<readonly Row[]> {
  const subject = await open(browser, address);
  const seen = await subject.page.evaluate(async () => {
    const api = window.redoscope;
    const timed = async (work: () => Promise<unknown> | undefined): Promise<number> => {
      const begun = performance.now();
      await work();
      return performance.now() - begun;
    };
    await api?.seek(500_000);
    await api?.seek(250_000);
    const kill = await timed(() => api?.intervene({ op: 'crash', target: 'B2' }));
    const seeks: number[] = [];
    const steps: number[] = [];
    for (let i = 0; i < 40; i++) {
      seeks.push(await timed(() => api?.seek(((i * 97) % 250) * 1_000)));
      steps.push(await timed(() => api?.step('event', i % 2 === 0 ? 1 : -1)));
    }
    return { kill, seeks, steps };
  });
  const reopened: number[] = [];
  for (let i = 0; i < LOADS; i++) reopened.push(await reopenMs(subject.page, longLink()));
  await close(subject);
  const seeks = spreadOf(seen.seeks);
  const steps = spreadOf(seen.steps);
  return [
    row('Kill a node', '', seen.kill, 'ms', null),
    { what: 'Seek, in the page', budget: '', measured: withSpread(seeks, 'ms'), passes: null },
    {
      what: 'Step ±1, in the page',
      budget: '≤ 8 ms',
      measured: withSpread(steps, 'ms'),
      passes: steps.median <= 8,
    },
    atMost('Link for 30 interventions reopened', 300, reopened),
  ];
}

const reopenMs = (page: Page, link: string): Promise<number> =>
  page.evaluate(async (source) => {
    await window.redoscope?.open('quiet');
    const begun = performance.now();
    await window.redoscope?.open(source);
    return performance.now() - begun;
  }, link);
