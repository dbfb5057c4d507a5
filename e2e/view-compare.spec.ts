import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { openRun, stateOf } from './in-page.ts';
import { begin, go } from './journey.ts';

const open = (page: Page) => page.keyboard.press('6');
const picture = (page: Page) => page.getByRole('group', { name: /^Compare/ });
const board = (page: Page) => page.getByRole('table', { name: 'Both systems over the run so far' });
const reading = (page: Page) => page.locator('#view-reading');

/** A figure of the board: Aurora's and MySQL's. */
async function figures(page: Page, name: RegExp): Promise<readonly string[]> {
  const row = board(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) });
  return row.getByRole('cell').allInnerTexts();
}

test('point 33: the same transaction on both sides, more hops in a row on MySQL, every number with its origin', async ({
  page,
}) => {
  await begin(page);
  await open(page);
  await expect(
    page.getByText(/^Same workload, same faults\. Left Aurora, right MySQL/),
  ).toBeVisible();
  await expect(reading(page)).toHaveText(
    /^Transaction \d+: 2 hops in a row on Aurora, 12 on MySQL; simulated\./,
  );
  const [aurora, mysql] = (await figures(page, /^Hops in a row/)).map(Number);
  expect(mysql).toBeGreaterThan(aurora!);
  // Step by step: one transaction on either side.
  await picture(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(reading(page)).toHaveText(/^MySQL, .*; simulated\.$/);
  await page.keyboard.press('End');
  await expect(reading(page)).toHaveText(
    /^MySQL, binlog confirmation from the standby: .*; simulated\.$/,
  );
  await page.keyboard.press('ArrowUp');
  await expect(reading(page)).toHaveText(/^Aurora, log to A\d, and stored there: .*; simulated\.$/);
  // Each row of the board, and each column of what was measured by others, says where it comes from.
  for (const row of await board(page).getByRole('rowheader').all())
    await expect(row).toContainText('simulated');
  const published = page.getByRole('table', { name: /^Published/ });
  for (const head of await published.getByRole('columnheader').all())
    await expect(head).toContainText('published');
  await expect(published.getByRole('row', { name: /^Aurora with replicas/ })).toContainText('0.95');
  await expect(published.getByRole('row', { name: /^Mirrored MySQL/ })).toContainText('7.4');
});

test('a fault is done to both, and taken back from both', async ({ page }) => {
  await begin(page);
  await open(page);
  const before = await figures(page, /^Commit p99/);
  const slow = page.getByRole('button', { name: 'Slow one disk ×10' });
  await slow.click();
  await expect(slow).toHaveAttribute('aria-pressed', 'true');
  await go(page, 400);
  await expect(page.getByText(/^B1 slowed ×10 at .* median commit before and since/)).toBeVisible();
  await expect.poll(() => figures(page, /^Commit p99/)).not.toEqual(before);
  const [aurora, mysql] = (await figures(page, /^Commit p99/)).map(Number.parseFloat);
  expect(aurora).toBeLessThan(4);
  expect(mysql).toBeGreaterThan(30);
  await slow.click();
  await expect(slow).toHaveAttribute('aria-pressed', 'false');
  const { hosts } = await stateOf(page);
  expect(hosts.every((host) => !host.slow)).toBe(true);
});

test('what has no counterpart is said', async ({ page }) => {
  await begin(page);
  await open(page);
  await page.getByRole('button', { name: 'Take AZ C down' }).click();
  await expect(page.getByText(/On Aurora alone: Availability Zone C taken down/)).toHaveText(
    /MySQL has no counterpart: it has nothing in zone C\.$/,
  );
  await page.getByRole('button', { name: 'Crash the database' }).click();
  await go(page, 40);
  await expect(page.getByText(/^[^.]*crashed at .* median commit/)).toBeVisible();
  await expect(page.getByText(/On Aurora alone: Availability Zone C/)).toBeVisible();
});

test('a transaction is chosen here as anywhere, and going back shows it as it was', async ({
  page,
}) => {
  await begin(page);
  await open(page);
  await picture(page).focus();
  const txnNow = async () =>
    Number(/^Transaction (\d+)/.exec((await reading(page).textContent()) ?? '')?.[1]);
  const latest = await txnNow();
  await page.keyboard.press('PageUp');
  await expect.poll(txnNow).not.toBe(latest);
  const chosen = await txnNow();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: /^Transaction/ })).toContainText(`${chosen}`);
  await page.evaluate(() => window.redoscope!.seek(1_000));
  await expect(reading(page)).toHaveText(/^The first transaction that both have answered/);
  await go(page, 499);
  await expect.poll(txnNow).toBe(chosen);
});

test('the table has the same numbers', async ({ page }) => {
  await begin(page);
  await open(page);
  await expect(reading(page)).toHaveText(/12 on MySQL/);
  const hops = await figures(page, /^Hops in a row/);
  await page.keyboard.press('Shift+T');
  const table = page.getByRole('table', {
    name: /^Newest \d+ transactions that both have answered/,
  });
  await expect(table.getByRole('row').nth(1)).toContainText('Transaction');
  await expect(table.getByRole('columnheader', { name: 'MySQL waited (simulated)' })).toBeVisible();
  expect(await figures(page, /^Hops in a row/)).toEqual(hops);
  const last = table.getByRole('row').nth(1).getByRole('cell');
  expect((await last.allInnerTexts()).slice(-3, -1)).toEqual(hops);
  await expectAccessible(page);
  await page.keyboard.press('Shift+T');
  await expect(picture(page)).toBeVisible();
});

test('is accessible in both themes, and says what to wait for in a run without work', async ({
  page,
}) => {
  await begin(page);
  await open(page);
  await expect(reading(page)).toHaveText(/12 on MySQL/);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme });
    await expectAccessible(page);
  }
  await openRun(page, 'quiet');
  await expect(reading(page)).toHaveText(/^The first transaction that both have answered/);
});

test('on a phone the clusters stand above each other, and nothing is wider than the page', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await begin(page);
  await open(page);
  await expect(picture(page)).toBeVisible();
  const { width, height } = (await picture(page).boundingBox())!;
  expect(width).toBeLessThanOrEqual(390);
  expect(height).toBeGreaterThan(480);
  await board(page).scrollIntoViewIfNeeded();
  await expect(board(page)).toBeInViewport();
  await expectAccessible(page);
});
