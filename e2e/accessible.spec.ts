import type { Page } from '@playwright/test';
import { VIEWS, type ViewTab } from '../src/store/views.ts';
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from './fixtures.ts';
import { openPage, openRun } from './in-page.ts';
import { expectViewBuilt } from './journey.ts';

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

/** Looks at a view by its key, with nothing focused that would want the key for itself. */
async function lookAt(page: Page, id: ViewTab): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press(String(1 + VIEWS.findIndex((view) => view.id === id)));
  const { title } = VIEWS.find((view) => view.id === id)!;
  await expect(page.getByRole('tab', { name: title, exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expectViewBuilt(page);
}

for (const [width, height] of SIZES) {
  test(`point 42: every view at ${width} × ${height} is without a fault in both themes`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await openPage(page);
    await page.getByRole('button', { name: /^Not now/ }).click();
    await openRun(page, 'zone-and-one');
    for (const { id, title } of VIEWS) {
      await test.step(title, async () => {
        await lookAt(page, id);
        await expectAccessibleInBothThemes(page);
      });
    }
  });
}

test('every view says what is looked at', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await page.getByRole('button', { name: /^Not now/ }).click();
  for (const { id, says } of VIEWS) {
    await lookAt(page, id);
    await expect(page.getByText(says)).toBeVisible();
  }
});

test('point 50: every view can be a table with a caption, headed columns and rows, and a picture again', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await page.getByRole('button', { name: /^Not now/ }).click();
  await openRun(page, 'crash-recovery');
  const tables = page.getByRole('main').getByRole('table');
  // Below tables that the view itself has.
  const table = tables.last();
  for (const { id } of VIEWS) {
    await lookAt(page, id);
    const beside = await tables.count();
    await page.keyboard.press('Shift+T');
    await expect(table).toHaveAccessibleName(/simulated/);
    expect(await table.getByRole('columnheader').count()).toBeGreaterThan(1);
    expect(await table.getByRole('row').count()).toBeGreaterThan(1);
    await expectAccessible(page);
    await page.keyboard.press('Shift+T');
    await expect(tables).toHaveCount(beside);
  }
});
