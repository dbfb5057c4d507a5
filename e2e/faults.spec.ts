import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { letPass, momentOf, openPage, openRun, stateOf } from './in-page.ts';

const node = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^Storage node ${name},`) });
const downNode = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^Storage node ${name}, down`) });
const notices = (page: Page) => page.getByRole('region', { name: 'Notices' });

/** Presses a key until what has focus is called so. */
async function pressUntil(page: Page, key: string, name: RegExp): Promise<void> {
  const focused = page.locator(':focus');
  await expect(async () => {
    const label = (await focused.count()) > 0 ? await focused.getAttribute('aria-label') : null;
    if (!name.test(label ?? '')) await page.keyboard.press(key);
    expect(label).toMatch(name);
  }).toPass({ intervals: [0] });
}

/** Walks onto the stage, and on it to B2, with keys alone. */
async function walkToB2(page: Page): Promise<void> {
  await pressUntil(page, 'Tab', /^Clients/);
  await page.keyboard.press('Control+End');
  await pressUntil(page, 'ArrowUp', /^Storage node C2/);
  await pressUntil(page, 'ArrowLeft', /^Storage node B2/);
  await expect(node(page, 'B2')).toBeFocused();
}

test.describe('killing a node', () => {
  test.beforeEach(async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });

  test('with keys: arrows to it, Enter, X; X again restores it', async ({ page }) => {
    await openPage(page);
    await page.keyboard.press('Escape');
    await walkToB2(page);
    await page.keyboard.press('Enter');
    await page.keyboard.press('x');
    await expect(downNode(page, 'B2')).toBeFocused();
    await page.keyboard.press('x');
    await expect(page.getByRole('button', { name: /^Storage node B2, restarting/ })).toBeVisible();
  });

  test('with keys in kill mode: arrows to it, Enter', async ({ page }) => {
    await openPage(page);
    await walkToB2(page);
    await page.keyboard.press('Enter');
    await expect(downNode(page, 'B2')).toBeFocused();
  });

  test('with a finger: a tap kills, a tap takes it back', async ({ elsewhere }) => {
    const page = await elsewhere('/', {
      ...{ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
      reducedMotion: 'reduce',
    });
    const box = (await node(page, 'B2').boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(40);
    await node(page, 'B2').tap({ position: { x: 8, y: 8 } });
    await expect(downNode(page, 'B2')).toBeVisible();
    await notices(page).getByRole('button', { name: 'Undo' }).tap();
    await expect(page.getByRole('button', { name: /^Storage node B2, healthy/ })).toBeVisible();
  });

  test('with a finger outside kill mode: select, then the button in the panel', async ({
    elsewhere,
  }) => {
    const page = await elsewhere('/', {
      ...{ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
      reducedMotion: 'reduce',
    });
    await page.getByRole('button', { name: /^Not now/ }).tap();
    await node(page, 'B2').tap({ position: { x: 8, y: 8 } });
    const crash = page.getByRole('group', { name: 'Actions' }).getByRole('button').first();
    await expect(crash).toHaveAccessibleName('Crash B2');
    expect((await crash.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await crash.tap();
    await expect(downNode(page, 'B2')).toBeVisible();
  });

  for (const way of ['the notice', 'Ctrl+Z']) {
    test(`point 3: is undone by ${way}: the same moment, the same address`, async ({ page }) => {
      await openPage(page);
      await page.evaluate(() => window.redoscope!.seek(6_000));
      const before = await momentOf(page);
      const link = await page.evaluate(() => window.redoscope!.url());
      await node(page, 'B2').click({ position: { x: 20, y: 8 } });
      await expect(notices(page).getByText('B2 crashed at 6.000 ms')).toBeVisible();
      expect((await momentOf(page)).hash).not.toBe(before.hash);
      if (way === 'Ctrl+Z') await page.keyboard.press('Control+z');
      else await notices(page).getByRole('button', { name: 'Undo' }).click();
      await expect(page.getByRole('button', { name: /^Storage node B2, healthy/ })).toBeVisible();
      expect(await momentOf(page)).toEqual(before);
      await expect(page).toHaveURL(link);
      // An offer to undo what is undone would be a trap.
      await expect(notices(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
    });
  }

  test('point 2: goes on while commits go on', async ({ page }) => {
    await openPage(page);
    await node(page, 'B2').click({ position: { x: 20, y: 8 } });
    await expect(downNode(page, 'B2')).toBeVisible();
    await letPass(page, 20_000);
    expect((await stateOf(page)).counters.commits).toBeGreaterThan(4);
  });
});

test('point 25: an Availability Zone down: writes continue; one node more: they wait; restored: they return', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, 'one-group');
  await page.keyboard.press('Escape');
  await letPass(page, 10_000);
  await page.getByRole('button', { name: 'Take down Availability Zone C' }).click();
  await letPass(page, 10_000);
  const withoutZone = await stateOf(page);
  expect(withoutZone.groups[0]).toMatchObject({ healthy: 4, health: 'writes continue' });
  await letPass(page, 10_000);
  expect((await stateOf(page)).counters.commits).toBeGreaterThan(withoutZone.counters.commits);

  await page.getByRole('button', { name: 'Crash B2', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Writes wait' })).toContainText('has 3 of 6 copies');
  // What was acknowledged already may still return.
  await letPass(page, 10_000);
  const blocked = await stateOf(page);
  expect(blocked.groups[0]).toMatchObject({ healthy: 3, health: 'writes wait' });
  await letPass(page, 20_000);
  const waiting = await stateOf(page);
  expect(waiting.counters.commits).toBe(blocked.counters.commits);
  const held = waiting.transactions.map(({ txn }) => txn);
  expect(held.length).toBeGreaterThan(0);

  const caption = page.getByRole('group', { name: 'Writes wait' });
  await caption.getByRole('button', { name: 'Restore B2' }).click();
  // A node takes 50 ms to come back.
  await letPass(page, 80_000);
  await expect(caption).toHaveCount(0);
  const restored = await stateOf(page);
  expect(restored.counters.commits).toBeGreaterThan(waiting.counters.commits);
  const still = restored.transactions.map(({ txn }) => txn);
  expect(held.filter((txn) => still.includes(txn))).toEqual([]);
});
