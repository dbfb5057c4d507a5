import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import { openPage, openRun, stateOf } from './in-page.ts';

/** A calm cluster in which seconds are soon computed: commits come one by one. */
const CALM = { id: 'first-write', config: { workload: { perSecond: 20 } } };

/** Opens a run under reduced motion, with nothing in the way, half a second on. */
export async function begin(page: Page, source: object = CALM): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await page.getByRole('button', { name: /^Not now/ }).click();
  await openRun(page, source);
  await go(page, 500);
}

/** Lets simulated milliseconds pass, from wherever the run stands. */
export async function go(page: Page, ms: number): Promise<void> {
  await page.evaluate(
    (us) => window.redoscope!.seek(window.redoscope!.position().timeUs + us),
    ms * 1_000,
  );
}

/** Lets time pass, a little at a time, until a writer has the volume open and the endpoint leads to it. */
export async function goUntilServed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { position, seek, state } = window.redoscope!;
    const isMoving = () =>
      (state() as { readonly endpoint: { readonly moving: boolean } }).endpoint.moving;
    for (let step = 0; step < 500 && isMoving(); step++) await seek(position().timeUs + 10_000);
  });
}

/** A button over the drawing, by what is there and how it is. */
export const onStage = (page: Page, name: RegExp) =>
  page.getByRole('grid', { name: 'Cluster' }).getByRole('button', { name });

/** Waits until the view asked for is the one on the page, built whole. */
export async function expectViewBuilt(page: Page): Promise<void> {
  const panel = page.getByRole('main').getByRole('tabpanel').first();
  await expect(panel).toHaveAttribute('aria-busy', 'false');
  await expect(panel.locator('[aria-busy=true]')).toHaveCount(0);
}

/** Selects something on the stage and chooses from its menu. */
export async function choose(page: Page, target: RegExp, item: RegExp): Promise<void> {
  await onStage(page, target).focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: item }).click();
}

/** Selects something on the stage and presses a key for it. */
export async function press(page: Page, target: RegExp, key: string): Promise<void> {
  await onStage(page, target).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press(key);
}

/** What the Events panel tells, filtered by a word: these sentences among others, in this order. */
export async function expectTold(
  page: Page,
  word: string,
  sentences: readonly RegExp[],
): Promise<void> {
  const filter = page.getByRole('searchbox', { name: 'Filter events' });
  await filter.fill(word);
  const rows = page.getByRole('group', { name: 'Events in order' }).getByRole('listitem');
  await expect(rows).toContainText([...sentences]);
  await filter.fill('');
}

/** The cells under a head of the view's table, from top to bottom. */
export async function columnOf(page: Page, head: string): Promise<readonly string[]> {
  const table = page.getByRole('main').getByRole('table');
  await expect(table).toBeVisible();
  return table.evaluate((element: HTMLTableElement, wanted) => {
    const heads = [...element.tHead!.rows[0]!.cells].map(({ textContent }) => textContent);
    const at = heads.indexOf(wanted);
    return [...element.tBodies[0]!.rows].map(({ cells }) => cells[at]?.textContent ?? '');
  }, head);
}

export const commitsOf = async (page: Page): Promise<number> =>
  (await stateOf(page)).counters.commits;

/**
 * The checker has looked at everything that has happened and found no rule broken, in a run in which
 * none was broken on purpose; and the page says so. It follows at its own pace.
 */
export async function expectRulesHold(page: Page): Promise<void> {
  const isBehind = async () => {
    const { checker, edge } = await stateOf(page);
    return checker.upTo.timeUs !== edge.timeUs || checker.upTo.n !== edge.n;
  };
  await expect.poll(isBehind, { timeout: 60_000 }).toBe(false);
  expect(await page.evaluate(() => window.redoscope!.violations())).toEqual([]);
  await expect(page.getByText(/^\d+ rules hold$/)).toBeVisible();
}
