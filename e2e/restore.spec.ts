import { expect, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin, choose, commitsOf, expectRulesHold, go, onStage } from './journey.ts';

test('a volume is restored from the backup into one of its own, which answers, while this one goes on', async ({
  page,
}) => {
  await begin(page);
  await go(page, 3_000);
  await choose(page, /^Object store/, /^Restore to the latest restorable time/);
  const { store } = await stateOf(page);
  await go(page, 100);
  await expect(onStage(page, /^Restored volume, copying/)).toBeVisible();
  const { restored } = await stateOf(page);
  // The latest moment the backup covers, and no later one.
  expect(restored!.asOfUs).toBeLessThanOrEqual(store!.restorableToUs);
  const before = await commitsOf(page);
  await go(page, 11_000);
  await expect(onStage(page, /^Restored volume, open/)).toBeVisible();
  expect(await commitsOf(page)).toBeGreaterThan(before);
  const now = await stateOf(page);
  expect(now.restored!.vdl).toBeLessThan(now.volume.vdl);
  await expectRulesHold(page);
});

test('a volume is restored to a time that somebody chooses', async ({ page }) => {
  await begin(page);
  await go(page, 3_000);
  await onStage(page, /^Object store/).click();
  const form = page.getByRole('form', { name: 'Restore to a point in time' });
  const time = form.getByRole('textbox', { name: 'As it was at, in milliseconds' });
  await time.fill('99999');
  await expect(form).toContainText('later ones are not in the backup yet');
  await expect(form.getByRole('button', { name: 'Restore' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await time.fill('1234.5');
  await expect(form).toContainText('as this one was at 1.234 s');
  await time.press('Enter');
  await expect(page.getByText(/^Restore to 1\.234 s started at/)).toBeVisible();
  await go(page, 100);
  const { restored } = await stateOf(page);
  expect(restored!.asOfUs).toBeLessThanOrEqual(1_234_500);
  // The last commit before it is not long ago.
  expect(restored!.asOfUs).toBeGreaterThan(1_000_000);
});
