import { expect, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin, choose, commitsOf, expectRulesHold, expectTold, go } from './journey.ts';

test('the volume takes another group while commits go on, under a new geometry epoch', async ({
  page,
}) => {
  await begin(page);
  const groups = page.getByRole('group', { name: 'Protection group in focus' });
  const fifth = groups.getByRole('button', { name: 'PG 4' });
  const before = await stateOf(page);
  expect(before.groups).toHaveLength(4);
  await expect(fifth).toHaveCount(0);
  await choose(page, /^Control plane/, /^Grow the volume by one PG/);
  await go(page, 100);
  await expect(fifth).toBeVisible();
  await expectTold(page, 'geometry epoch', [/PG 4 exists with 6 segments: geometry epoch 2/]);
  const grown = await stateOf(page);
  const zones = grown.groups[4]!.segments.map(({ host }) => host.charAt(0)).toSorted();
  expect(zones).toEqual(['A', 'A', 'B', 'B', 'C', 'C']);
  await go(page, 500);
  expect(await commitsOf(page)).toBeGreaterThan(before.counters.commits);
  await expectRulesHold(page);
});

test('a volume that may not grow says so, and what it holds goes on', async ({ page }) => {
  const config = { maxGroups: 4, workload: { perSecond: 20 } };
  await begin(page, { id: 'first-write', config });
  await choose(page, /^Control plane/, /^Grow the volume by one PG/);
  await go(page, 100);
  await expectTold(page, 'grow', [/refuses to let the volume grow beyond 4 groups/]);
  const refused = await stateOf(page);
  expect(refused.groups).toHaveLength(4);
  await go(page, 500);
  expect(await commitsOf(page)).toBeGreaterThan(refused.counters.commits);
  await expectRulesHold(page);
});
