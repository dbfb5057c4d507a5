import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** Holds back the page around the drawing; returns what lets it through. */
async function withoutPage(page: Page): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/mount-*.js', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

const SIZES = [
  [1920, 1080],
  [1440, 900],
  [1100, 800],
  [800, 600],
  [390, 844],
  [844, 390],
  [320, 568],
] as const;
const PHONES = [
  [390, 844],
  [844, 390],
] as const;

function staysInPlace([width, height]: readonly [number, number]): void {
  test(`at ${width} × ${height} the cluster runs before the page is there, and stays where it is`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const release = await withoutPage(page);
    await page.goto('./');
    const drawing = page.locator('canvas[data-layer="ground"]');
    await expect(drawing).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    const begun = await page.evaluate(() => window.redoscope?.time() ?? Number.NaN);
    await expect.poll(() => page.evaluate(() => window.redoscope?.time())).toBeGreaterThan(begun);
    const before = await drawing.boundingBox();
    release();
    await page.evaluate(() => window.redoscope?.ready);
    await expect(page.getByRole('slider', { name: 'Time' })).toBeVisible();
    expect(await drawing.boundingBox()).toEqual(before);
    await expect(drawing).toHaveCount(1);
  });
}

for (const size of SIZES) staysInPlace(size);

test.describe('under a finger', () => {
  test.use({ hasTouch: true, isMobile: true });
  for (const size of PHONES) staysInPlace(size);
});

test('a page whose rest cannot be loaded says so', async ({ page, complaints }) => {
  await page.route('**/assets/mount-*.js', (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('alert')).toHaveText(/could not be loaded. Please reload it/);
  await expect(page.locator('canvas').first()).toBeVisible();
  // What the browser itself says about the file that is missing.
  expect(complaints.every((each) => each.includes('Failed to load resource'))).toBe(true);
  complaints.length = 0;
});
