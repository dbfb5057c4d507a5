import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from './fixtures.ts';
import { letPass, openPage } from './in-page.ts';
import { SIZES } from './sizes.ts';
import { answer, runSql } from './sql.ts';

/** Colours depend on the theme and not on the size: the second theme is looked at where the layouts differ most. */
const IN_BOTH_THEMES: readonly number[] = [1440, 390];

const STATEMENT = "INSERT INTO orders VALUES (123, 'book')";

/** Brings a panel into sight where there is room for one at a time; elsewhere it is there. */
async function showPanel(page: Page, name: 'Console' | 'Events'): Promise<void> {
  const tab = page.getByRole('tab', { name, exact: true });
  const more = page.getByRole('button', { name: 'Show more of the panel' });
  if (await tab.isVisible()) await tab.click();
  // What takes more room than a phone gives it at first can have it.
  if ((await more.isVisible()) && (await more.getAttribute('aria-disabled')) !== 'true')
    await more.click();
  const drawer = page.getByRole('button', { name, exact: true });
  if (await drawer.isVisible()) await drawer.click();
}

async function openFromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}

/** What a visit goes through, each state made out of the one before. */
const STATES: readonly (readonly [name: string, reach: (page: Page) => Promise<void>])[] = [
  [
    'a node selected',
    async (page) => {
      await page.keyboard.press('Escape');
      const node = page.getByRole('button', { name: /^Storage node B2/ });
      await node.click({ position: { x: 8, y: 8 } });
      await expect(page.getByRole('heading', { name: 'B2' })).toBeVisible();
    },
  ],
  [
    'a node killed',
    async (page) => {
      await page.keyboard.press('x');
      await expect(page.getByRole('button', { name: /^Storage node B2, down/ })).toBeVisible();
    },
  ],
  [
    'an event explained',
    async (page) => {
      await letPass(page, 3_000);
      await showPanel(page, 'Events');
      await page.getByRole('button', { name: /^Why:/ }).first().click();
      await expect(page.getByText('The rule', { exact: true })).toBeVisible();
    },
  ],
  [
    'an answer in the console',
    async (page) => {
      await showPanel(page, 'Console');
      await runSql(page, STATEMENT);
      await expect(answer(page, STATEMENT)).toContainText('1 row inserted.');
    },
  ],
];

const DIALOGS: typeof STATES = [
  ['help', (page) => openFromMenu(page, 'Keyboard help')],
  ['settings', (page) => openFromMenu(page, 'Settings')],
  [
    'share',
    async (page) => {
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
    },
  ],
];

/** Nothing wider than the page, and nothing that somebody cannot read or reach. */
async function expectInNobodysWay(page: Page, width: number): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  if (IN_BOTH_THEMES.includes(width)) await expectAccessibleInBothThemes(page);
  else await expectAccessible(page);
}

for (const [width, height] of SIZES) {
  test(`nothing stands in anybody's way in any state at ${width}×${height}`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openPage(page);
    for (const [name, reach] of STATES) {
      await test.step(name, async () => {
        await reach(page);
        for (const control of ['Play', 'Share']) {
          const button = page.getByRole('button', { name: control, exact: true });
          await expect(button).toBeInViewport({ ratio: 1 });
        }
        await expectInNobodysWay(page, width);
      });
    }
    for (const [name, reach] of DIALOGS) {
      await test.step(name, async () => {
        await reach(page);
        await expectInNobodysWay(page, width);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      });
    }
    await test.step('a link that cannot be opened', async () => {
      await page.evaluate(() => {
        location.hash = '#v1.z.broken';
      });
      await expect(page.getByRole('main', { name: 'Link problem' })).toBeVisible();
      await expectInNobodysWay(page, width);
    });
  });
}
