import { expect, test } from './fixtures.ts';
import { openPage } from './in-page.ts';

test('on a slow machine what is asked for appears while the run plays', async ({ page }) => {
  test.slow();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await openPage(page);
  await page.evaluate(() => window.redoscope!.play(50_000));
  await expect(page.getByRole('textbox', { name: 'SQL' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The cluster' })).toBeVisible();
  await page.getByRole('button', { name: 'Legend' }).click();
  await expect(page.getByText('Redo record', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Keyboard help' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard help' })).toBeVisible();
  await expect(page.getByText('playing', { exact: true })).toBeAttached();
});
