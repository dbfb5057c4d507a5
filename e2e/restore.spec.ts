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
