import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { momentOf, openPage, openRun, seek, stateOf } from './in-page.ts';

declare global {
  interface Window {
    /** Animation frames asked for since the page opened, by anybody. */
    asked?: number;
    /** Hides or shows the page as the browser does with a tab. */
    setHidden?: (hidden: boolean) => void;
  }
}

const asked = (page: Page) => page.evaluate(() => window.asked!);
/** Frames asked for when no more are: what had begun may still be painting. */
async function askedAtRest(page: Page): Promise<number> {
  let last = -1;
  const isStill = async () => {
    const before = last;
    last = await asked(page);
    return last === before;
  };
  await expect.poll(isStill, { intervals: [300] }).toBe(true);
  return last;
}
const moving = (page: Page) => page.getByRole('button', { name: 'Pause', exact: true });

/** Everything painted on the stage. */
const pixels = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join(' '),
  );

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const request = window.requestAnimationFrame.bind(window);
    window.asked = 0;
    window.requestAnimationFrame = (callback) => {
      window.asked!++;
      return request(callback);
    };
    let hidden = false;
    Object.defineProperty(document, 'visibilityState', {
      get: () => (hidden ? 'hidden' : 'visible'),
    });
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    window.setHidden = (now) => {
      hidden = now;
      document.dispatchEvent(new Event('visibilitychange'));
    };
  });
});

test('point 16: a paused page asks for no animation frame', async ({ page }) => {
  await openPage(page);
  await expect(moving(page)).toBeVisible();
  await expect.poll(() => asked(page)).toBeGreaterThan(5);
  await page.keyboard.press('k');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const before = await askedAtRest(page);
  // The span is what is measured here.
  await page.waitForTimeout(2_000);
  expect(await asked(page)).toBe(before);
  expect(await page.evaluate(() => window.redoscope!.frameStats())).toMatchObject({
    requestedWhilePaused: 0,
  });
});

test('point 16: a hidden page stands still, and goes on where it was', async ({ page }) => {
  await openPage(page);
  await page.evaluate(() => window.redoscope!.play(1_000));
  await expect.poll(() => asked(page)).toBeGreaterThan(5);
  await page.evaluate(() => window.setHidden!(true));
  const before = await askedAtRest(page);
  const timeUs = await page.evaluate(() => window.redoscope!.time());
  // The span is what is measured here.
  await page.waitForTimeout(2_000);
  expect(await asked(page)).toBe(before);
  expect(await page.evaluate(() => window.redoscope!.time())).toBe(timeUs);
  const backUs = await page.evaluate(async () => {
    window.setHidden!(false);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return window.redoscope!.time();
  });
  // Two seconds away would have been two milliseconds: they are not caught up on.
  expect(backUs - timeUs).toBeLessThan(500);
  await expect.poll(() => page.evaluate(() => window.redoscope!.time())).toBeGreaterThan(backUs);
});

test('point 46: with motion reduced nothing travels: a beat is a still picture, and a step changes it', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  expect((await stateOf(page)).state).toBe('paused');
  await openRun(page, 'quiet');
  await page.keyboard.press('w');
  const seen = new Set<string>();
  for (let beat = 0; beat < 4; beat++) {
    await page.keyboard.press(']');
    const moment = await momentOf(page);
    const picture = await pixels(page);
    // The span is what is measured here.
    await page.waitForTimeout(200);
    expect(await momentOf(page)).toEqual(moment);
    expect(await pixels(page)).toBe(picture);
    seen.add(picture);
  }
  expect(seen.size).toBe(4);
});

test('with motion reduced, playing goes from still to still', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await page.keyboard.press('Escape');
  await seek(page, 5_000);
  await page.keyboard.press('k');
  // However long each still is held: one moment has one picture, from its first frame to its last.
  const pictures = await page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const moment = () => `${window.redoscope!.hash()} ${window.redoscope!.time()}`;
    const seen = new Map<string, Set<string>>();
    while (seen.size < 4) {
      const before = moment();
      await nextFrame();
      await nextFrame();
      // What was reached just now may not be painted yet.
      if (moment() !== before) continue;
      const canvases = [...document.querySelectorAll('canvas')];
      const picture = canvases.map((canvas) => canvas.toDataURL()).join(' ');
      seen.set(before, (seen.get(before) ?? new Set()).add(picture));
    }
    return [...seen.values()].map(({ size }) => size);
  });
  expect(pictures).toEqual([1, 1, 1, 1]);
});

/** How many pictures are going away on the stage. */
const fading = (page: Page) =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('canvas')].flatMap((canvas) => canvas.getAnimations()).length,
  );

/** Goes one event back, and says what is going away at that very moment. */
const stepBack = (page: Page) =>
  page.evaluate(() => {
    window.redoscope!.step('event', -1);
    return [...document.querySelectorAll('canvas')].flatMap((canvas) => canvas.getAnimations())
      .length;
  });

test('a step back fades over, asks for no frame of ours, and leaves nothing behind', async ({
  page,
}) => {
  await openPage(page);
  await page.keyboard.press('k');
  await seek(page, 5_000);
  const canvases = await page.locator('canvas').count();
  expect(await stepBack(page)).toBe(1);
  // Another one on its heels takes the place of the first.
  expect(await stepBack(page)).toBe(1);
  await expect.poll(() => fading(page)).toBe(0);
  await expect(page.locator('canvas')).toHaveCount(canvases);
  expect(await page.evaluate(() => window.redoscope!.frameStats())).toMatchObject({
    requestedWhilePaused: 0,
  });
});

test('with motion reduced a step back is there at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await seek(page, 5_000);
  expect(await stepBack(page)).toBe(0);
});
