import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin, choose, commitsOf, expectRulesHold, go } from './journey.ts';

/** Who keeps the first group now, by name, and how often its membership has changed. */
async function firstGroup(page: Page) {
  const { groups } = await stateOf(page);
  const { segments, membershipEpoch } = groups[0]!;
  return { members: segments.map(({ id }) => id), epoch: membershipEpoch };
}

test('point 31: a lost node is replaced while commits go on, and so is a second one lost in the middle', async ({
  page,
}) => {
  await begin(page);
  const kept = (await firstGroup(page)).members;
  await choose(page, /^Storage node B2, healthy/, /^Lose B2 for good/);
  await go(page, 2_000);
  // The new member stands beside the lost one until it is filled.
  const one = await firstGroup(page);
  expect(one.epoch).toBe(2);
  expect(one.members.slice(0, 6)).toEqual(kept);
  expect(one.members).toHaveLength(7);

  await choose(page, /^Storage node C2, healthy/, /^Lose C2 for good/);
  await go(page, 2_000);
  const two = await firstGroup(page);
  expect(two.members).toHaveLength(8);
  expect(two.members).toEqual(expect.arrayContaining([...one.members]));
  const during = await commitsOf(page);
  await go(page, 500);
  expect(await commitsOf(page)).toBeGreaterThan(during);

  await go(page, 16_000);
  const { members, epoch } = await firstGroup(page);
  expect(members).toHaveLength(6);
  expect(epoch).toBe(5);
  // Four of the six were there from the beginning; the two lost ones are gone.
  expect(members.filter((id) => kept.includes(id))).toHaveLength(4);
  expect(members).not.toContain('0/d');
  expect(members).not.toContain('0/f');
  const repaired = await commitsOf(page);
  await go(page, 500);
  expect(await commitsOf(page)).toBeGreaterThan(repaired);
  await expectRulesHold(page);
});
