import { expect, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import {
  begin,
  choose,
  commitsOf,
  expectRulesHold,
  expectTold,
  go,
  goUntilServed,
  onStage,
  press,
} from './journey.ts';

test('point 30: a writer that stays away is noticed and replaced: a replica opens the volume, the endpoint moves', async ({
  page,
}) => {
  await begin(page);
  await press(page, /^Writer, open/, 'x');
  // Clients find nobody for as long as nobody has noticed.
  await go(page, 1_000);
  expect((await stateOf(page)).endpoint).toMatchObject({ writer: 'W', moving: true });
  await go(page, 5_000);
  await goUntilServed(page);
  await expect(onStage(page, /^Writer R1, open/)).toBeVisible();
  await expect(onStage(page, /^Replica W, down/)).toBeVisible();
  await expect(onStage(page, /^Replica R1/)).toHaveCount(0);
  await expectTold(page, 'Control plane', [
    /gives Writer up and looks for another writer/,
    /makes R1 the writer in place of/,
    /raises the volume epoch to 2 for R1/,
  ]);
  const over = await stateOf(page);
  expect(over.endpoint).toMatchObject({ writer: 'R1', moving: false });
  expect(over.volume.epoch).toBe(2);
  await go(page, 1_000);
  expect(await commitsOf(page)).toBeGreaterThan(over.counters.commits);
  // From now on it is R1 that sentences call the writer.
  await expectTold(page, 'commit', [/Writer R1 returns the commit/]);
  await expectRulesHold(page);
});

test('point 30: a promotion by hand shuts the old writer out, which comes back as a replica', async ({
  page,
}) => {
  await begin(page);
  await choose(page, /^Replica R1, open/, /^Promote R1 to writer/);
  await go(page, 50);
  await expect(onStage(page, /^Replica W, fenced/)).toBeVisible();
  expect((await stateOf(page)).endpoint.writer).toBe('R1');
  await go(page, 2_000);
  await expect(onStage(page, /^Replica W, open/)).toBeVisible();
  const { counters, instances } = await stateOf(page);
  expect(instances.filter(({ role }) => role === 'writer').map(({ id }) => id)).toEqual(['R1']);
  await go(page, 500);
  expect(await commitsOf(page)).toBeGreaterThan(counters.commits);
  await expectRulesHold(page);
});
