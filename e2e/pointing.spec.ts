import type { Page } from '@playwright/test';
import { VIEWS } from '../src/store/views.ts';
import { expect, test } from './fixtures.ts';
import { openPage, openRun, stateOf } from './in-page.ts';
import { begin, expectViewBuilt, onStage } from './journey.ts';

/** What can be pressed and is smaller than it should be. */
const smallerThan = (page: Page, leastPx: number) =>
  page.evaluate((least) => {
    const all = document.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea, summary, [role=slider], [role=separator]',
    );
    const isShown = (each: HTMLElement): boolean =>
      each.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !each.closest('[aria-hidden=true], [inert]') &&
      !each.matches('.visually-hidden, .visually-hidden *');
    // Words in a sentence, which show their meaning, are as high as their line (WCAG 2.5.8). Skip links are
    // for keyboards. The track of time takes fingers in a margin around it, which has no box to measure.
    const isExcepted = (each: HTMLElement): boolean =>
      getComputedStyle(each).cursor === 'help' || each.matches('a[href^="#"], [role=slider]');
    // A label is pressed for what it holds.
    const boxOf = (each: HTMLElement) => (each.closest('label') ?? each).getBoundingClientRect();
    return [...all]
      .filter((each) => isShown(each) && !isExcepted(each))
      .filter((each) => {
        const { width, height } = boxOf(each);
        return width > 0 && (width < least - 0.5 || height < least - 0.5);
      })
      .map((each) => {
        const { width, height } = boxOf(each);
        const name = each.getAttribute('aria-label') ?? each.textContent?.trim() ?? each.tagName;
        return `${name}: ${Math.round(width)} × ${Math.round(height)}`;
      });
  }, leastPx);

async function throughViews(page: Page, check: (view: string) => Promise<void>): Promise<void> {
  await openPage(page);
  await page.getByRole('button', { name: /^Not now/ }).click();
  for (const [i, { title }] of VIEWS.entries()) {
    await page.keyboard.press(String(i + 1));
    await expect(page.getByRole('tab', { name: title, exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await expectViewBuilt(page);
    await check(title);
  }
}

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
] as const) {
  test(`point 7: at ${width} × ${height} a mouse finds nothing smaller than 24 px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await throughViews(page, async (view) => expect(await smallerThan(page, 24), view).toEqual([]));
  });
}

test.describe('under a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('point 7: a finger finds nothing smaller than 44 px', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await throughViews(page, async (view) => expect(await smallerThan(page, 44), view).toEqual([]));
  });

  test('point 6: a phone gives its stage the room, and every node a finger’s width', async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openPage(page);
    const stage = await page.getByRole('main', { name: 'Stage' }).boundingBox();
    expect(stage!.height).toBeGreaterThanOrEqual(400);
    const nodes = onStage(page, /^Storage node/);
    expect(await nodes.count()).toBe(12);
    for (const box of await Promise.all((await nodes.all()).map((node) => node.boundingBox()))) {
      expect(box!.width).toBeGreaterThanOrEqual(44);
      expect(box!.height).toBeGreaterThanOrEqual(44);
    }
  });
});

/** How large the buttons over the drawing are shown. */
const scaleOf = (page: Page) =>
  page
    .getByRole('grid', { name: 'Cluster' })
    .evaluate((grid) => new DOMMatrix(getComputedStyle(grid).transform).a);

test('point 40: a bare wheel is the page’s, with Control it brings the stage close', async ({
  page,
}) => {
  await begin(page);
  const stage = (await page.getByRole('grid', { name: 'Cluster' }).boundingBox())!;
  await page.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2);
  const taken = (ctrlKey: boolean) =>
    page.getByRole('grid', { name: 'Cluster' }).evaluate(
      (grid, ctrl) =>
        !grid.dispatchEvent(
          new WheelEvent('wheel', {
            ...{ deltaY: 40, ctrlKey: ctrl, bubbles: true, cancelable: true },
          }),
        ),
      ctrlKey,
    );
  expect(await taken(false)).toBe(false);
  expect(await scaleOf(page)).toBe(1);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await expect.poll(() => scaleOf(page)).toBeGreaterThan(1);
  await page.keyboard.press('0');
  await expect.poll(() => scaleOf(page)).toBe(1);
  // At fit one finger scrolls the page.
  const touch = await page
    .getByRole('grid', { name: 'Cluster' })
    .evaluate((grid) => getComputedStyle(grid.parentElement!).touchAction);
  expect(touch).toBe('pan-x pan-y');
});

test('keys bring what is selected close, and show all again', async ({ page }) => {
  await begin(page);
  const before = (await onStage(page, /^Storage node B2/).boundingBox())!;
  await onStage(page, /^Storage node B2/).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('f');
  await expect.poll(() => scaleOf(page)).toBeGreaterThan(2);
  const close = (await onStage(page, /^Storage node B2/).boundingBox())!;
  expect(close.width).toBeGreaterThan(2 * before.width);
  const stage = (await page.getByRole('main', { name: 'Stage' }).boundingBox())!;
  expect(close.x).toBeGreaterThanOrEqual(stage.x);
  expect(close.x + close.width).toBeLessThanOrEqual(stage.x + stage.width);
  await page.keyboard.press('f');
  await expect.poll(() => scaleOf(page)).toBe(1);
  await page.keyboard.press('+');
  await expect.poll(() => scaleOf(page)).toBe(1.5);
  await page.keyboard.press('-');
  await expect.poll(() => scaleOf(page)).toBe(1);
});

test('point 41: kill mode shows itself, kills by a click, and Esc leaves it', async ({ page }) => {
  await begin(page);
  const killMode = page.getByRole('button', { name: 'Kill mode' });
  await page.keyboard.press('x');
  await expect(killMode).toHaveAttribute('aria-pressed', 'true');
  await expect(
    page.getByText(/Kill mode: click anything|Click a storage node to kill it/),
  ).toBeVisible();
  await onStage(page, /^Storage node B2, healthy/).click({ position: { x: 20, y: 8 } });
  await expect(onStage(page, /^Storage node B2, down/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(killMode).toHaveAttribute('aria-pressed', 'false');
  await onStage(page, /^Storage node A1, healthy/).click({ position: { x: 20, y: 8 } });
  await expect(onStage(page, /^Storage node A1, healthy/)).toBeVisible();
  expect((await stateOf(page)).hosts.filter(({ state }) => state === 'down')).toHaveLength(1);
});

test('point 38: what is typed into a field is text, and a key switched off does nothing', async ({
  page,
}) => {
  await begin(page);
  await onStage(page, /^Storage node B2/).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox', { name: 'Filter events' }).focus();
  const before = await page.evaluate(() => window.redoscope!.hash());
  await page.keyboard.type('xzdiwrbu');
  expect(await page.evaluate(() => window.redoscope!.run().interventions)).toHaveLength(0);
  expect(await page.evaluate(() => window.redoscope!.hash())).toBe(before);

  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Single-key shortcuts').uncheck();
  await page.keyboard.press('Escape');
  await onStage(page, /^Storage node B2/).focus();
  for (const key of ['x', 'z', 'd', 'i', 'w', 'r', 'b', 'k', 'l', '.', ']', '2', '?', 's', 'g'])
    await page.keyboard.press(key);
  expect(await page.evaluate(() => window.redoscope!.run().interventions)).toHaveLength(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Cluster' })).toHaveAttribute('aria-selected', 'true');
});

test('point 39: help and palette list the same commands, and the palette is reached by pointer', async ({
  page,
}) => {
  await begin(page);
  await openRun(page, 'first-write');
  await page.getByRole('button', { name: 'Keyboard help' }).click();
  const help = page.getByRole('dialog', { name: 'Keyboard help' });
  await expect(help.getByRole('term').first()).toBeVisible();
  const listed = await help.getByRole('term').allTextContents();
  expect(listed.length).toBeGreaterThan(40);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Do anything/ }).click();
  const palette = page.getByRole('dialog', { name: 'Do anything, go anywhere' });
  await expect(palette.getByRole('option').first()).toBeVisible();
  const offered = await palette.getByRole('option').allTextContents();
  const missing = listed.filter((title) => !offered.some((each) => each.startsWith(title)));
  // It does not offer itself.
  expect(missing).toEqual(['Do anything, go anywhere']);
});
