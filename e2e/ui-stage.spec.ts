import { expect, expectAccessible, test } from './fixtures.ts';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Not now/ }).click();
});

test('point 36: the stage is one tab stop that arrows walk through', async ({ page }) => {
  const grid = page.getByRole('grid', { name: 'Cluster' });
  await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
  await grid.getByRole('button', { name: /^Storage node A1/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(grid.getByRole('button', { name: /^Storage node A2/ })).toBeFocused();
  await page.keyboard.press('End');
  await expect(grid.getByRole('button', { name: /^Storage node C2/ })).toBeFocused();
  await page.keyboard.press('Control+Home');
  await expect(grid.getByRole('button', { name: /^Clients/ })).toBeFocused();
});

test('Enter selects what has focus, Esc clears it', async ({ page }) => {
  await page.getByRole('button', { name: /^Storage node B2/ }).focus();
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'B2' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector.getByRole('heading', { name: 'The cluster' })).toBeVisible();
});

for (const way of ['right click', 'M', 'Shift+F10']) {
  test(`point 37: ${way} opens the menu of a node, and Esc returns to it`, async ({ page }) => {
    const node = page.getByRole('button', { name: /^Storage node B2/ });
    if (way === 'right click') await node.click({ button: 'right', position: { x: 20, y: 10 } });
    else {
      await node.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press(way);
    }
    await expect(page.getByRole('menuitem', { name: /^Crash B2/ })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(node).toBeFocused();
  });
}

test('an Availability Zone and one node more stop writes; restoring one lets them go on', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Take down Availability Zone C' }).click();
  await page.getByRole('button', { name: 'Crash B2', exact: true }).click();
  await page.getByRole('button', { name: 'Crash B1', exact: true }).click();
  const blocked = page.getByRole('group', { name: 'Writes wait' });
  await expect(blocked.getByText(/has [23] of 6 copies, needs 4/)).toBeVisible();
  await blocked.getByRole('button', { name: 'Restore AZ C' }).click();
  // Machines take 50 ms to restart.
  await page.evaluate(() => window.redoscope?.seek(200_000));
  await expect(blocked).toHaveCount(0);
});

test('point 5: every kind of thing shows its facts and its actions', async ({ page }) => {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  for (const [name, heading] of [
    [/^Writer,/, 'Writer'],
    [/^Replica R1,/, 'R1'],
    [/^Segment PG 0 slot c/, /^PG 0 · slot c/],
    [/^Availability Zone B/, 'AZ B'],
  ] as const) {
    await page.getByRole('button', { name }).click({ position: { x: 6, y: 6 } });
    await expect(inspector.getByRole('heading', { name: heading })).toBeVisible();
    const action = inspector.getByRole('group', { name: 'Actions' }).getByRole('button').first();
    await expect(action).toBeInViewport();
  }
});
