import type { Page } from '@playwright/test';
import type { Position } from '../src/engine/time.ts';
import { trackEnd } from '../src/ui/playback/timeline-scale.ts';
import { expect, test } from './fixtures.ts';
import { letPass, momentOf, openPage, openRun, seek, stateOf } from './in-page.ts';

/** A run in which a lot happens, much of it in the same microsecond. */
const EVENTFUL = {
  scenario: 'busy',
  seed: 7,
  interventions: [
    { at: { timeUs: 2_000, n: 0 }, act: { op: 'write', count: 5 } },
    { at: { timeUs: 4_000, n: 0 }, act: { op: 'crash', target: 'B2' } },
    { at: { timeUs: 6_000, n: 1 }, act: { op: 'slow', target: 'C1', on: true } },
    { at: { timeUs: 9_000, n: 0 }, act: { op: 'restore', target: 'B2' } },
  ],
};

/** Little to draw at each of many steps. */
const SMALL = { width: 390, height: 844 };

const slider = (page: Page) => page.getByRole('slider', { name: 'Time' });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

for (const grain of ['event', 'beat', 'commit'] as const) {
  test(`point 12: thirty steps of one ${grain} forward and thirty back pass the same moments`, async ({
    page,
  }) => {
    await page.setViewportSize(SMALL);
    await openPage(page);
    await openRun(page, EVENTFUL);
    await seek(page, 5_000);
    const { there, back } = await page.evaluate(async (by) => {
      const { step, seek, hash, position } = window.redoscope!;
      const here = () => `${position().timeUs}.${position().n} ${hash()}`;
      // Stands on an event of the grain, so that going back can end exactly here.
      await step(by, 1);
      const there = [here()];
      for (let i = 0; i < 30; i++) {
        await step(by, 1);
        there.push(here());
      }
      // A jump forgets the way that was come, so that every step back has to be found.
      await seek(position());
      const back = [here()];
      for (let i = 0; i < 30; i++) {
        await step(by, -1);
        back.push(here());
      }
      return { there, back };
    }, grain);
    expect(new Set(there).size).toBe(31);
    expect(back).toEqual(there.toReversed());
  });
}

interface Step {
  readonly link: string;
  readonly hash: string;
  readonly position: Position;
}

/** Takes steps of one event, and a link after each. */
const stepsOf = (page: Page, steps: number): Promise<readonly Step[]> =>
  page.evaluate(async (times) => {
    const { step, hash, position, url } = window.redoscope!;
    const taken: { link: string; hash: string; position: Position }[] = [];
    for (let i = 0; i < times; i++) {
      await step('event', 1);
      taken.push({ link: url(), hash: hash(), position: position() });
    }
    return taken;
  }, steps);

/** Steps followed by another in the same microsecond. */
const tiesOf = (steps: readonly Step[]): readonly Step[] =>
  steps.filter(({ position }, i) => steps[i + 1]?.position.timeUs === position.timeUs);

test('point 11: a link copied after each of two hundred events opens at that event', async ({
  page,
}) => {
  test.slow();
  await page.setViewportSize(SMALL);
  await openPage(page);
  await openRun(page, EVENTFUL);
  await seek(page, 3_000);
  const steps = await stepsOf(page, 200);
  const reopened = await page.evaluate(async (links) => {
    const { open, hash, position } = window.redoscope!;
    const moments: { link: string; hash: string; position: Position }[] = [];
    for (const link of links) {
      await open(link);
      moments.push({ link, hash: hash(), position: position() });
    }
    return moments;
  }, steps.map(({ link }) => link).toReversed());
  expect(new Set(steps.map(({ hash }) => hash)).size).toBe(200);
  expect(tiesOf(steps).length).toBeGreaterThan(20);
  expect(reopened.toReversed()).toEqual(steps);
});

test('links of single events open at them in a browser that knows nothing', async ({
  page,
  elsewhere,
}) => {
  await page.setViewportSize(SMALL);
  await openPage(page);
  await openRun(page, EVENTFUL);
  await seek(page, 3_900);
  const steps = await stepsOf(page, 60);
  const ties = tiesOf(steps);
  expect(ties.length).toBeGreaterThan(3);
  const sample = [steps[0]!, ...ties.slice(0, 3), ties.at(-1)!, steps[59]!];
  for (const { link, hash, position } of sample) {
    const other = await elsewhere(link, { viewport: SMALL });
    await expect(button(other, 'Play')).toBeVisible();
    expect(await momentOf(other)).toEqual({ hash, position });
    await other.close();
  }
});

test('point 19: dragging the timeline pauses and lands exactly where it says', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await openPage(page);
  await openRun(page, EVENTFUL);
  await seek(page, 40_000);
  await page.evaluate(() => window.redoscope!.play(1_000));
  await expect(button(page, 'Pause')).toBeVisible();

  const box = (await slider(page).boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.7, y);
  await page.mouse.down();
  await expect(button(page, 'Play')).toBeVisible();
  await page.mouse.move(box.x + box.width * 0.3, y, { steps: 5 });
  await page.mouse.up();

  const { state, edge, position } = await stateOf(page);
  expect(state).toBe('paused');
  const usPerPx = trackEnd(edge.timeUs) / box.width;
  const aimedUs = trackEnd(edge.timeUs) * 0.3;
  expect(Math.abs(position.timeUs - aimedUs)).toBeLessThanOrEqual(2 * usPerPx);
  await expect(slider(page)).toHaveAttribute('aria-valuenow', `${position.timeUs}`);
  const landed = await momentOf(page);
  await openRun(page, EVENTFUL);
  await seek(page, position);
  expect(await momentOf(page)).toEqual(landed);
});

test('the keys of the timeline pause it and go where the steps go', async ({ page }) => {
  await openPage(page);
  await openRun(page, EVENTFUL);
  await seek(page, 10_000);
  const visited = await page.evaluate(async () => {
    const { step, hash, seek } = window.redoscope!;
    const visited: string[] = [];
    for (const grain of ['event', 'beat', 'commit'] as const) {
      await step(grain, 1);
      visited.push(hash());
      await step(grain, -1);
      visited.push(hash());
    }
    await seek({ timeUs: 0, n: 0 });
    visited.push(hash());
    return visited;
  });
  await openRun(page, EVENTFUL);
  await seek(page, 10_000);
  await slider(page).focus();
  const pressed: string[] = [];
  for (const key of [
    ...['ArrowRight', 'ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowLeft'],
    ...['PageUp', 'PageDown', 'Home'],
  ]) {
    await page.keyboard.press(key);
    pressed.push((await momentOf(page)).hash);
  }
  expect(pressed).toEqual(visited);

  await page.keyboard.press('End');
  const { position, edge } = await stateOf(page);
  expect(position).toEqual(edge);
  await page.keyboard.press('Space');
  await expect(button(page, 'Pause')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(button(page, 'Play')).toBeVisible();
});

test('point 54: the link of a moment shows others the same time, selection and state, paused', async ({
  page,
  context,
  elsewhere,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await openPage(page);
  await openRun(page, EVENTFUL);
  await page.keyboard.press('Escape');
  await page.evaluate(() => window.redoscope!.play(50_000));
  await expect.poll(() => page.evaluate(() => window.redoscope!.time())).toBeGreaterThan(7_000);
  await page.keyboard.press('k');
  await expect(button(page, 'Play')).toBeVisible();
  await page.getByRole('button', { name: /^Storage node B2/ }).click({ position: { x: 20, y: 8 } });
  await expect(page.getByRole('heading', { name: 'B2' })).toBeVisible();
  const clock = () => page.getByText(/^\d+\.\d{3} ms$/).first();
  const shown = await clock().textContent();
  const moment = await momentOf(page);
  await page.keyboard.press('c');
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const other = await elsewhere(link, { viewport: { width: 1440, height: 900 } });
  await expect(button(other, 'Play')).toBeVisible();
  await expect(other.getByRole('heading', { name: 'B2' })).toBeVisible();
  await expect(other.getByText(shown!).first()).toBeVisible();
  expect(await momentOf(other)).toEqual(moment);
});

test('the address follows the run when it rests, and Back is not filled with it', async ({
  page,
}) => {
  await openPage(page);
  const entries = await page.evaluate(() => history.length);
  await openRun(page, EVENTFUL);
  await letPass(page, 5_000);
  const link = await page.evaluate(() => window.redoscope!.url());
  await expect(page).toHaveURL(link);
  expect(await page.evaluate(() => history.length)).toBe(entries);
});
