import { expect, expectAccessible, test } from './fixtures.ts';
import { begin, go, onStage } from './journey.ts';

const tell = /would have 5 of 6 copies: writes would go on\./;

test('a power button says what it would do, before, and nothing is done by that', async ({
  page,
}) => {
  await begin(page);
  const before = await page.evaluate(() => [window.redoscope!.hash(), window.redoscope!.url()]);
  const power = page.getByRole('button', { name: 'Crash B2', exact: true }).first();
  await power.hover();
  await expect(page.getByText(tell)).toBeVisible();
  await expect(power).toHaveAccessibleDescription(tell);
  await expectAccessible(page);
  await page.mouse.move(0, 0);
  await expect(page.getByText(tell)).toBeHidden();
  expect(await page.evaluate(() => [window.redoscope!.hash(), window.redoscope!.url()])).toEqual(
    before,
  );
});

test('in kill mode the line above the stage says it of whatever is pointed at', async ({
  page,
}) => {
  await begin(page);
  await page
    .getByRole('button', { name: /^Kill mode/ })
    .first()
    .click();
  await onStage(page, /^Availability Zone B/).hover({ position: { x: 8, y: 8 } });
  await expect(
    page.getByText('Every group would have 4 of 6 copies: writes would go on.'),
  ).toBeVisible();
  await onStage(page, /^Writer/).hover({ position: { x: 8, y: 8 } });
  await expect(page.getByText(/^R1 would become the writer after [\d.]+ s/)).toBeVisible();
});

test('in the inspector it is said beside the button, and Escape sends it away', async ({
  page,
}) => {
  await begin(page);
  await page.evaluate(() => window.redoscope!.intervene({ op: 'crash', target: 'A1' }));
  await page.evaluate(() => window.redoscope!.intervene({ op: 'crash', target: 'B1' }));
  await go(page, 20);
  await onStage(page, /^Storage node B2/).focus();
  await page.keyboard.press('Enter');
  const crash = page
    .getByRole('group', { name: 'Actions' })
    .getByRole('button', { name: 'Crash B2' });
  await page.getByRole('button', { name: 'Clear the selection' }).focus();
  await page.keyboard.press('Tab');
  await expect(crash).toBeFocused();
  const tip = page.getByRole('tooltip');
  await expect(tip).toHaveText(/would have 3 of 6 copies: writes would wait/);
  await expect(crash).toHaveAccessibleDescription(/would have 3 of 6 copies/);
  await expect(page.getByRole('status', { name: 'Simulation' })).toHaveText(/would have 3 of 6/);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(tip).toBeHidden();
  await expect(page.getByRole('heading', { name: 'B2' })).toBeVisible();
  // The pointer may rest on what is said.
  await crash.hover();
  await expect(tip).toHaveText(/Tried on a copy of this run/);
  await tip.hover();
  await page.waitForTimeout(400);
  await expect(tip).toBeVisible();
});

test('the menu says it at its foot, also to a finger', async ({ page }) => {
  await begin(page);
  await onStage(page, /^Storage node B2/).focus();
  await page.keyboard.press('m');
  const menu = page.getByRole('menu');
  await expect(menu).toContainText(tell);
  await menu.getByRole('menuitem', { name: /^Slow B2/ }).hover();
  await expect(menu).toContainText(/Writes would go on: \d+ commits? in 980 ms/);
  await expectAccessible(page);
});
