import { expect, test } from './fixtures.ts';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('quiet');
});

test('SQL is run, answered in a table, and remembered', async ({ page }) => {
  const box = page.getByRole('textbox', { name: 'SQL' });
  await box.fill('SELECT * FROM orders WHERE id = 1010');
  await box.press('Enter');
  const answers = page.getByRole('log', { name: 'Answers' });
  await expect(answers.getByText('waiting for an answer')).toBeVisible();
  // It waits from the key on; the statement is sent once what reads SQL is there.
  const sent = () => page.evaluate(() => window.redoscope?.run().interventions.length);
  await expect.poll(sent).toBe(1);
  await page.evaluate(() => window.redoscope?.seek(20_000));
  await expect(answers.getByRole('columnheader', { name: 'item' })).toBeVisible();
  await expect(answers.getByText('1 row', { exact: true })).toBeVisible();
  await box.press('ArrowUp');
  await expect(box).toHaveValue('SELECT * FROM orders WHERE id = 1010');
});

test('what cannot be read is answered in a sentence and kept', async ({ page }) => {
  const box = page.getByRole('textbox', { name: 'SQL' });
  await box.fill('SELEKT everything');
  await box.press('Enter');
  const entry = page.getByRole('article', { name: 'SELEKT everything' });
  await expect(entry.getByText('waiting for an answer')).toHaveCount(0);
  await expect(entry.locator('p').last()).toHaveText(/\.$/);
  await box.press('ArrowUp');
  await expect(box).toHaveValue('SELEKT everything');
});

test('a second session is a connection of its own', async ({ page }) => {
  await page.getByRole('button', { name: 'Open another session' }).click();
  await expect(page.getByRole('tab', { name: 'Session 2' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.getByRole('combobox', { name: 'At' }).selectOption('R1');
  await page.getByRole('tab', { name: 'Session 1' }).click();
  await expect(page.getByRole('combobox', { name: 'At' })).toHaveValue('cluster');
});
