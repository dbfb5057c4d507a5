import { expect, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin, choose, commitsOf, expectRulesHold, go, onStage, press } from './journey.ts';

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

test('with the zone still gone, a repair from the three copies left brings a fourth, and writes go on', async ({
  page,
}) => {
  await begin(page);
  await press(page, /^Availability Zone C, up/, 'x');
  await choose(page, /^Storage node B1, healthy/, /^Lose B1 for good/);
  const waits = page.getByRole('group', { name: 'Writes wait' });
  await expect(waits).toContainText(/has 3 of 6 copies, needs 4/);
  const groups = page.getByRole('group', { name: 'Protection group in focus' });
  await expect(groups.getByRole('button', { name: /^PG \d, writes wait$/ }).first()).toBeVisible();
  await go(page, 2_000);
  await expect(waits).toContainText(/A new copy is \d+ % filled/);
  const waiting = await stateOf(page);
  expect(waiting.groups.some(({ writesOk }) => !writesOk)).toBe(true);
  // A new copy is being filled: it does not count as one that is there.
  const filling = waiting.groups.find(({ places }) => places.some((p) => p.replacement !== null));
  expect(filling!.healthy).toBe(3);
  const still = await commitsOf(page);

  await go(page, 12_000);
  await expect(waits).toBeHidden();
  await expect(groups.getByRole('button', { name: /writes wait/ })).toHaveCount(0);
  await expect(onStage(page, /^Availability Zone C, down/)).toBeVisible();
  const repaired = await stateOf(page);
  expect(repaired.groups.every(({ healthy, writesOk }) => writesOk && healthy === 4)).toBe(true);
  await go(page, 500);
  expect(await commitsOf(page)).toBeGreaterThan(repaired.counters.commits);
  expect(repaired.counters.commits).toBeGreaterThan(still);
  await expectRulesHold(page);
});
