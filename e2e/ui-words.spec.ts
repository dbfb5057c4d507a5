import { expect, expectAccessible, test } from './fixtures.ts';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Not now/ }).click();
});

test('a word shows its meaning while it is pointed at', async ({ page }) => {
  const word = page.getByRole('button', { name: 'Volume complete up to VCL' });
  const meaning = page.getByRole('tooltip');
  await word.hover();
  await expect(meaning).toContainText('Every record up to here has met its quorum');
  await meaning.hover();
  await page.waitForTimeout(600);
  await expect(meaning).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(meaning).toHaveCount(0);
});

test('a word reached by keyboard shows its meaning, and Esc closes only that', async ({ page }) => {
  await page.getByRole('button', { name: /^Storage node B2/ }).click({ position: { x: 20, y: 8 } });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const word = inspector.getByRole('button', { name: 'Storage node' });
  await word.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  const meaning = page.getByRole('tooltip');
  await expect(meaning).toContainText('holds segments');
  await expect(word).toHaveAccessibleDescription(/holds segments/);
  await page.keyboard.press('Escape');
  await expect(meaning).toHaveCount(0);
  await expect(inspector.getByRole('heading', { name: 'B2' })).toBeVisible();
});

test('all words are told in About', async ({ page }) => {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'About' }).click();
  const about = page.getByRole('dialog', { name: 'About Redoscope' });
  await expect(about.getByText('Mini-transaction', { exact: false }).first()).toBeVisible();
  await expect(about.getByText('Truncated range')).toBeVisible();
});
