import { expect, expectAccessible, test } from './fixtures.ts';
import { begin, go } from './journey.ts';

test('the log is read cell by cell, and a record can be chosen in it', async ({ page }) => {
  await begin(page);
  await page.keyboard.press('2');
  await expect(page.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true');
  const picture = page.getByRole('group', { name: /^Log/ });
  await picture.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(picture).toHaveAccessibleDescription(/^(Record \d+, A1|\d+ records of other)/);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: /record/i })).toBeVisible();
  await expectAccessible(page);
});

test('the table has what the picture shows, and Shift+T leads there and back', async ({ page }) => {
  await begin(page);
  await page.keyboard.press('2');
  await page.keyboard.press('Shift+T');
  const table = page.getByRole('table', { name: /^Newest \d+ records/ });
  await expect(table.getByRole('columnheader', { name: /^A1/ })).toBeVisible();
  await expect(table.getByRole('cell', { name: 'acknowledged' }).first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Shift+T');
  await expect(page.getByRole('group', { name: /^Log/ })).toBeVisible();
});

test('point 26: what gossip brought says so', async ({ page }) => {
  await begin(page);
  for (const target of ['0/e', '1/e', '2/e', '3/e'])
    await page.evaluate(
      (id) => window.redoscope!.intervene({ op: 'drop-next', target: id }),
      target,
    );
  await go(page, 1_500);
  await page.keyboard.press('2');
  await page.getByRole('button', { name: 'All protection groups' }).click();
  await page.keyboard.press('Shift+T');
  await expect(page.getByRole('cell', { name: /by gossip$/ }).first()).toBeVisible();
});

test('a link keeps the view', async ({ page }) => {
  await begin(page);
  await page.keyboard.press('2');
  const link = await page.evaluate(() => window.redoscope!.url());
  await page.goto('about:blank');
  await page.goto(link);
  await page.evaluate(() => window.redoscope!.ready);
  await expect(page.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true');
});
