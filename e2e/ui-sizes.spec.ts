import { expect, expectAccessible, test } from './fixtures.ts';

const SIZES = [
  [1440, 900],
  [1024, 768],
  [720, 450],
  [390, 844],
  [320, 568],
] as const;

for (const [width, height] of SIZES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`everything needed is in sight at ${width}×${height}, ${colorScheme}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('/');
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scroll).toBeLessThanOrEqual(width);
      for (const name of ['Play', 'Share']) {
        const button = page.getByRole('button', { name, exact: true });
        await expect(button).toBeInViewport({ ratio: 1 });
      }
      await expect(page.getByRole('group', { name: /^Write quorum of PG/ })).toBeInViewport();
      await expect(page.getByRole('grid', { name: 'Cluster' })).toBeInViewport();
      await expectAccessible(page);
    });
  }
}

test('on a phone a selection brings its actions into sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Not now/ }).click();
  await page.getByRole('button', { name: /^Storage node B2/ }).click({ position: { x: 8, y: 8 } });
  await expect(page.getByRole('tab', { name: 'Inspect' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('button', { name: /^Crash B2/ })).toBeInViewport({ ratio: 1 });
});
