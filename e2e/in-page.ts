import type { Page } from '@playwright/test';
import type { Position } from '../src/engine/time.ts';
import type { ClusterView } from '../src/protocol/view.ts';

/** The cluster as `window.redoscope.state()` gives it. */
export type State = ClusterView & {
  readonly state: string;
  readonly position: Position;
  readonly edge: Position;
  readonly checker: { readonly rules: number; readonly upTo: Position; readonly broken: number };
};

/** Where a run stands, for comparing. */
export interface Moment {
  readonly hash: string;
  readonly position: Position;
}

/** Opens the page, with a fragment or without, and waits until scripts can ask it anything. */
export async function openPage(page: Page, fragment = ''): Promise<void> {
  await page.goto(`/${fragment}`);
  await page.evaluate(() => window.redoscope!.ready);
}

export const stateOf = (page: Page): Promise<State> =>
  page.evaluate(() => window.redoscope!.state() as State);

export const momentOf = (page: Page): Promise<Moment> =>
  page.evaluate(() => {
    const { hash, position } = window.redoscope!;
    return { hash: hash(), position: position() };
  });

export const openRun = (page: Page, source: unknown): Promise<void> =>
  page.evaluate((given) => window.redoscope!.open(given), source);

export const seek = (page: Page, at: number | Position): Promise<void> =>
  page.evaluate((given) => window.redoscope!.seek(given), at);

/** Lets the cluster run for some simulated microseconds, at once. */
export async function letPass(page: Page, us: number): Promise<void> {
  await page.evaluate((given) => window.redoscope!.seek(window.redoscope!.time() + given), us);
}
