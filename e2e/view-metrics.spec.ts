import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { openRun, seek, stateOf } from './in-page.ts';
import { begin } from './journey.ts';

const open = (page: Page) => page.getByRole('tab', { name: 'Metrics' }).click();
const chart = (page: Page, name: RegExp) => page.getByRole('slider', { name });
const reading = (page: Page) => page.locator('#view-reading');

const FACTS = [
  /^Commit latency: Half of commits in [\d.]+ ms, 99 % in [\d.]+ ms$/,
  /^Quorum fan: 4 of 6 copies after [\d.]+ ms, all after [\d.]+ ms$/,
  /^Durability frontier: .*records? in flight/,
  /^Replica lag: Replicas lag [\d.]+ ms/,
  /^Healthy copies: All 6 copies of every group are well$/,
  /^Traffic of a commit: A commit takes [\d.]+ messages/,
];

test('six charts say what they find, and are accessible in both themes', async ({ page }) => {
  await begin(page);
  await open(page);
  for (const fact of FACTS) await expect(chart(page, fact)).toBeVisible();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
    await expectAccessible(page);
  }
});

test('arrows read commits one by one, and Enter goes to one', async ({ page }) => {
  await begin(page);
  await open(page);
  const fan = chart(page, /^Quorum fan/);
  await fan.focus();
  await page.keyboard.press('End');
  await expect(reading(page)).toContainText(/Transaction \d+, PG \d: quorum after/);
  const last = await reading(page).textContent();
  await page.keyboard.press('ArrowLeft');
  await expect(reading(page)).not.toHaveText(last ?? '');
  const before = (await stateOf(page)).counters.commits;
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await stateOf(page)).counters.commits).toBeLessThan(before);
  await expect(fan).toBeFocused();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: /^Transaction/ })).toBeVisible();
});

test('pointing reads a chart, pressing goes to that moment and what was known ahead stays', async ({
  page,
}) => {
  await begin(page);
  await open(page);
  const frontier = chart(page, /^Durability frontier/);
  const name = await chart(page, /^Commit latency/).getAttribute('aria-valuemax');
  const { width, height } = (await frontier.boundingBox())!;
  const position = { x: width / 2, y: height / 2 };
  await frontier.hover({ position });
  await expect(reading(page)).toContainText(/VDL \d+/);
  const { timeUs } = (await stateOf(page)).position;
  await frontier.click({ position });
  await expect.poll(async () => (await stateOf(page)).position.timeUs).toBeLessThan(timeUs);
  expect((await stateOf(page)).edge.timeUs).toBe(timeUs);
  await page.getByLabel('Time shown').selectOption('all');
  const all = Number(await chart(page, /^Commit latency/).getAttribute('aria-valuemax'));
  expect(all).toBeGreaterThanOrEqual(Number(name));
});

test('the table has the same numbers, and nothing written says how to begin', async ({ page }) => {
  await begin(page);
  await open(page);
  await page.getByRole('button', { name: 'Data table' }).click();
  const table = page.getByRole('table', { name: /^Newest \d+ commits.*Half of commits/ });
  const { commits } = (await stateOf(page)).counters;
  await expect(table.getByRole('row')).toHaveCount(commits + 1);
  await expect(table.getByRole('columnheader', { name: 'Ack 6' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Data table' }).click();
  await openRun(page, 'quiet');
  await expect(page.getByText('No commit yet. Press W for one write.')).toBeVisible();
});

test('on a phone the charts stand in one column that scrolls', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await begin(page);
  await open(page);
  const [first, second] = [chart(page, /^Commit latency/), chart(page, /^Quorum fan/)];
  const [a, b] = [(await first.boundingBox())!, (await second.boundingBox())!];
  expect(a.x).toBe(b.x);
  expect(a.x + a.width).toBeLessThanOrEqual(390);
  await chart(page, /^Traffic of a commit/).scrollIntoViewIfNeeded();
  await expect(chart(page, /^Traffic of a commit/)).toBeInViewport();
  await expectAccessible(page);
});

const runSeeds = (page: Page) => page.getByRole('button', { name: 'Run 1,000 seeds' });
const stopSeeds = (page: Page) => page.getByRole('button', { name: 'Stop the seeds' });
const removeSeeds = (page: Page) => page.getByRole('button', { name: 'Remove the seeds' });

test('a thousand seeds are laid upon the charts, and are announced when they are ready', async ({
  page,
}) => {
  test.slow();
  await begin(page);
  await openRun(page, 'first-write');
  await seek(page, 6_000);
  await open(page);
  await runSeeds(page).focus();
  await page.keyboard.press('Enter');
  await expect(stopSeeds(page)).toBeFocused();
  await expect(page.getByRole('progressbar', { name: 'Running 1,000 seeds' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Simulation' })).toHaveText(
    '1,000 seeds are ready. The charts show what they did.',
    { timeout: 120_000 },
  );
  await expect(removeSeeds(page)).toBeFocused();
  const seeds = page.getByRole('region', { name: 'Other seeds' });
  await expect(seeds).toContainText('Seeds 1 to 1,000 of this scenario, 0.000 ms to 6.000 ms.');
  await expect(seeds).toContainText('simulated');
  await expect(chart(page, /^Commit latency: .*1,000 seeds: half in [\d.]+ ms/)).toBeVisible();
  await expect(chart(page, /^Quorum fan: .*1,000 seeds, median acks: [\d.]+ · /)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Data table' }).click();
  const table = page.getByRole('table', { name: /^What 1,000 seeds of this run did/ });
  await expect(table.getByRole('rowheader', { name: 'Acknowledgement 6' })).toBeVisible();
  await expectAccessible(page);
});

test('the seeds of a run are stopped by looking elsewhere, and gone once the run is another', async ({
  page,
}) => {
  await begin(page);
  await open(page);
  await runSeeds(page).click();
  await expect(chart(page, /^Commit latency: .*\d+ seeds:/)).toBeVisible();
  await page.getByRole('tab', { name: 'Log' }).click();
  await open(page);
  await expect(removeSeeds(page)).toBeVisible();
  await expect(page.getByText(/^\d+ seeds? among 1 to 1,000 of this scenario/)).toBeVisible();
  await removeSeeds(page).click();
  await runSeeds(page).click();
  await expect(chart(page, /^Commit latency: .*\d+ seeds:/)).toBeVisible();
  await page.evaluate(() => window.redoscope!.intervene({ op: 'crash', target: 'B2' }));
  await expect(runSeeds(page)).toBeVisible();
  await expect(chart(page, /^Commit latency: .*seeds/)).toHaveCount(0);
});

test('without a thread for them the seeds say so in a sentence', async ({ page }) => {
  await page.addInitScript(() => {
    window.Worker = class {
      constructor() {
        throw new Error('none');
      }
    } as unknown as typeof Worker;
  });
  await begin(page);
  await open(page);
  await runSeeds(page).click();
  await expect(page.getByText(/^The other seeds could not be run/).last()).toBeVisible();
  await expect(runSeeds(page)).toBeVisible();
});
