import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { openPage, seek, stateOf } from './in-page.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Scenario settings' });
const applyButton = (page: Page) =>
  dialog(page).getByRole('button', { name: 'Apply and begin anew' });

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Scenario settings' }).click();
  await expect(dialog(page)).toBeVisible();
}

/** Opens a group of settings, which may be open already. */
async function openGroup(page: Page, title: string): Promise<void> {
  const group = dialog(page).locator('details', {
    has: page.locator('summary', { hasText: title }),
  });
  if ((await group.getAttribute('open')) === null) await group.locator('summary').click();
}

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
});

test('what is changed begins the run anew, travels by link, and can be taken back', async ({
  page,
  elsewhere,
}) => {
  await seek(page, 20_000);
  const before = await page.evaluate(() => window.redoscope!.run());
  await openDialog(page);
  await openGroup(page, 'Machines');
  await dialog(page).getByLabel('Read replicas').fill('4');
  await expect(dialog(page).getByText('Preset: 2.')).toBeVisible();
  await dialog(page).getByLabel('6 of 6').check();
  await openGroup(page, 'Break a rule on purpose');
  const broken = dialog(page).getByRole('checkbox', { name: 'No gossip' });
  await broken.check();
  await expect(broken).toHaveAccessibleDescription(/never ask their peers.*Caught by L2/);
  await applyButton(page).click();
  await expect(dialog(page)).toBeHidden();

  const { run, time, url } = await page.evaluate(() => {
    const { run, time, url } = window.redoscope!;
    return { run: run(), time: time(), url: url() };
  });
  expect([run.seed, time]).toEqual([before.seed, 0]);
  expect(run.scenario.config).toEqual({
    ...before.scenario.config,
    ...{ replicas: 4, quorumModel: '6/6', mutations: ['silent-gossip'] },
  });
  const { instances } = await stateOf(page);
  expect(instances.filter(({ role }) => role === 'replica')).toHaveLength(4);
  const there = await elsewhere(url);
  expect(await there.evaluate(() => window.redoscope!.run())).toEqual(run);

  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  expect(await page.evaluate(() => window.redoscope!.run())).toEqual(before);
});

test('a number that is not possible is said where it stands, and nothing is applied', async ({
  page,
}) => {
  const before = await page.evaluate(() => window.redoscope!.run());
  await openDialog(page);
  await openGroup(page, 'Machines');
  const replicas = dialog(page).getByLabel('Read replicas');
  await replicas.fill('99');
  await expect(replicas).toHaveAttribute('aria-invalid', 'true');
  await expect(replicas).toHaveAccessibleDescription(/A whole number from 0 to 15/);
  // Folded away, it comes back into sight.
  await dialog(page).locator('summary', { hasText: 'Machines' }).click();
  await applyButton(page).click();
  await expect(replicas).toBeFocused();
  await expect(dialog(page).getByRole('alert')).toContainText('not possible');
  await dialog(page).getByRole('button', { name: 'Back to the preset' }).click();
  await expect(replicas).toHaveValue('2');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  expect(await page.evaluate(() => window.redoscope!.run())).toEqual(before);
});

test('settings that what was done does not fit are refused with a sentence', async ({ page }) => {
  await page.evaluate(() => window.redoscope!.intervene({ op: 'crash', target: 'R1' }));
  await openDialog(page);
  await openGroup(page, 'Machines');
  await dialog(page).getByLabel('Read replicas').fill('0');
  await applyButton(page).click();
  await expect(dialog(page).getByRole('alert')).toContainText(
    'Intervention 1: "R1" is not in this',
  );
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
  [844, 390],
] as const) {
  test(`at ${width} × ${height} a keyboard is enough, and nothing stands in anybody's way`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.getByRole('button', { name: 'Menu' }).focus();
    await page.keyboard.press('e');
    await expect(dialog(page)).toBeVisible();
    const first = dialog(page).getByRole('radio', { name: '4 of 6' });
    await expect(first).toBeChecked();
    await first.focus();
    await page.keyboard.press('ArrowDown');
    await expect(dialog(page).getByRole('radio', { name: '3 of 4' })).toBeChecked();
    for (const summary of await dialog(page).locator('summary').all()) {
      await summary.focus();
      const open = await summary.evaluate((each) => each.closest('details')!.open);
      if (!open) await page.keyboard.press('Enter');
    }
    await expect(applyButton(page)).toBeInViewport();
    await expectAccessible(page);
    await dialog(page).getByLabel('Read replicas').press('Enter');
    await expect(dialog(page)).toBeHidden();
    const config = await page.evaluate(() => window.redoscope!.run().scenario.config);
    expect(config.quorumModel).toBe('3/4');
  });
}
