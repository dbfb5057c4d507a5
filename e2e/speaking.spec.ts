import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { openPage, openRun } from './in-page.ts';
import { begin, go, onStage, press } from './journey.ts';

/** Everything the status region says from now on, as it is said. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const region = document.querySelector('[role=status][aria-label=Simulation]')!;
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => {
      if (region.textContent) said.push(region.textContent);
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { said: readonly string[] }).said);
}

test('point 43: the grid over the stage names what is drawn, how it is and what it holds', async ({
  page,
}) => {
  await begin(page, { id: 'one-group', config: { workload: { perSecond: 20 } } });
  await press(page, /^Storage node C1/, 'x');
  await expect(page.getByRole('grid', { name: 'Cluster' })).toMatchAriaSnapshot(`
    - grid "Cluster":
      - row:
        - gridcell:
          - button /^Clients. \\d+ connections?, \\d+ commits? returned$/
      - row:
        - gridcell:
          - button "Availability Zone A, up"
          - button "Take down Availability Zone A"
        - gridcell:
          - button "Availability Zone B, up"
        - gridcell:
          - button /^Availability Zone C, partly down/
      - row:
        - gridcell:
          - button /^Writer, open, durable up to \\d+/
        - gridcell:
          - button /^Replica R1, open, read view \\d+/
  `);
  for (const name of [
    /^Storage node A1, healthy, holds PG 0 slot a$/,
    /^Storage node C1, down, holds PG 0 slot e/,
    /^Segment PG 0 slot b on A2, \w+, complete to \d+/,
  ])
    await expect(onStage(page, name)).toHaveCount(1);
});

test('point 44: while it plays, steady traffic is summed up now and then', async ({ page }) => {
  test.slow();
  await openPage(page);
  await page.getByRole('button', { name: /^Not now/ }).click();
  await openRun(page, { id: 'first-write', config: { workload: { perSecond: 20 } } });
  const said = await listen(page);
  await page.evaluate(() => window.redoscope!.play(1_000_000));
  // The span is what is measured here.
  await page.waitForTimeout(20_000);
  const heard = await said();
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.length).toBeLessThanOrEqual(5);
  for (const sentence of heard) expect(sentence).toMatch(/^Simulation: .*commit/);
});

test('point 44: while it is stepped, every step is told once', async ({ page }) => {
  await begin(page);
  const said = await listen(page);
  for (let step = 1; step <= 4; step++) {
    await page.keyboard.press(']');
    await expect.poll(async () => (await said()).length).toBe(step);
  }
  for (const sentence of await said()) expect(sentence).toMatch(/^Simulation: /);
});

test('point 45: the status names every node that is down, and whether writes continue', async ({
  page,
}) => {
  await begin(page, 'one-group' as unknown as object);
  await press(page, /^Storage node B1/, 'x');
  await press(page, /^Storage node C2/, 'x');
  await go(page, 20);
  const said = await listen(page);
  await page.keyboard.press('n');
  await expect.poll(async () => (await said()).at(-1)).toMatch(/B1.*C2/);
  const [status] = await said();

  expect(status).toMatch(/4 of 6.*writes continue/);
  expect(status).not.toMatch(/\bA1\b|\bA2\b/);
});

test('point 51: every dialog gives focus back to what opened it', async ({ page }) => {
  await openPage(page);
  await page.getByRole('button', { name: /^Not now/ }).click();
  const openers: readonly (readonly [name: string, dialog: RegExp])[] = [
    ['Share', /^Share/],
    ['Keyboard help', /^Keyboard help/],
  ];
  for (const [name, dialog] of openers) {
    const opener = page.getByRole('button', { name, exact: true });
    await opener.click();
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
  }
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  for (const item of ['Settings', 'About Redoscope', 'Keyboard help']) {
    await menu.click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(menu).toBeFocused();
  }
  await onStage(page, /^Storage node B2/).focus();
  for (const key of ['?', 's', 'Control+k']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(onStage(page, /^Storage node B2/)).toBeFocused();
  }
});
