import { expect, test } from './fixtures.ts';
import { openPage, openRun, seek } from './in-page.ts';
import { begin, columnOf, expectTold, expectViewBuilt, go } from './journey.ts';

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

test('point 24: with one copy ten times slower half of the commits take as long as before, and that copy is the last', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await page.keyboard.press('Escape');
  const source = { id: 'one-group', config: { workload: { perSecond: 100 } } };
  const waits = async (slow: boolean): Promise<number> => {
    await openRun(page, source);
    if (slow)
      await page.evaluate(() =>
        window.redoscope!.intervene({ op: 'slow', target: 'C1', on: true }),
      );
    await seek(page, 1_500_000);
    await page.getByRole('tab', { name: 'Metrics', exact: true }).click();
    await expectViewBuilt(page);
    if ((await page.getByRole('main').getByRole('table').count()) === 0)
      await page.keyboard.press('Shift+T');
    await expect(page.getByRole('main').getByRole('table')).toBeVisible();
    return median((await columnOf(page, 'Waited')).map(Number));
  };
  const before = await waits(false);
  const after = await waits(true);
  expect(Math.abs(after - before) / before).toBeLessThan(0.15);
  const sixth = (await columnOf(page, 'Ack 6')).filter((cell) => cell !== '–');
  expect(sixth.length).toBeGreaterThan(20);
  // C1 holds the slot e.
  expect(sixth.filter((cell) => cell.endsWith('e')).length / sixth.length).toBeGreaterThan(0.9);
});

test('point 27: a page that is not in memory is asked of one copy, which rebuilds it up to the read view', async ({
  page,
}) => {
  await begin(page, { id: 'tiny-cache', config: { workload: { perSecond: 100 } } });
  await page.keyboard.press('r');
  await go(page, 200);
  const reads = await page.evaluate(() => window.redoscope!.events({ type: 'READ_PAGE' }));
  expect(reads.length).toBeGreaterThan(0);
  await expectTold(page, 'rebuilds', [/rebuilds page \d+ from version \d+ plus \d+ record/]);
});
