import { expect, test } from './fixtures.ts';
import { openPage, seek } from './in-page.ts';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('a drawing taken away says so and comes back', async ({ page }) => {
  await openPage(page);
  const canvas = page.locator('#stage canvas').first();
  const alert = page.locator('#stage').getByRole('alert');
  await canvas.dispatchEvent('contextlost');
  await expect(alert).toContainText('It comes back by itself');
  // What a new context starts with: nothing.
  await canvas.evaluate((element: HTMLCanvasElement) => {
    element.getContext('2d')?.reset();
    element.dispatchEvent(new Event('contextrestored'));
  });
  await expect(alert).toHaveCount(0);
  const painted = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const { width, height } = element;
      const pixels = element.getContext('2d')?.getImageData(0, 0, width, height).data;
      return pixels?.some((value) => value > 0);
    });
  await expect.poll(painted).toBe(true);
});

test('point 47: without colours of its own the page still tells states apart', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openPage(page);
  await seek(page, 1_120);
  const looks = page
    .getByRole('group', { name: 'Write quorum of PG 0' })
    .getByRole('listitem')
    .evaluateAll((slots) =>
      slots.map((slot) => {
        const { backgroundColor, borderStyle, borderWidth, borderColor } = getComputedStyle(slot);
        return [backgroundColor, borderStyle, borderWidth, borderColor].join(' ');
      }),
    );
  // Two acknowledged, two stored, two sent.
  const [a1, a2, b1, b2, c1, c2] = await looks;
  expect([a1, b1, c1]).toEqual([a2, b2, c2]);
  expect(new Set([a1, b1, c1]).size).toBe(3);
});

for (const what of ['refuses', 'is not there'] as const) {
  test(`where the clipboard ${what}, the link is there to be copied by hand`, async ({ page }) => {
    await openPage(page);
    await page.evaluate((missing) => {
      const writeText = () => Promise.reject(new Error('not allowed'));
      const value = missing ? undefined : { writeText };
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value });
    }, what === 'is not there');
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: 'Share' });
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await expect(dialog.getByText(/The text is selected/)).toBeVisible();
    await expect(dialog.getByRole('textbox', { name: 'Link' })).toBeFocused();
  });
}

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('point 37: a finger that rests opens the menu, which stays when the finger goes', async ({
    page,
    context,
  }) => {
    await openPage(page);
    await page.getByRole('button', { name: /^Not now/ }).tap();
    const box = await page.getByRole('button', { name: /^Storage node B2/ }).boundingBox();
    const touchPoints = [{ x: box!.x + 12, y: box!.y + 10 }];
    const browser = await context.newCDPSession(page);
    const crash = page.getByRole('menuitem', { name: /^Crash B2/ });
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points = touchPoints) =>
      browser.send('Input.dispatchTouchEvent', { type, touchPoints: points });

    await touch('touchStart');
    await touch('touchMove', [{ x: box!.x + 32, y: box!.y + 30 }]);
    await page.waitForTimeout(700);
    await touch('touchEnd', []);
    await expect(crash).toHaveCount(0);

    await touch('touchStart');
    await expect(crash).toBeVisible();
    await touch('touchEnd', []);
    await page.waitForTimeout(300);
    await crash.tap();
    await expect(page.getByRole('button', { name: /^Storage node B2, down/ })).toBeVisible();
  });
});
