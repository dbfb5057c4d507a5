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
