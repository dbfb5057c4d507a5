import { expect, expectAccessible, test } from './fixtures.ts';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Not now/ }).click();
});

test('the control plane is taken down and brought back; what it decides waits for it', async ({
  page,
}) => {
  const mark = page.getByRole('button', { name: /^Control plane, / });
  await mark.click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const actions = inspector.getByRole('group', { name: 'Actions' });
  await actions.getByRole('button', { name: 'Take down' }).click();
  await expect(page.getByRole('button', { name: 'Control plane, unavailable' })).toBeVisible();
  const failover = actions.getByRole('button', { name: 'Fail over' });
  await expect(failover).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page);
  await actions.getByRole('button', { name: 'Bring back' }).click();
  await expect(failover).toHaveAttribute('aria-disabled', 'false');
});

test('the menu of a node explains what its name does not say', async ({ page }) => {
  const node = page.getByRole('button', { name: /^Storage node B2/ });
  await node.click({ position: { x: 20, y: 10 } });
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByRole('button', { name: /^More/ }).click();
  const replace = page.getByRole('menuitem', { name: /^Replace B2/ });
  await expect(replace).toContainText('filled from the others while writes go on');
  await expect(page.getByRole('menuitem', { name: /^Patch B2/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: /^Lose B2 for good/ }).click();
  await expect(page.getByText(/^B2 lost for good at/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(node).toHaveAccessibleName(/healthy/);
});

test('a replica is promoted, a zone given up, the volume grown: each by its own menu', async ({
  page,
}) => {
  const wanted = [
    [/^Replica R1/, /^Promote R1 to writer/],
    [/^Writer/, /^Fail over/],
    [/^Availability Zone C/, /^Give AZ C up for long/],
    [/^Control plane/, /^Grow the volume/],
  ] as const;
  const grid = page.getByRole('grid', { name: 'Cluster' });
  for (const [target, item] of wanted) {
    const button = grid.getByRole('button', { name: target });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('m');
    await expect(page.getByRole('menuitem', { name: item })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});

test('rules hold quietly; one that is broken on purpose is named, shown and expected', async ({
  page,
}) => {
  await expect(page.getByText(/^\d+ rules hold$/)).toBeVisible();
  await page.evaluate(async () => {
    await window.redoscope?.open({ id: 'busy', config: { mutations: ['three-writes'] } });
    await window.redoscope?.seek(20_000);
  });
  const card = page.getByRole('alert', { name: 'Broken rules' });
  await expect(card.getByText(/^I28: /)).toBeVisible();
  await expect(card.getByText(/^As expected: “Write quorum 3 of 6”/)).toBeVisible();
  await expectAccessible(page);
  await card
    .getByRole('button', { name: /^Go to / })
    .first()
    .click();
  const timeUs = await page.evaluate(() => window.redoscope?.time());
  expect(timeUs).toBeLessThan(20_000);
  await card.getByRole('button', { name: '0/a' }).click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'PG 0 · slot a on A1' })).toBeVisible();
  await card.getByRole('button', { name: 'Put this away' }).click();
  await expect(card).toHaveCount(0);
  await page.getByRole('button', { name: /rules? broken$/ }).click();
  await expect(card).toBeVisible();
});

test('a run in which nothing was broken on purpose says whose fault it would be', async ({
  page,
}) => {
  await page.evaluate(() => window.redoscope?.open('busy'));
  await expect(page.getByText(/^\d+ rules hold$/)).toBeVisible();
  await expect(page.getByRole('alert', { name: 'Broken rules' })).toHaveCount(0);
});
