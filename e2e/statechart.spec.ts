import { expect, expectAccessible, test } from './fixtures.ts';
import { stateOf } from './in-page.ts';
import { begin, go, onStage } from './journey.ts';

const chartTab = (page: import('@playwright/test').Page) =>
  page.getByRole('tab', { name: 'Chart' });

test('a storage node’s chart is lit where it stands, and what it takes from a person can be pressed', async ({
  page,
}) => {
  await begin(page);
  await onStage(page, /^Storage node B2/).focus();
  await page.keyboard.press('Enter');
  await chartTab(page).click();
  const chart = page.getByRole('tree', { name: 'Statechart of B2' });
  const state = (name: RegExp) => chart.getByRole('treeitem', { name });
  await expect(state(/^up, where it stands now: crash leads to down;/)).toBeVisible();
  await expect(state(/^normal, where it stands now: slow leads to slow/)).toBeVisible();
  await expectAccessible(page);
  const deeds = page.getByRole('group', { name: 'Events you can send' });
  await expect(deeds.getByRole('button')).toHaveText([/^crash/, /^slow/, /^isolate/, /^lose/]);
  await deeds.getByRole('button', { name: /^crash/ }).click();
  await expect(state(/^down, where it stands now: restore leads to restarting/)).toBeVisible();
  await expect(page.getByText(/^Lastcrash from a person at .*: up → down$/)).toBeVisible();
  await expect(deeds.getByRole('button')).toHaveText([/^restore/, /^lose/]);
  expect((await stateOf(page)).hosts.find(({ id }) => id === 'B2')?.state).toBe('down');
  // Before it was crashed it stood where it stood then.
  await page.evaluate(() => window.redoscope!.seek(100_000));
  await expect(state(/^up, where it stands now/)).toBeVisible();
});

test('the chart is gone through by key, and the whole of it is shown large', async ({ page }) => {
  await begin(page);
  await onStage(page, /^Writer/).focus();
  await page.keyboard.press('Enter');
  await chartTab(page).click();
  const chart = page.getByRole('tree', { name: 'Statechart of Writer' });
  await chart.getByRole('treeitem', { name: /^open/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(chart.getByRole('treeitem', { name: /^recovering/ })).toBeFocused();
  await page.keyboard.press('End');
  await expect(chart.getByRole('treeitem', { name: /^absent/ })).toBeFocused();
  await page.getByRole('button', { name: 'Whole chart' }).click();
  const dialog = page.getByRole('dialog', { name: 'Statechart of Writer: instance' });
  const whole = dialog.getByRole('tree', { name: 'Whole statechart of Writer' });
  await expect(whole.getByRole('treeitem')).toHaveCount(13);
  await whole.getByRole('treeitem', { name: /^recovering:/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(whole.getByRole('treeitem', { name: /^claiming/ })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(whole.getByRole('treeitem', { name: /^recovering:/ })).toBeFocused();
  await dialog.getByRole('button', { name: 'Larger' }).click();
  await expect(dialog.getByText('125 %')).toBeVisible();
  await dialog.getByRole('button', { name: 'All of it' }).click();
  await expect(dialog.getByText('125 %')).toBeHidden();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('whatever else stands on the stage has its chart', async ({ page }) => {
  await begin(page);
  for (const [target, lit] of [
    [/^Replica R1/, /^following, where it stands now/],
    [/^Segment PG 0 slot c/, /^complete, where it stands now/],
    [/^Control plane/, /^available, where it stands now/],
    [/^Object store/, /^available, where it stands now/],
  ] as const) {
    await onStage(page, target).first().focus();
    await page.keyboard.press('Enter');
    await chartTab(page).click();
    await expect(page.getByRole('treeitem', { name: lit })).toBeVisible();
  }
});

test('the menu on the stage names where a machine stands, and leads to its statechart', async ({
  page,
}) => {
  await begin(page);
  await onStage(page, /^Storage node B2/).focus();
  await page.keyboard.press('m');
  const item = page.getByRole('menuitem', { name: /^Show its statechart/ });
  await expect(item).toContainText('Now: up › ');
  await item.click();
  await expect(chartTab(page)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tree', { name: 'Statechart of B2' })).toBeVisible();
  // Also of what is selected already, and whatever is looked at of it.
  await page.getByRole('tab', { name: 'State', exact: true }).click();
  await page.evaluate(() => window.redoscope!.intervene({ op: 'crash', target: 'B2' }));
  await go(page, 1);
  await onStage(page, /^Storage node B2/).focus();
  await page.keyboard.press('m');
  await expect(item).toContainText('Now: down');
  await item.click();
  await expect(chartTab(page)).toHaveAttribute('aria-selected', 'true');
});
