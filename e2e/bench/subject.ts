import type { Browser, CDPSession, Page } from '@playwright/test';
import { figure, type Row } from './table.ts';

/** A page that is open and alive, with the means to measure it. */
export interface Subject {
  readonly page: Page;
  readonly cdp: CDPSession;
}

/** What the browser counted over a while. */
export interface Watched {
  readonly seconds: number;
  readonly frames: number;
  readonly scriptMs: number;
  readonly taskMs: number;
}

/** Opens the page as somebody at a desk would, in a browser that has never seen it. */
export async function open(browser: Browser, address: string): Promise<Subject> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  // What runs this file names functions by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(noteTimes);
  await page.goto(address);
  await page.waitForFunction(() => window.redoscope !== undefined);
  await page.evaluate(() => window.redoscope?.ready);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  return { page, cdp };
}

export const close = ({ page }: Subject): Promise<void> => page.context().close();

declare global {
  interface Window {
    benchTimes?: { liveMs: number; blockedMs: number };
  }
}

/** Runs in the page before anything else does. */
function noteTimes(): void {
  const times = { liveMs: 0, blockedMs: 0 };
  window.benchTimes = times;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) times.blockedMs += Math.max(0, duration - 50);
  }).observe({ type: 'longtask', buffered: true });
  const look = (): void => {
    if (window.redoscope === undefined) setTimeout(look, 1);
    else void window.redoscope.ready.then(() => (times.liveMs = performance.now()));
  };
  look();
}

export async function metric(cdp: CDPSession, name: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find((each) => each.name === name)?.value ?? Number.NaN;
}

const framesOf = (page: Page): Promise<number> =>
  page.evaluate(() => window.redoscope?.frameStats().frames ?? Number.NaN);

/** What happens in a page during a stretch of wall time. */
export async function watch({ page, cdp }: Subject, ms: number): Promise<Watched> {
  const read = async () => ({
    at: performance.now(),
    frames: await framesOf(page),
    script: await metric(cdp, 'ScriptDuration'),
    task: await metric(cdp, 'TaskDuration'),
  });
  const before = await read();
  await page.waitForTimeout(ms);
  const after = await read();
  return {
    seconds: (after.at - before.at) / 1_000,
    frames: after.frames - before.frames,
    scriptMs: (after.script - before.script) * 1_000,
    taskMs: (after.task - before.task) * 1_000,
  };
}

export const perSecond = ({ frames, seconds }: Watched): number => frames / seconds;

/** A figure and whether it keeps to its budget; null where there is none. */
export const row = (
  what: string,
  budget: string,
  value: number,
  unit: string,
  passes: boolean | null,
): Row => ({ what, budget, measured: `${figure(value)} ${unit}`, passes });
