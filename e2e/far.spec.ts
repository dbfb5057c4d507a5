import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { openPage, stateOf } from './in-page.ts';

/** Ten simulated minutes: millions of events, more than any machine computes before somebody stops it. */
const FAR = 't=600s';

async function farLink(page: Page): Promise<string> {
  await openPage(page);
  await page.evaluate(() => window.redoscope!.pause());
  const here = await page.evaluate(() => window.redoscope!.url());
  const far = here.replace(/t=[^&]*/, FAR);
  expect(far).toContain(FAR);
  return far;
}

const way = (page: Page) => page.getByRole('progressbar', { name: /Going to/ });
const stop = (page: Page) => page.getByRole('button', { name: 'Stop here' });

test('a link far into a run shows how far it has come, and can be stopped', async ({
  page,
  elsewhere,
}) => {
  const link = await farLink(page);
  const there = await elsewhere('about:blank');
  await there.goto(link);
  await expect(way(there)).toBeVisible();
  await expectAccessible(there);
  const before = await there.evaluate(() => window.redoscope!.time());
  // The page goes on answering meanwhile.
  await there.getByRole('combobox', { name: 'Speed' }).focus();
  await expect.poll(() => there.evaluate(() => window.redoscope!.time())).toBeGreaterThan(before);
  await stop(there).click();
  await expect(way(there)).toBeHidden();
  const { state, position } = await stateOf(there);
  expect(state).toBe('paused');
  expect(position.timeUs).toBeLessThan(600_000_000);
  expect(await there.evaluate(() => window.redoscope!.ready.then(() => 'ready'))).toBe('ready');
});

test('a key ends a long way, too, and the run can be played on from there', async ({ page }) => {
  await openPage(page);
  await page.evaluate(() => void window.redoscope!.seek(600_000_000));
  await expect(way(page)).toBeVisible();
  await page.keyboard.press('k');
  await expect(way(page)).toBeHidden();
  expect((await stateOf(page)).state).toBe('paused');
  await page.keyboard.press('k');
  expect((await stateOf(page)).state).toBe('playing');
});

test('what is asked for meanwhile ends it', async ({ page }) => {
  await openPage(page);
  const reached = await page.evaluate(async () => {
    const { seek, time } = window.redoscope!;
    const far = seek(600_000_000);
    await seek(2_000);
    await far;
    return time();
  });
  expect(reached).toBe(2_000);
});
