import type { Browser, Page } from '@playwright/test';
import { VIEWS } from '../../src/store/views.ts';
import { close, open, perSecond, type Subject, watch } from './subject.ts';
import { figure, quantile, type Row } from './table.ts';

const WATCH_MS = 4_000;
const TIMES = 12;

/** What every view costs while it plays, the fleet at its full size, and how soon the page answers people. */
export async function viewRows(browser: Browser, address: string): Promise<readonly Row[]> {
  return [
    ...(await playing(browser, address)),
    ...(await wholeFleet(browser, address)),
    ...(await answering(browser, address)),
  ];
}

/** Clears what the first visit says, and lets keys mean commands. */
async function begin(subject: Subject, source: string): Promise<void> {
  const { page } = subject;
  await page.getByRole('button', { name: /^Not now/ }).click();
  await page.evaluate((what) => window.redoscope?.open(what), source);
}

async function lookAt(page: Page, at: number): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press(String(at + 1));
  // What a view is made of comes when it is first shown.
  await page.waitForTimeout(800);
}

async function playing(browser: Browser, address: string): Promise<readonly Row[]> {
  const subject = await open(browser, address);
  await begin(subject, 'first-write');
  await subject.page.evaluate(() => window.redoscope?.seek(300_000));
  await subject.page.evaluate(() => window.redoscope?.play());
  const rows: Row[] = [];
  for (const [at, { title }] of VIEWS.entries()) {
    await lookAt(subject.page, at);
    const seen = await watch(subject, WATCH_MS);
    const script = seen.scriptMs / seen.frames;
    rows.push({
      what: `${title} view, playing: script per frame`,
      budget: at === 0 ? '≤ 1.0 ms mean' : '',
      measured: `${figure(script)} ms at ${figure(perSecond(seen))} frames/s`,
      passes: at === 0 ? script <= 1 : null,
    });
  }
  await close(subject);
  return rows;
}

/** 128 TiB: 13,108 groups, 78,648 segments, moved by hand and by wheel. */
async function wholeFleet(browser: Browser, address: string): Promise<readonly Row[]> {
  const subject = await open(browser, address);
  const { page } = subject;
  await begin(subject, 'first-write');
  await lookAt(
    page,
    VIEWS.findIndex(({ id }) => id === 'fleet'),
  );
  const sizes = page.getByLabel('Size of the volume');
  const largest = await sizes.locator('option').last().getAttribute('value');
  await sizes.selectOption(largest);
  await page.waitForTimeout(500);
  const box = await page.getByRole('group', { name: /^Fleet: one hexagon/ }).boundingBox();
  if (!box) return [];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -120);
  await page.keyboard.up('Control');
  const frames = await moved(page, async () => {
    await page.mouse.down();
    for (let i = 0; i < 120; i++)
      await page.mouse.move(x + 90 * Math.sin(i / 9), y + 60 * Math.cos(i / 7));
    await page.mouse.up();
  });
  await close(subject);
  const apart = quantileOf(frames, 0.5);
  return [
    {
      what: 'Fleet of 13,108 groups, dragged: time from frame to frame',
      budget: '60 frames/s',
      measured: `p50 ${figure(apart)} ms, p95 ${figure(quantileOf(frames, 0.95))} ms`,
      passes: apart <= 17.5,
    },
  ];
}

const quantileOf = (values: readonly number[], rank: number): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    rank,
  );

/** How far frames were apart while something went on. */
async function moved(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const apart: number[] = [];
    let last = performance.now();
    let on = true;
    const frame = (now: number): void => {
      apart.push(now - last);
      last = now;
      if (on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, {
      benchFrames: () => {
        on = false;
        return apart.slice(2);
      },
    });
  });
  await work();
  return page.evaluate(() =>
    (window as unknown as { readonly benchFrames: () => readonly number[] }).benchFrames(),
  );
}

/** Interaction to next paint, as the browser tells it, for what people do most. */
async function answering(browser: Browser, address: string): Promise<readonly Row[]> {
  const subject = await open(browser, address);
  const { page } = subject;
  await begin(subject, 'first-write');
  await page.evaluate(() => window.redoscope?.seek(400_000));
  const track = await page.getByRole('slider', { name: 'Time' }).boundingBox();
  const node = page.getByRole('button', { name: /^(Crash|Restore) B2$/ });
  const deeds: readonly (readonly [
    what: string,
    budgetMs: number,
    work: (i: number) => Promise<void>,
  ])[] = [
    [
      'kill or restore',
      50,
      async () => {
        await upOrDown(page);
        await node.first().click();
      },
    ],
    ['step', 50, (i) => page.keyboard.press(i % 2 === 0 ? ',' : '.')],
    ['view change', 50, (i) => page.keyboard.press(String(1 + (i % VIEWS.length)))],
    [
      'seek',
      100,
      (i) =>
        track
          ? page.mouse.click(
              track.x + (track.width * (1 + (i % 7))) / 12,
              track.y + track.height / 2,
            )
          : Promise.resolve(),
    ],
  ];
  const rows: Row[] = [];
  for (const [what, budgetMs, work] of deeds) {
    const paints = await interactions(page, work);
    const p95 = quantileOf(paints, 0.95);
    rows.push({
      what: `Interaction to next paint: ${what}`,
      budget: `p95 ≤ ${budgetMs} ms`,
      measured: `p50 ${figure(quantileOf(paints, 0.5))} ms, p95 ${figure(p95)} ms`,
      passes: p95 <= budgetMs,
    });
  }
  await close(subject);
  return rows;
}

/** A node on its way up can be neither killed nor restored: lets time pass, untouched, until it is there. */
async function upOrDown(page: Page): Promise<void> {
  const underWay = page.getByRole('button', { name: 'Restore B2', disabled: true });
  while ((await underWay.count()) > 0)
    await page.evaluate(() => window.redoscope?.seek(window.redoscope.time() + 200_000));
}

/** The browser tells of no interaction that took less than this. */
const LEAST_TOLD_MS = 16;

async function interactions(
  page: Page,
  work: (i: number) => Promise<void>,
): Promise<readonly number[]> {
  await page.evaluate((leastMs) => {
    const longest = new Map<number, number>();
    Object.assign(window, { benchInteractions: longest });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { interactionId, duration } = entry as PerformanceEventTiming & {
          readonly interactionId: number;
        };
        if (interactionId)
          longest.set(interactionId, Math.max(duration, longest.get(interactionId) ?? 0));
      }
    }).observe({ type: 'event', durationThreshold: leastMs } as PerformanceObserverInit);
  }, LEAST_TOLD_MS);
  for (let i = 0; i < TIMES; i++) {
    await work(i);
    await page.waitForTimeout(250);
  }
  const told = await page.evaluate(() => [
    ...(
      window as unknown as { readonly benchInteractions: Map<number, number> }
    ).benchInteractions.values(),
  ]);
  const untold = Array.from({ length: Math.max(0, TIMES - told.length) }, () => LEAST_TOLD_MS);
  return [...told, ...untold];
}
