import { expect, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin, commitsOf, expectRulesHold, go, onStage, press } from './journey.ts';

test('a zone gone leaves writes going, one node more makes them wait, and they go on when it is back', async ({
  page,
}) => {
  await begin(page);
  await press(page, /^Availability Zone C, up/, 'x');
  await expect(onStage(page, /^Availability Zone C, down/)).toBeVisible();
  const zoneGone = await commitsOf(page);
  await go(page, 300);
  expect(await commitsOf(page)).toBeGreaterThan(zoneGone);

  await press(page, /^Storage node B1, healthy/, 'x');
  const waits = page.getByRole('group', { name: 'Writes wait' });
  await expect(waits).toContainText(/has 3 of 6 copies, needs 4/);
  await go(page, 500);
  const waiting = await stateOf(page);
  await go(page, 500);
  const still = await stateOf(page);
  expect(still.counters.commits).toBe(waiting.counters.commits);
  expect(still.volume.vdl).toBe(waiting.volume.vdl);

  await waits.getByRole('button', { name: 'Restore AZ C' }).click();
  await go(page, 300);
  await expect(waits).toBeHidden();
  await go(page, 500);
  expect(await commitsOf(page)).toBeGreaterThan(still.counters.commits);
  await expectRulesHold(page);
});
