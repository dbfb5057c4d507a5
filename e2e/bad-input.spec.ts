import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { encodeLink } from '../src/scenario/link.ts';
import { DEFAULT_RUN, presetOf } from '../src/scenario/presets.ts';
import { ENGINE_VERSION, type Run } from '../src/scenario/run.ts';
import { expect, test } from './fixtures.ts';
import { momentOf, openPage, openRun, seek } from './in-page.ts';

/** The page is there and does what it is asked to. */
async function expectAlive(page: Page): Promise<void> {
  await expect(page.getByRole('main', { name: 'Stage' })).toBeVisible();
  const before = await momentOf(page);
  await page.keyboard.press('.');
  await expect.poll(() => momentOf(page)).not.toEqual(before);
}

const BUSY: Run = {
  scenario: presetOf('busy')!,
  seed: 7,
  interventions: Array.from({ length: 12 }, (_, i) => ({
    at: { timeUs: 1_000 * i, n: 0 },
    act: { op: 'drop-next', target: `B${1 + (i % 2)}` },
  })),
};
const link = encodeLink({ run: BUSY, at: null, play: false, title: '', ui: {} });

/** A link with a payload of anybody's making. */
const forged = (payload: string): string =>
  `#v1.j.${Buffer.from(payload).toString('base64url')}&t=1ms`;
const payload = (fields: object): string =>
  JSON.stringify({ sc: 'quiet', seed: 1, ev: ENGINE_VERSION, ...fields });
const bomb = deflateRawSync(Buffer.alloc(8 * 1024 * 1024)).toString('base64url');

const BAD_LINKS: readonly (readonly [what: string, fragment: string, sentence: RegExp])[] = [
  ['damaged', `${link.slice(0, 12)}AAAA${link.slice(16)}`, /damaged|cut off/],
  ['truncated', link.slice(0, Math.floor(link.length / 2)), /cut off/],
  ['oversized', `#v1.j.${'A'.repeat(70_000)}`, /too large/],
  ['made to burst', `#v1.z.${bomb}`, /too large/],
  ['of a version to come', '#v9.d.I0YNAA', /newer version \(v9, this is v\d+\)/],
  ['of no kind known', '#hello', /damaged/],
  [
    'with an act that does not exist',
    forged(payload({ iv: [[0, 0, 'format-disk']] })),
    /format-disk/,
  ],
  ['of an unknown scenario', forged(payload({ sc: 'no-such' })), /There is no scenario "no-such"/],
  ['with a field too many', forged(payload({ script: 'alert(1)' })), /"script"/],
  ['with a target that is markup', forged(payload({ iv: [[0, 0, 'crash', '<b>B2</b>']] })), /./],
];

test('point 53: a link that is damaged, cut, too large, too new or hostile gets a sentence and a way on', async ({
  page,
}) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  for (const [what, fragment, sentence] of BAD_LINKS) {
    await test.step(what, async () => {
      await page.evaluate((text) => {
        location.hash = text;
      }, fragment);
      const problem = page.getByRole('main', { name: 'Link problem' });
      await expect(problem.getByRole('alert')).toHaveText(sentence);
      await expect(problem.getByRole('alert')).toHaveText(/\.$/);
      // What was given stays where it can be looked at.
      expect(await page.evaluate(() => location.hash)).toBe(fragment);
      await problem.getByRole('button', { name: 'Show the raw data' }).click();
      const raw = page.getByRole('dialog').getByLabel('Link', { exact: true });
      await expect(raw).toHaveValue(fragment);
      await page.keyboard.press('Escape');
      await expect(problem.getByRole('button', { name: 'Copy details' })).toBeVisible();
      await problem.getByRole('button', { name: 'Open the default scenario' }).click();
      await expectAlive(page);
    });
  }
});

test('point 53: a bad link that opens the page gets its sentence, too', async ({ page }) => {
  await openPage(page, `#v1.z.${bomb}`);
  await expect(page.getByRole('alert').filter({ hasText: 'too large' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the default scenario' }).click();
  await expectAlive(page);
});

test('the way on from a bad link is the default scenario, whatever ran before', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, 'busy');
  await seek(page, 5_000);
  await page.evaluate(() => {
    location.hash = '#v1.z.broken';
  });
  await page.getByRole('button', { name: 'Open the default scenario' }).click();
  await expect(page.getByRole('main', { name: 'Stage' })).toBeVisible();
  const { scenario, seed } = await page.evaluate(() => window.redoscope!.run());
  expect([scenario.id, seed]).toEqual([DEFAULT_RUN.scenario.id, DEFAULT_RUN.seed]);
});

test('point 53: markup in a link is text, and its keys reach no prototype', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const markup = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  const text = payload({
    own: { id: 'mine', title: markup, says: markup },
    title: markup,
    ui: { sel: markup },
  });
  const polluting = text.replace('{', '{"__proto__":{"hacked":1},"constructor":{"prototype":{}},');
  for (const each of [text, polluting]) {
    await page.goto('about:blank');
    await openPage(page, forged(each));
    expect(await page.evaluate(() => 'hacked' in window || 'hacked' in {})).toBe(false);
    expect(await page.locator('img, script:not([src])').count()).toBe(0);
    if (each !== text) continue;
    await expect(page.getByRole('combobox', { name: 'Scenario' })).toContainText('<img src=x');
    await page.keyboard.press('s');
    await expect(page.getByRole('dialog').getByText('<img src=x').first()).toBeAttached();
    expect(await page.locator('img').count()).toBe(0);
  }
});

const BAD_FILES: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
  ['cut.json', '{"format": "redoscope-scen', /This is not a scenario file/],
  ['picture.json', '\u0000PNG', /This is not a scenario file/],
  ['other.json', '{"format": "excalidraw", "version": 2}', /This is not a scenario file/],
  [
    'new.json',
    '{"format": "redoscope-scenario", "version": 99, "preset": "quiet"}',
    /newer version \(v99, this is v\d+\)/,
  ],
  ['huge.json', `{"format": "${'x'.repeat(1_100_000)}"}`, /too large to be a scenario/],
];

test('a scenario file that cannot be opened gets a sentence, and the run goes on', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, 'busy');
  await seek(page, 5_000);
  const before = await momentOf(page);
  for (const [name, text, sentence] of BAD_FILES) {
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'Open a scenario file' }).click();
    const buffer = Buffer.from(text);
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer });
    const notice = page.getByRole('alert').filter({ hasText: sentence });
    await expect(notice).toBeVisible();
    // Pressed, or gone by itself before that: the next file gets a notice of its own.
    await notice.getByRole('button', { name: 'Dismiss' }).dispatchEvent('click');
    await expect(notice).toHaveCount(0);
    expect(await momentOf(page)).toEqual(before);
  }
  await expectAlive(page);
});

for (const way of ['cannot be had', 'cannot be written'] as const) {
  test(`the page works, and says so, where storage ${way}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.addInitScript((refused) => {
      const refuse = (): never => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
      if (refused === 'cannot be had') {
        Object.defineProperty(window, 'localStorage', { get: refuse });
      } else Storage.prototype.setItem = refuse;
    }, way);
    await openPage(page);
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Settings', exact: true }).click();
    await page.getByLabel('Dark').check();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible();
    await page.keyboard.press('Escape');
    await expectAlive(page);
  });
}

test('where copying is not allowed the link is there to be taken, selected', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () =>
      Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
  });
  await openPage(page);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog.getByText('The text is selected: press Ctrl+C.')).toBeVisible();
  const field = dialog.getByRole('textbox', { name: 'Link' });
  const selected = await field.evaluate((input: HTMLInputElement) =>
    input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0),
  );
  expect(selected).toBe(await field.inputValue());
  expect(selected).toContain('#v1.');
  // Ctrl+C takes what is selected where focus is.
  await expect(field).toBeFocused();
});

test('a drawing that the browser took away is made again when it comes back', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  const pictures = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLCanvasElement>('canvas[data-layer]')].map((canvas) =>
        canvas.toDataURL(),
      ),
    );
  await page.evaluate(() => document.fonts.ready);
  const before = await pictures();
  await page.evaluate(() => {
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('canvas[data-layer]')) {
      canvas.dispatchEvent(new Event('contextlost', { cancelable: true }));
      canvas.getContext('2d')?.reset();
    }
  });
  await expect(page.getByText('The browser took the drawing away')).toBeVisible();
  expect(await pictures()).not.toEqual(before);
  await page.evaluate(() => {
    for (const canvas of document.querySelectorAll('canvas[data-layer]')) {
      canvas.dispatchEvent(new Event('contextrestored'));
    }
  });
  await expect(page.getByText('The browser took the drawing away')).toHaveCount(0);
  await expect.poll(pictures).toEqual(before);
  await expectAlive(page);
});
