import { expect, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin, commitsOf, expectRulesHold, expectTold, go, onStage, press } from './journey.ts';

test('point 29: a crashed writer recovers the volume by itself, and commits go on', async ({
  page,
}) => {
  await begin(page);
  expect(await commitsOf(page)).toBeGreaterThan(0);
  await press(page, /^Writer, open/, 'x');
  await expect(onStage(page, /^Writer, down/)).toBeVisible();
  const down = await stateOf(page);
  await go(page, 200);
  // Nobody can commit while there is no writer.
  expect((await stateOf(page)).counters.commits).toBe(down.counters.commits);
  await page.keyboard.press('x');
  await expect(onStage(page, /^Writer, restarting/)).toBeVisible();
  await go(page, 300);
  await expect(onStage(page, /^Writer, open/)).toBeVisible();
  await expectTold(page, 'epoch', [
    /raises the volume epoch to 2 for Writer/,
    /Writer is open in volume epoch 2 after/,
  ]);
  const open = await stateOf(page);
  expect(open.volume.epoch).toBe(2);
  // What was durable before the crash is durable after it.
  expect(open.volume.vdl).toBeGreaterThanOrEqual(down.volume.vdl);
  await go(page, 500);
  expect(await commitsOf(page)).toBeGreaterThan(open.counters.commits);
  await expectRulesHold(page);
});

test('a recovery that is interrupted begins anew, in an epoch of its own', async ({ page }) => {
  await begin(page);
  await press(page, /^Writer, open/, 'x');
  await page.keyboard.press('x');
  // Forward by beats, until it asks the segments what they have.
  const asked = onStage(page, /^Writer, recovering/);
  for (let i = 0; i < 40 && (await asked.count()) === 0; i++) await go(page, 5);
  await expect(asked).toBeVisible();
  await page.keyboard.press('x');
  await expect(onStage(page, /^Writer, down/)).toBeVisible();
  await page.keyboard.press('x');
  await go(page, 400);
  await expect(onStage(page, /^Writer, open/)).toBeVisible();
  expect((await stateOf(page)).volume.epoch).toBe(3);
  await expectRulesHold(page);
});
