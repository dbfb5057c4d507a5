import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { momentOf, openPage, openRun, seek, stateOf } from './in-page.ts';

/** Nothing happens by itself. */
const QUIET = { scenario: 'quiet', seed: 41, interventions: [] };
/** Writes go on and on. */
const WRITING = { scenario: 'first-write', seed: 7, interventions: [] };

const slider = (page: Page) => page.getByRole('slider', { name: 'Time', exact: true });
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const words = async (page: Page): Promise<string> =>
  (await slider(page).getAttribute('aria-valuetext')) ?? '';

/** What the track says where it is pointed at, at a share of its width. */
async function pointAt(page: Page, share: number): Promise<void> {
  const box = (await slider(page).boundingBox())!;
  await slider(page).hover({ position: { x: box.width * share, y: box.height / 2 } });
}

/** What concerns time where the transport has no room. */
const toggle = (page: Page, name: RegExp) => page.getByRole('menuitemcheckbox', { name });

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await page.getByRole('button', { name: /^Not now/ }).click();
});

test('point 13: beats lead from a fresh write through its acknowledgements to the commit', async ({
  page,
}) => {
  await openRun(page, QUIET);
  await seek(page, 5_000);
  await page.keyboard.press('w');
  const began = (await stateOf(page)).counters.commits;
  for (let beats = 0; beats < 30; beats++) {
    await page.keyboard.press(']');
    if ((await stateOf(page)).counters.commits > began) break;
  }
  const rows = page.getByRole('group', { name: 'Events in order' }).getByRole('listitem');
  await expect(rows).toContainText([
    /closes mini-transaction/,
    /sends 100\d/,
    /acks 1003 — 1 of 6/,
    /acks 1003 — 2 of 6/,
    /acks 1003 — 3 of 6/,
    /acks 1003 — 4 of 6/,
    /durable/,
    /returns the commit/,
  ]);
});

test('point 14: the next commit is exactly when one is returned, with four acknowledgements', async ({
  page,
}) => {
  await openRun(page, QUIET);
  await seek(page, 5_000);
  await page.keyboard.press('w');
  const { counters } = await stateOf(page);
  await page.keyboard.press('}');
  await expect.poll(async () => (await stateOf(page)).counters.commits).toBe(counters.commits + 1);
  expect(await words(page)).toMatch(/returns the commit/);
  await expect(page.getByRole('group', { name: 'Write quorum of PG 0' })).toContainText('durable');
  await page.keyboard.press(',');
  expect((await stateOf(page)).counters.commits).toBe(counters.commits);
});

test('point 12: a step back says what it undid, and leads to the same state, time and narration', async ({
  page,
}) => {
  await openRun(page, WRITING);
  await seek(page, 5_000);
  await page.keyboard.press(']');
  const before = { ...(await momentOf(page)), said: await words(page) };
  await page.keyboard.press('.');
  await page.keyboard.press(',');
  await expect(page.getByText(/^Undid: /)).toBeVisible();
  expect({ ...(await momentOf(page)), said: await words(page) }).toEqual(before);
  await expect(page.getByText(/^Undid: /)).toBeHidden();
});

test('point 15: K and Space play, but Space on a button presses that button', async ({ page }) => {
  await openRun(page, WRITING);
  await page.keyboard.press('k');
  await expect(button(page, 'Pause')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(button(page, 'Play')).toBeVisible();
  await page.getByRole('button', { name: /^Guided pace/ }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: /^Guided pace/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(button(page, 'Play')).toBeVisible();
});

test('point 17: the speed is told in words, and has keys', async ({ page }) => {
  await openRun(page, QUIET);
  const speed = page.getByRole('combobox', { name: 'Speed' });
  await expect(speed).toHaveText(/1 s on screen = 1 ms in the cluster/);
  await expect(speed).toHaveValue('1000');
  await page.keyboard.press('>');
  await expect(speed).toHaveValue('5000');
  await page.keyboard.press('<');
  await page.keyboard.press('<');
  await expect(speed).toHaveValue('500');
  await page.keyboard.press('\\');
  await expect(speed).toHaveValue('1000');
});

/** Half a minute from the crash of the writer until the next one serves. */
const SLOW_FAILOVER = {
  id: 'quiet',
  config: {
    detection: {
      ...{ on: true, heartbeatUs: 1_000_000, segmentUs: 1_000_000, endpointUs: 5_000_000 },
      instanceUs: 23_000_000,
    },
  },
};

test('point 18: guided pace skips what is idle of a failover, says so, and shows the true time', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.setViewportSize({ width: 800, height: 640 });
  await openRun(page, SLOW_FAILOVER);
  await seek(page, 5_000);
  await page.evaluate(() => window.redoscope!.intervene({ op: 'crash', target: 'W' }));
  await page.getByRole('button', { name: /^Guided pace/ }).click();
  await page.keyboard.press('k');
  await expect(page.getByText(/^» skipped [\d.]+ m?s$/)).toBeVisible();
  // How long that takes on the wall is held by a clock moved by hand, in the store's own test.
  const role = async () => (await stateOf(page)).instances.find(({ id }) => id === 'R1')?.role;
  await expect.poll(role, { timeout: 40_000 }).toBe('writer');
  await page.keyboard.press('k');
  const { position } = await stateOf(page);
  expect(position.timeUs).toBeGreaterThan(25_000_000);
  await expect(page.getByText(/^2\d\.\d{3} s$/).first()).toBeVisible();
});

test('point 20: a changed past is kept as a ghost branch, and can be switched back to', async ({
  page,
}) => {
  await openRun(page, WRITING);
  await seek(page, 16_000);
  const former = await momentOf(page);
  await seek(page, 6_000);
  await page.getByRole('button', { name: /^Storage node B2/ }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('x');
  const notice = page.getByText('You changed the past. The old future is kept as a ghost branch.');
  await expect(notice).toBeVisible();
  await pointAt(page, 0.6);
  await expect(slider(page)).toContainText(/Ghost branch: Without “B2 crashed/);

  await button(page, 'Switch back').click();
  await expect
    .poll(async () => (await stateOf(page)).hosts.every(({ state }) => state === 'up'))
    .toBe(true);
  await seek(page, former.position);
  expect(await momentOf(page)).toEqual(former);

  await button(page, 'History of this run').click();
  const dialog = page.getByRole('dialog', { name: 'History of this run' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /^Switch to: B2 crashed/ }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(button(page, 'History of this run')).toBeFocused();
  await expect(page.getByRole('button', { name: /^Storage node B2.*down/ })).toBeVisible();
  await button(page, 'History of this run').click();
  await dialog.getByRole('button', { name: /^B2 down/ }).click();
  await expect.poll(async () => (await stateOf(page)).position.timeUs).toBeLessThan(7_000);
});

test('the track says what could be written, what was down and what is no longer known', async ({
  page,
}) => {
  await openRun(page, {
    ...WRITING,
    interventions: [
      { at: { timeUs: 4_000, n: 0 }, act: { op: 'crash-zone', az: 'C' } },
      { at: { timeUs: 8_000, n: 0 }, act: { op: 'crash', target: 'B2' } },
    ],
  });
  await seek(page, 18_000);
  expect(await words(page)).toMatch(/writes waiting: PG \d has 3 of 6 copies$/);
  await pointAt(page, 0.3);
  await expect(slider(page)).toContainText(/writes continue: PG \d has 4 of 6 copies/);
  await expect(slider(page)).toContainText('Availability Zone C down');
  await pointAt(page, 0.6);
  await expect(slider(page)).toContainText(/writes waiting: PG \d has 3 of 6 copies/);
  await expect(slider(page)).toContainText('B2 down');
  await expectAccessible(page);

  const inBeats = page.getByRole('button', { name: /^Timeline in beats/ });
  await inBeats.click();
  await expect(inBeats).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(/^beat \d+ · /).first()).toBeAttached();
  const box = (await slider(page).boundingBox())!;
  await slider(page).click({ position: { x: box.width * 0.2, y: box.height / 2 } });
  const { timeUs } = (await stateOf(page)).position;
  expect(timeUs).toBeGreaterThan(0);
  expect(timeUs).toBeLessThan(18_000);
  await page.reload();
  await page.evaluate(() => window.redoscope!.ready);
  await expect(inBeats).toHaveAttribute('aria-pressed', 'true');
});

test('a stretch is repeated between two handles that keys move', async ({ page }) => {
  await openRun(page, WRITING);
  await seek(page, 10_000);
  await button(page, /^Repeat a stretch/).click();
  const from = page.getByRole('slider', { name: 'Repeat from (A)' });
  const to = page.getByRole('slider', { name: 'Repeat up to (B)' });
  const before = Number(await from.getAttribute('aria-valuenow'));
  await from.focus();
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(async () => Number(await from.getAttribute('aria-valuenow')))
    .toBeLessThan(before);
  await expectAccessible(page);
  const [fromUs, toUs] = [from, to].map(async (end) =>
    Number(await end.getAttribute('aria-valuenow')),
  );
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.keyboard.press('k');
  await expect
    .poll(async () => (await stateOf(page)).position.timeUs, { intervals: [50] })
    .toBeLessThan(9_000);
  const { position } = await stateOf(page);
  expect(position.timeUs).toBeGreaterThanOrEqual(await fromUs!);
  expect(position.timeUs).toBeLessThanOrEqual(await toUs!);
  await page.keyboard.press('k');
  await to.focus();
  await page.keyboard.press('Delete');
  await expect(from).toHaveCount(0);
  await expect(slider(page)).toBeFocused();
});

test('point 22: at the end of a script the play button replays it', async ({ page }) => {
  await openRun(page, {
    ...QUIET,
    interventions: [{ at: { timeUs: 998_000, n: 0 }, act: { op: 'crash', target: 'B2' } }],
  });
  await seek(page, 997_000);
  await page.keyboard.press('k');
  await expect(button(page, 'Replay')).toBeVisible({ timeout: 40_000 });
  expect((await stateOf(page)).position.timeUs).toBe(1_000_000);
  await button(page, 'Replay').click();
  await expect(button(page, 'Pause')).toBeVisible();
  await expect.poll(async () => (await stateOf(page)).position.timeUs).toBeLessThan(900_000);
});

test('on a phone pace, scale and loop are in the menu, and the track can be hit with a thumb', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Menu' }).click();
  for (const name of [/^Guided pace/, /^Timeline in beats/, /^Repeat a stretch/]) {
    await toggle(page, name).click();
  }
  await expect(toggle(page, /^Guided pace/)).toBeChecked();
  await expect(toggle(page, /^Timeline in beats/)).toBeChecked();
  await expect(toggle(page, /^Stop repeating/)).toBeChecked();
  await page.keyboard.press('Escape');
  const hit = await slider(page).evaluate((track) => {
    const { height } = getComputedStyle(track, '::after');
    return Number.parseFloat(height);
  });
  expect(hit).toBeGreaterThanOrEqual(44);
  await expect(page.getByRole('slider', { name: 'Repeat from (A)' })).toBeVisible();
  await expectAccessible(page);
});
