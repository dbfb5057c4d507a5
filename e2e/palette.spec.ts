import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin } from './journey.ts';

test.beforeEach(({ page }) => begin(page));

const palette = 'Do anything, go anywhere';

/** Opens the palette by a key and types into it. */
async function type(page: Page, key: string, text: string): Promise<void> {
  await page.keyboard.press(key);
  await page.getByRole('combobox', { name: 'Commands and places' }).fill(text);
}

test('what is typed finds a command, which is done', async ({ page }) => {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: palette });
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type('keyboard help');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Keyboard help' })).toBeVisible();
});

test('a node, a record and a moment are places to go', async ({ page }) => {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await type(page, 'g', 'B2');
  await page.keyboard.press('Enter');
  await expect(inspector.getByRole('heading', { name: 'B2' })).toBeVisible();
  await type(page, 'g', '1002');
  await page.keyboard.press('Enter');
  await expect(inspector.getByRole('heading', { name: /1,?002/ })).toBeVisible();
  await type(page, 'g', '100.5 ms');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await stateOf(page)).timeUs).toBe(100_500);
});

test('nothing found says what could be typed', async ({ page }) => {
  await type(page, 'Control+k', 'xyzzyx');
  await expect(page.getByText(/^Nothing is called that/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a fault that is highlighted says what it would do, and nothing is done by that', async ({
  page,
}) => {
  const hash = () => page.evaluate(() => window.redoscope!.hash());
  const before = await hash();
  await type(page, 'Control+k', 'crash b2');
  const dialog = page.getByRole('dialog', { name: palette });
  await expect(dialog.getByRole('option', { name: 'Crash B2' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  const told = dialog.getByRole('status', { name: 'What it would do' });
  await expect(told).toHaveText(/would have 5 of 6 copies: writes would go on/);
  await expect(dialog).toContainText('Tried on a copy of this run');
  await expectAccessible(page);
  await dialog.getByRole('combobox').fill('replace b2');
  await expect(dialog.getByRole('option', { name: 'Replace B2 (repair)' })).toBeVisible();
  await expect(told).not.toHaveText(/5 of 6 copies: writes would go on/);
  await expect(told).not.toBeEmpty();
  await dialog.getByRole('combobox').fill('keyboard help');
  await expect(told).toBeEmpty();
  await expect(dialog).toContainText('Faults and changes say here what they would do');
  expect(await hash()).toBe(before);
  await dialog.getByRole('combobox').fill('crash b2');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^B2 crashed at/).first()).toBeVisible();
});

test('the command for the selection foretells, too', async ({ page }) => {
  await page
    .getByRole('grid', { name: 'Cluster' })
    .getByRole('button', { name: /^Storage node B2/ })
    .focus();
  await page.keyboard.press('Enter');
  await type(page, 'Control+k', 'slow b2');
  const told = page.getByRole('status', { name: 'What it would do' });
  await expect(told).toHaveText(/Writes would go on/);
});
