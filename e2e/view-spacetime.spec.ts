import { expect, expectAccessible, test } from './fixtures.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Not now/ }).click();
  await page.evaluate(async () => {
    await window.redoscope?.pause();
    await window.redoscope?.seek(14_000);
  });
  await page.getByRole('tab', { name: 'Space-time' }).click();
});

const diagram = { name: 'Space-time: who across, time down' };

test('arrows read mark by mark, Enter selects, and the reading tells it in words', async ({
  page,
}) => {
  const picture = page.getByRole('group', diagram);
  const reading = page.locator('#view-reading');
  await picture.focus();
  await picture.press('ArrowUp');
  await expect(reading).toContainText(/to W, sent at \d+\.\d{3} ms/);
  await picture.press('ArrowRight');
  await expect(reading).toContainText(/R1/);
  await picture.press('ArrowUp');
  await picture.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'The cluster' })).toHaveCount(0);
});

test('patterns are jumped to, and the reading says where there is none', async ({ page }) => {
  const reading = page.locator('#view-reading');
  const timeUs = () => page.evaluate(() => window.redoscope?.time() ?? 0);
  await page.getByRole('button', { name: 'Quorum write', exact: true }).click();
  await expect(reading).toHaveText(/^Quorum write: W returns commit \d+/);
  const first = await timeUs();
  await page.getByRole('button', { name: 'Previous: Quorum write' }).click();
  await expect.poll(timeUs).toBeLessThan(first);
  await page.getByRole('button', { name: 'Failover', exact: true }).click();
  await expect(reading).toHaveText(/^Failover: none in what is kept/);
});

test('the picture scrolls back with wheel and keys, and follows the present again', async ({
  page,
}) => {
  const picture = page.getByRole('group', diagram);
  await picture.hover();
  await page.mouse.wheel(0, -600);
  await picture.press('PageUp');
  await picture.press('Home');
  await picture.press('+');
  await picture.press('End');
  await picture.press('-');
  await page.getByRole('button', { name: 'Cut idle time short' }).click();
  await expectAccessible(page);
});

test('the diagram is a table of messages as well', async ({ page }) => {
  await page.keyboard.press('Shift+T');
  const table = page.getByRole('region', { name: 'Data table' });
  await expect(table.getByRole('columnheader', { name: 'Fate' })).toBeVisible();
  await expect(table.getByRole('row')).not.toHaveCount(1);
  await expect(table.getByRole('cell', { name: 'Acknowledgement' }).first()).toBeVisible();
  await expectAccessible(page);
});
