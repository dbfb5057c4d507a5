import { expect, expectAccessible, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin } from './journey.ts';

test.beforeEach(({ page }) => begin(page));

const palette = 'Do anything, go anywhere';

test('what is typed finds a command, which is done', async ({ page }) => {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: palette });
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.type('keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Keyboard help' })).toBeVisible();
});

test('a node, a record and a moment are places to go', async ({ page }) => {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await page.keyboard.press('g');
  await page.keyboard.type('B2');
  await page.keyboard.press('Enter');
  await expect(inspector.getByRole('heading', { name: 'B2' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.type('1002');
  await page.keyboard.press('Enter');
  await expect(inspector.getByRole('heading', { name: /1,?002/ })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.type('100.5 ms');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await stateOf(page)).timeUs).toBe(100_500);
});

test('nothing found says what could be typed', async ({ page }) => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('xyzzyx');
  await expect(page.getByText(/^Nothing is called that/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
