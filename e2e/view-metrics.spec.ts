import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { openRun, stateOf } from './in-page.ts';
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
