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
    test(`point 4: everything needed is in sight at ${width}×${height}, ${colorScheme}`, async ({
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

test('a phone gives its stage the room', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const meter = page.getByRole('group', { name: /^Write quorum of PG/ });
  await expect(meter).toBeVisible();
  const drawing = await page.getByRole('grid', { name: 'Cluster' }).boundingBox();
  const panels = await page.getByRole('complementary', { name: 'Panels' }).boundingBox();
  expect(drawing!.height).toBeGreaterThan(380);
  // What lies between is the readout.
  expect(panels!.y - drawing!.y - drawing!.height).toBeLessThanOrEqual(64);
});

for (const [width, height] of [
  [844, 390],
  [720, 450],
] as const) {
  test(`nothing lies over anything else on a flat stage, ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/');
    const machines = page
      .getByRole('grid', { name: 'Cluster' })
      .getByRole('button', { name: /^(Writer|Replica|Storage node|Availability Zone|Clients)/ });
    await expect(machines).toHaveCount(19);
    const boxes = await machines.evaluateAll((all) =>
      all.map((each) => {
        const { left, top, right, bottom } = each.getBoundingClientRect();
        return { name: each.getAttribute('aria-label'), left, top, right, bottom };
      }),
    );
    const over = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `${a.name} and ${b.name}`),
    );
    expect(over).toEqual([]);
  });
}
