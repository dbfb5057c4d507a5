import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { begin, go } from './journey.ts';

const comb = (page: Page) => page.getByRole('group', { name: 'Fleet: one hexagon a group' });
const reading = (page: Page) => page.locator('#view-reading');
const sizes = (page: Page) => page.getByLabel('Size of the volume');

/** Does things to the cluster and lets the moment pass. */
async function act(page: Page, ...acts: readonly object[]): Promise<void> {
  for (const each of acts)
    await page.evaluate((what) => window.redoscope!.intervene(what as never), each);
  await go(page, 20);
}

test.beforeEach(async ({ page }) => {
  await begin(page);
  await page.getByRole('tab', { name: 'Fleet' }).click();
  await expect(comb(page)).toBeVisible();
});

test('arrows read group by group and copy by copy, Enter selects', async ({ page }) => {
  await comb(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(reading(page)).toHaveText(
    /^PG 0: 6 of 6 copies answer, writes go on\. Pages: shop \d+, system 5; storage does not know\. PGCL \d+/,
  );
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'PG 1' })).toBeVisible();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(reading(page)).toHaveText(/^PG 1, slot a on A3: up\./);
  await page.keyboard.press('Enter');
  await expect(inspector.getByText('Segment', { exact: true })).toBeVisible();
  await expectAccessible(page);
});

test('point 32: a node tells what its loss would leave, and a lost one what it left', async ({
  page,
}) => {
  const node = page.getByRole('button', { name: /^A1 holds 2 segments/ });
  await node.hover();
  await expect(reading(page)).toHaveText(
    'A1 holds 2 segments; without it every group has at least 5 of 6, 2 of them no more.',
  );
  await act(page, { op: 'crash', target: 'A1' });
  await expect(page.getByRole('row', { name: /^5 of 6/ })).toContainText('2');
  await expect(page.getByRole('button', { name: /^A1 is down with 2 segments/ })).toBeVisible();
});

test('the volume grows by 10 GB at the press of a button', async ({ page }) => {
  const volume = page.getByRole('region', { name: 'Volume' });
  await expect(volume).toContainText('40 GB in 4 groups');
  await volume.getByRole('button', { name: 'Grow the volume by 10 GB' }).click();
  await go(page, 100);
  await expect(volume).toContainText('50 GB in 5 groups');
  await expect(sizes(page)).toContainText('This run: 5 groups');
});

test('a copy on its way is in the repair lane, with its source', async ({ page }) => {
  await act(page, { op: 'lose', target: 'B2' });
  await go(page, 4_000);
  const lane = page.getByRole('region', { name: 'Repairs under way' });
  await expect(lane.getByRole('progressbar').first()).toHaveAccessibleName(/^PG 0 d to B\d, \d+ %/);
  await expect(lane).toContainText(/from [ABC]\d/);
});

test('the rules of the run at 128 TiB: a zone and a node lost, and a group found', async ({
  page,
}) => {
  await act(page, { op: 'crash-zone', az: 'C' }, { op: 'crash', target: 'A1' });
  await sizes(page).selectOption('13108');
  await expect(page.getByText('Extrapolated, not simulated group by group.')).toBeVisible();
  await expect(page.getByRole('row', { name: /^4 of 6/ })).toContainText('13,076');
  await expect(page.getByRole('row', { name: /^3 of 6/ })).toContainText('32');
  const find = page.getByRole('searchbox', { name: 'Group or node' });
  await find.fill('PG 812');
  await find.press('Enter');
  await expect(reading(page)).toHaveText(/^PG 812: 4 of 6 copies answer, writes go on/);
  await find.fill('A400');
  await find.press('Enter');
  await expect(reading(page)).toHaveText(
    /^A400 holds 3[12] segments; without it every group has at least 3/,
  );
  await expectAccessible(page);
});

test('nodes against groups, and the fleet as a table', async ({ page }) => {
  await page.getByRole('button', { name: 'Nodes × groups' }).click();
  const matrix = page.getByRole('group', { name: 'Fleet: nodes and groups' });
  await matrix.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(reading(page)).toHaveText(/^PG 0, slot a on A1: up\./);
  await expectAccessible(page);
  await page.keyboard.press('Shift+T');
  const table = page.getByRole('region', { name: 'Data table' });
  await expect(table.getByRole('row')).toHaveCount(5);
  await expect(table.getByRole('row', { name: /^PG 2/ })).toContainText('6 of 6');
  await expectAccessible(page);
});

for (const [width, height] of [
  [1024, 768],
  [390, 844],
] as const)
  test(`fits ${width} × ${height} without a fault`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await expect(comb(page)).toBeVisible();
    await sizes(page).selectOption('1024');
    await expect(page.getByText('Extrapolated, not simulated group by group.')).toBeVisible();
    const spare = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return clientWidth - scrollWidth;
    });
    expect(spare).toBeGreaterThanOrEqual(0);
    await expectAccessible(page);
  });

test('the size and form of the fleet are in the link, and Back leads past them and forth again', async ({
  page,
}) => {
  await sizes(page).selectOption('64');
  await page.getByRole('button', { name: 'Nodes × groups' }).click();
  await expect(page).toHaveURL(/#v1/);
  const link = await page.evaluate(() => window.redoscope!.url());
  await page.getByRole('tab', { name: 'Log' }).click();
  await page.goBack();
  const matrix = page.getByRole('group', { name: 'Fleet: nodes and groups' });
  await expect(matrix).toBeVisible();
  await expect(sizes(page)).toHaveValue('64');
  const other = await page.context().newPage();
  await other.goto(link);
  await expect(other.getByRole('group', { name: 'Fleet: nodes and groups' })).toBeVisible();
  await expect(sizes(other)).toHaveValue('64');
});
