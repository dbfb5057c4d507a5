import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { openPage } from './in-page.ts';
import { begin } from './journey.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Story' });
const step = (page: Page, name: string) => panel(page).getByRole('article', { name });

/** Opens a chapter where time flows: with reduced motion every beat stands for a while. */
async function openChapter(page: Page, title: RegExp): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.getByRole('tab', { name: 'Story', exact: true }).click();
  await panel(page).getByRole('button', { name: title }).click();
}

test('point 35: a chapter is read by keyboard: guess, show me, what came of it, next', async ({
  page,
}) => {
  await begin(page);
  await openChapter(page, /^5\b.*Four of six/);
  await expect(step(page, 'Four of six: Count the answers')).toBeVisible();
  await panel(page).getByRole('button', { name: 'Four of six', exact: true }).press('Enter');
  await expect(panel(page).getByText(/share a copy/)).toBeVisible();
  await panel(page).getByRole('button', { name: 'Show me' }).press('Enter');
  await expect(panel(page).getByText(/^The fourth acknowledgement/)).toBeVisible();
  // What came of it tells what the run did.
  await expect(panel(page).getByText(/commit returned after \d+ µs/)).toBeVisible();
  await expect(panel(page).getByRole('heading', { name: 'What came of it' })).toBeFocused();
  await expect(page.getByRole('status', { name: 'Simulation' })).toHaveText(
    /^The fourth acknowledgement moved the durable point up to/,
  );
  await page.keyboard.press('PageDown');
  await expect(step(page, 'Four of six: Count the answers')).toHaveCount(0);
  await page.keyboard.press('PageUp');
  await expect(step(page, 'Four of six: Count the answers')).toBeVisible();
  await expectAccessible(page);
});

test('what a step waits for may be brought about by anybody, and wandering off is free', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, '#ch=s00.kill');
  const first = panel(page).getByRole('article');
  await expect(first).toBeVisible();
  await page.getByRole('button', { name: 'Crash C2' }).first().click();
  await page.keyboard.press('Space');
  await expect(first.getByRole('button', { name: 'Next' })).toBeVisible();
  await page.evaluate(() => window.redoscope!.open('busy'));
  await expect(first.getByText('The run on the stage is not this step’s any more.')).toBeVisible();
  await first.getByRole('button', { name: 'Return to the story' }).press('Enter');
  await expect(first.getByRole('heading', { level: 2 })).toBeFocused();
  await first.getByRole('button', { name: 'Show me' }).press('Enter');
  await expect(first.getByText('Shown at once, since motion is reduced.')).toBeVisible();
  await expect(first.getByRole('heading', { name: 'What came of it' })).toBeFocused();
});

test('a link made at a step opens that step on the same run', async ({ page, elsewhere }) => {
  await begin(page);
  await openChapter(page, /^5\b.*Four of six/);
  await panel(page).getByRole('button', { name: 'Show me' }).click();
  await expect(panel(page).getByText(/^The fourth acknowledgement/)).toBeVisible();
  const there = await elsewhere(await page.evaluate(() => window.redoscope!.url()));
  await expect(panel(there).getByText(/^The fourth acknowledgement/)).toBeVisible();
  const hashes = await Promise.all(
    [page, there].map((each) => each.evaluate(() => window.redoscope!.hash())),
  );
  expect(hashes[0]).toBe(hashes[1]);
});

test('progress stays with this browser', async ({ page }) => {
  await begin(page);
  await openChapter(page, /^5\b.*Four of six/);
  await page.goto('/');
  await page.evaluate(() => window.redoscope!.ready);
  await page.getByRole('tab', { name: 'Story', exact: true }).click();
  await panel(page).getByRole('button', { name: 'Go on' }).click();
  await expect(step(page, 'Four of six: Count the answers')).toBeVisible();
});

test('chapters that do not come are told of where they would be, and tried again', async ({
  page,
  complaints,
}) => {
  await page.route('**/assets/chapters-*.js', (route) => route.abort());
  await begin(page);
  await page.getByRole('tab', { name: 'Story', exact: true }).click();
  await expect(panel(page).getByText(/could not be loaded/)).toBeVisible();
  await expectAccessible(page);
  await page.unroute('**/assets/chapters-*.js');
  await panel(page).getByRole('button', { name: 'Try again' }).click();
  await expect(panel(page).getByRole('button', { name: /^5\b.*Four of six/ })).toBeVisible();
  // Of what did not come the browser complains, and nobody else.
  expect(complaints.filter((each) => !/ERR_FAILED/.test(each))).toEqual([]);
  complaints.length = 0;
});
