import { expect, expectAccessible, test } from './fixtures.ts';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByRole('button', { name: /^Not now/ }).click();
});

test('stepping tells what happened, and why, by which rule, from where', async ({ page }) => {
  await page.keyboard.press('w');
  for (let step = 0; step < 4; step++) await page.keyboard.press(']');
  const events = page.getByRole('region', { name: 'Events' });
  await events.getByRole('button', { name: /^Why:/ }).last().click();
  for (const field of ['What happened', 'Why', 'The rule', 'Published in']) {
    await expect(events.getByText(field, { exact: true })).toBeVisible();
  }
});

test('a step forward and a step back lead to the same place', async ({ page }) => {
  const hash = () => page.evaluate(() => window.redoscope?.hash());
  for (let step = 0; step < 3; step++) await page.keyboard.press(']');
  const before = await hash();
  await page.keyboard.press('.');
  await page.keyboard.press(',');
  expect(await hash()).toBe(before);
});

test('Tab passes the events in a few stops; arrows walk among them', async ({ page }) => {
  await page.keyboard.press('w');
  for (let step = 0; step < 6; step++) await page.keyboard.press(']');
  const list = page.getByRole('group', { name: 'Events in order' });
  const rows = list.getByRole('listitem');
  await expect(rows.nth(4)).toBeVisible();
  await list.focus();
  await page.keyboard.press('Tab');
  const newest = list.locator('[aria-current=time]');
  await expect(newest).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(rows.nth(-2).getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(rows.first().getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(rows.first().getByRole('button', { name: /^Why:/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(list.getByText('The rule', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  // Out of the list: from far up it offers the way back to now first.
  await expect(page.getByRole('button', { name: 'Back to now' })).toBeFocused();
});

test('the timeline is a slider that speaks', async ({ page }) => {
  const slider = page.getByRole('slider', { name: 'Time' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', /milliseconds/);
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuenow', '0');
});

test('one write is followed through its stages', async ({ page }) => {
  await page.keyboard.press('w');
  await page.keyboard.press('}');
  await page.getByRole('button', { name: 'Follow one write' }).click();
  const strip = page.getByRole('region', { name: /^Following transaction/ });
  await expect(
    strip.getByRole('button', { name: /^The commit returns to the client/ }),
  ).toBeVisible();
  await expectAccessible(page);
  await strip.getByRole('button', { name: 'Stop following' }).click();
  await expect(strip).toHaveCount(0);
});

test('the help lists keys from the registry and gives focus back', async ({ page }) => {
  const opener = page.getByRole('button', { name: 'Keyboard help' });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Keyboard help' });
  await expect(dialog.getByText('Next commit returned')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('point 38: single keys can be switched off', async ({ page }) => {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'Settings', exact: true }).click();
  await expectAccessible(page);
  await page.getByLabel('Single-key shortcuts').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the link of this moment opens at this moment', async ({ page, context }) => {
  await page.getByRole('button', { name: 'Crash B2', exact: true }).click();
  for (let step = 0; step < 3; step++) await page.keyboard.press(']');
  const moment = await page.evaluate(() => window.redoscope?.hash());
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByText('Fits anywhere.')).toBeVisible();
  await expectAccessible(page);
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  expect(await other.evaluate(() => window.redoscope?.hash())).toBe(moment);
});

test('a damaged link says what is wrong and offers a way on', async ({ page }) => {
  await page.goto('/#v1.z.broken');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This link could not be opened' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Open the default scenario' }).click();
  await expect(page.getByRole('main', { name: 'Stage' })).toBeVisible();
});

test('a file that is no scenario is refused in words', async ({ page }) => {
  await page.getByRole('button', { name: 'Menu' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a scenario file' }).click();
  await (await chooser).setFiles({
    name: 'holiday.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"not": "a scenario"}'),
  });
  await expect(page.getByText(/This is not a scenario file/)).toBeVisible();
});

test('panels are resized and folded by keyboard', async ({ page }) => {
  const splitter = page.getByRole('separator', { name: 'Width of the console' });
  await splitter.focus();
  const before = Number(await splitter.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before + 2));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Console' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Show story and console' }).click();
  await expect(page.getByRole('complementary', { name: 'Console' })).toBeVisible();
});
