import { expect, expectAccessible, test } from './fixtures.ts';
import { seek } from './in-page.ts';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Not now/ }).click();
});

test('point 21: playing pauses on the fourth acknowledgement when asked to', async ({ page }) => {
  await page.getByRole('button', { name: 'Pause on…' }).click();
  const moment = page.getByRole('menuitemcheckbox', { name: 'The fourth acknowledgement' });
  await moment.click();
  await expect(moment).toBeChecked();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await seek(page, 1_250);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Write quorum of PG 0' })).toContainText('durable');
});

test('on a phone the moments to pause on are in the menu of the page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Menu' }).click();
  // After pace, scale and loop.
  await expect(page.getByRole('menuitemcheckbox')).toContainText([
    'The fourth acknowledgement',
    'A commit returned',
    'A lost write quorum',
    'A gap in a log',
    'Any failure',
    'What the filter finds',
  ]);
});

test('the timeline says what had happened where it is pointed at', async ({ page }) => {
  await seek(page, 10_000);
  await seek(page, 1_150);
  const slider = page.getByRole('slider', { name: 'Time' });
  const box = await slider.boundingBox();
  await slider.hover({ position: { x: (box!.width * 1_100) / 20_000, y: 12 } });
  await expect(slider).toContainText(/1\.\d{3} ms.*acks 1003/);
});
