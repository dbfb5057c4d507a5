import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import type { Download, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { decodeLink } from '../src/scenario/link.ts';
import { VIEWS } from '../src/store/views.ts';
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from './fixtures.ts';
import { momentOf, openPage, openRun } from './in-page.ts';
import { begin, onStage } from './journey.ts';

const viewTab = (page: Page, name: string) =>
  page.getByRole('tablist', { name: 'Views' }).getByRole('tab', { name, exact: true });
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Share' });

async function openTab(page: Page, name: 'Link' | 'Image' | 'Data'): Promise<void> {
  if (!(await dialogOf(page).isVisible()))
    await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialogOf(page).getByRole('tab', { name, exact: true }).click();
}

async function saved(page: Page, button: string | RegExp): Promise<Buffer> {
  const [download]: [Download, unknown] = await Promise.all([
    page.waitForEvent('download'),
    dialogOf(page).getByRole('button', { name: button, exact: true }).click(),
  ]);
  return readFile(await download.path());
}

const linkHere = (page: Page): Promise<string> => page.evaluate(() => window.redoscope!.url());

/** Pixels, texts about itself and whether anything is drawn, as any other program would read them. */
function readPng(bytes: Buffer) {
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const texts: Record<string, string> = {};
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'tEXt' || type === 'iTXt') {
      const [keyword = '', ...rest] = body.toString('utf8').split('\0');
      texts[keyword] = rest.at(-1) ?? '';
    }
    if (type === 'IDAT') data.push(body);
    at += 12 + length;
  }
  const values = new Set(inflateSync(Buffer.concat(data)));
  return {
    ...{ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), texts },
    shades: values.size,
  };
}

interface ReadSvg {
  readonly root: string;
  readonly title: string;
  readonly source: string;
  readonly width: number;
  readonly words: string;
  readonly marks: number;
  readonly fonts: readonly string[];
  readonly ground: string | null;
}

/** An SVG file read as XML, as any other program would. */
const readSvg = (page: Page, text: string): Promise<ReadSvg> =>
  page.evaluate((source) => {
    const read = new DOMParser().parseFromString(source, 'image/svg+xml');
    const { documentElement: svg } = read;
    const texts = [...read.querySelectorAll('text')];
    const first = svg.querySelector(':scope > rect');
    return {
      root: svg.nodeName,
      title: read.querySelector('title')?.textContent ?? '',
      source: read.querySelector('metadata')?.textContent ?? '',
      width: Number(svg.getAttribute('width')),
      words: texts.map(({ textContent }) => textContent).join(' '),
      marks: read.querySelectorAll('path, rect, circle, polygon, polyline').length,
      fonts: [...new Set(texts.map((each) => each.style.fontFamily))],
      ground: first?.getAttribute('fill') ?? null,
    };
  }, text);

test('point 57: every view is saved as PNG and as SVG, with time, link and legend', async ({
  page,
}) => {
  test.slow();
  await begin(page);
  for (const { id, title, says } of VIEWS) {
    await test.step(title, async () => {
      await viewTab(page, title).click();
      await openTab(page, 'Image');
      const link = await linkHere(page);
      await expect(dialogOf(page).getByRole('img')).toHaveAttribute('alt', new RegExp(title));
      const svg = await readSvg(page, (await saved(page, 'SVG')).toString('utf8'));
      expect(svg.root).toBe('svg');
      expect(svg.title).toContain(title);
      expect(svg.source).toBe(link);
      expect(svg.words).toContain(`${says.split(' ').slice(0, 2).join(' ')}`);
      expect(svg.words).toContain('simulated');
      expect(svg.words).toContain('scenario “');
      expect(svg.marks).toBeGreaterThan(20);
      expect(svg.fonts.join()).toContain('Inter Variable');
      if (id === 'cluster') expect(svg.words).toContain('Acknowledgement');
      const png = readPng(await saved(page, 'PNG 1×'));
      expect(Math.abs(png.width - svg.width)).toBeLessThanOrEqual(1);
      expect(png.shades).toBeGreaterThan(20);
      expect(png.texts).toMatchObject({ Source: link, Software: 'Redoscope' });
      await page.keyboard.press('Escape');
    });
  }
});

test('a picture comes twice and three times as large, light, and without a background', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await begin(page);
  await openTab(page, 'Image');
  const once = readPng(await saved(page, 'PNG 1×'));
  for (const scale of [2, 3]) {
    const larger = readPng(await saved(page, `PNG ${scale}×`));
    expect(larger.width).toBe(once.width * scale);
    expect(larger.height).toBe(once.height * scale);
  }
  const groundNow = async () =>
    (await readSvg(page, (await saved(page, 'SVG')).toString('utf8'))).ground;
  const dark = await groundNow();
  await dialogOf(page).getByLabel('light theme').check();
  const light = await groundNow();
  expect([dark?.toLowerCase(), light?.toLowerCase()]).toEqual(['#0e1320', '#f6f7fa']);
  await dialogOf(page).getByLabel('transparent background').check();
  expect(await groundNow()).toBeNull();
});

test('all views are saved in one file, and what was on screen is on screen again', async ({
  page,
}) => {
  test.slow();
  await begin(page);
  await viewTab(page, 'Fleet').click();
  const address = page.url();
  const entries = await page.evaluate(() => history.length);
  await openTab(page, 'Image');
  await dialogOf(page).getByRole('radio', { name: 'all 6 views' }).check();
  await expectAccessible(page);
  const files = unzipSync(await saved(page, 'SVG'));
  expect(Object.keys(files)).toEqual(VIEWS.map(({ id }, i) => `${i + 1}-${id}.svg`));
  for (const [i, { title }] of VIEWS.entries()) {
    const svg = await readSvg(page, strFromU8(Object.values(files)[i]!));
    expect(svg.title).toContain(title);
    expect(svg.source).toContain('#v1.');
    expect(svg.words).toContain('simulated');
    expect(svg.marks).toBeGreaterThan(20);
  }
  await expect(page.getByText('6 pictures saved in one ZIP file.').first()).toBeVisible();
  await expect(dialogOf(page).getByRole('button', { name: 'SVG' })).toBeFocused();
  const [first] = Object.values(unzipSync(await saved(page, 'PNG 1×')));
  expect(readPng(Buffer.from(first!)).width).toBeGreaterThan(600);
  await page.keyboard.press('Escape');
  await expect(viewTab(page, 'Fleet')).toHaveAttribute('aria-selected', 'true');
  expect(page.url()).toBe(address);
  expect(await page.evaluate(() => history.length)).toBe(entries);
});

test('a view with nothing to show is left out of all of them, which is said', async ({ page }) => {
  test.slow();
  await begin(page);
  await openRun(page, 'quiet');
  await openTab(page, 'Image');
  await dialogOf(page).getByRole('radio', { name: 'all 6 views' }).check();
  const names = Object.keys(unzipSync(await saved(page, 'SVG')));
  expect(names).not.toContain('5-metrics.svg');
  await expect(page.getByText(/Nothing to show yet: .*Metrics/).first()).toBeVisible();
});

test('a view shown as a table has no picture, and says where its data are', async ({ page }) => {
  await begin(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+T');
  await openTab(page, 'Image');
  await expect(dialogOf(page)).toContainText('There is no picture to take now');
  await expect(dialogOf(page).getByRole('button', { name: 'SVG' })).toHaveCount(0);
});

test('point 57: events and metrics are saved as CSV and JSON, with units, range and link', async ({
  page,
}) => {
  await begin(page);
  await openTab(page, 'Data');
  const link = await linkHere(page);
  for (const [what, rowsOf, heads] of [
    ['Events', 'events', ['Time (µs, simulated)', 'What happened']],
    [
      'Metrics',
      'commits',
      ['Waited (µs, simulated)', '"Redo sent so far, each copy counted (bytes)"'],
    ],
  ] as const) {
    const [about = '', columns = '', ...rows] = (await saved(page, `${what} as CSV`))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    expect(about.startsWith(`\ufeff${link},`)).toBe(true);
    expect(about).toMatch(/(Events 1 to [\d,]+, up to this moment|from the beginning to)/);
    for (const head of heads) expect(columns).toContain(head);
    expect(rows.length).toBeGreaterThan(5);
    const data = JSON.parse((await saved(page, `${what} as JSON`)).toString('utf8'));
    expect(Object.keys(data)[0]).toBe('link');
    expect(data.link).toBe(link);
    expect(data.simulated).toBe(true);
    expect(data[rowsOf]).toHaveLength(rows.length);
    expect(Object.keys(data.columns)).toEqual(Object.keys(data[rowsOf][0]));
  }
  const opened = decodeLink(link);
  expect(opened.ok && opened.value.link.at).toEqual((await momentOf(page)).position);
});

test('a sequence diagram is saved and copied, of what was selected, with its link', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await begin(page);
  await openTab(page, 'Data');
  const link = await linkHere(page);
  const diagram = (await saved(page, 'Sequence diagram as .mmd')).toString('utf8');
  expect(diagram).toContain(`%% ${link}\n`);
  expect(diagram).toMatch(/^sequenceDiagram\nautonumber\n/m);
  await dialogOf(page).getByRole('button', { name: 'Copy sequence diagram' }).click();
  await expect(dialogOf(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(diagram);
});

test('a scenario file saved from the dialog opens the same run', async ({ page }) => {
  await begin(page);
  await page.evaluate(() => window.redoscope!.intervene({ op: 'crash', target: 'B2' }));
  await openTab(page, 'Data');
  const buffer = await saved(page, 'Save this run as a file');
  const run = await page.evaluate(() => window.redoscope!.run());
  await page.evaluate(() => window.redoscope!.open('busy'));
  const chooser = page.waitForEvent('filechooser');
  await dialogOf(page).getByRole('button', { name: 'Open a scenario file' }).click();
  await (await chooser).setFiles({ name: 'run.json', mimeType: 'application/json', buffer });
  await expect.poll(() => page.evaluate(() => window.redoscope!.run())).toEqual(run);
});

test('point 54: the link of this moment opens elsewhere at the same time, view and state, paused', async ({
  page,
  context,
  elsewhere,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await begin(page);
  await onStage(page, /^Storage node C1/).focus();
  await page.keyboard.press('Enter');
  await viewTab(page, 'Log').click();
  await openTab(page, 'Link');
  const copy = dialogOf(page).getByRole('button', { name: 'Copy', exact: true });
  await copy.click();
  await expect(dialogOf(page).getByRole('button', { name: 'Copied', exact: true })).toBeVisible();
  const link = await dialogOf(page).getByRole('textbox', { name: 'Link' }).inputValue();
  const other = await elsewhere(link);
  expect(await momentOf(other)).toEqual(await momentOf(page));
  await expect(viewTab(other, 'Log')).toHaveAttribute('aria-selected', 'true');
  await expect(other.getByRole('heading', { name: 'C1' })).toBeVisible();
  await expect(other.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  // And it says "Copy" again after a while.
  await expect(copy).toBeVisible();
});

test('a link holds what it is told to hold, and says what that is', async ({ page }) => {
  await begin(page);
  await page.keyboard.press('Escape');
  await viewTab(page, 'Log').click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
  const ui = async () => {
    const opened = decodeLink(await dialog.getByRole('textbox', { name: 'Link' }).inputValue());
    return opened.ok ? opened.value.link : null;
  };
  expect((await ui())?.ui).toMatchObject({ view: 'log', rate: 1_000 });
  await dialog.getByLabel('view and selection').uncheck();
  await dialog.getByLabel('speed').uncheck();
  await dialog.getByLabel('theme', { exact: true }).check();
  await dialog.getByLabel('Title, optional').fill('Look at this');
  await dialog.getByLabel('from the beginning').check();
  expect(await ui()).toMatchObject({ ui: { theme: 'system' }, title: 'Look at this', at: null });
  await expect(dialog).toContainText(/\d+ characters\. Fits anywhere\./);
  await dialog.getByText('What is in this link?').click();
  await expect(dialog).toContainText('theme, the title “Look at this”. Nothing about you.');
  for (const later of ['Embed', 'Video', 'Mermaid'])
    await expect(dialog.getByText(later)).toHaveCount(0);
});

test('point 55: playing writes no address more than once a second, and Back moves between views', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const written: number[] = [];
    Object.assign(window, { written });
    const replace = history.replaceState.bind(history);
    history.replaceState = (...how) => {
      written.push(performance.now());
      replace(...how);
    };
  });
  await openPage(page);
  const times = () =>
    page.evaluate(() => (window as unknown as { written: readonly number[] }).written);
  const playButton = page.getByRole('button', { name: /^(Play|Pause)$/ });
  // Selecting again and again while it plays: as much to write as a person can make.
  for (let i = 0; i < 12; i++) {
    await page.evaluate((at) => window.redoscope!.play(at % 2 === 0 ? 1_000 : 5_000), i);
    await page.waitForTimeout(250);
  }
  const all = await times();
  for (const [k, at] of all.entries()) {
    const next = all[k + 1];
    if (next !== undefined) expect(next - at).toBeGreaterThan(900);
  }
  await expect(playButton).toHaveAccessibleName('Pause');
  await page.evaluate(() => window.redoscope!.pause());
  const tab = (name: string) => viewTab(page, name);
  await tab('Log').click();
  await tab('Fleet').click();
  const { position } = await momentOf(page);
  await page.goBack();
  await expect(tab('Log')).toHaveAttribute('aria-selected', 'true');
  await page.goBack();
  await expect(tab('Cluster')).toHaveAttribute('aria-selected', 'true');
  await page.goForward();
  await expect(tab('Log')).toHaveAttribute('aria-selected', 'true');
  expect((await momentOf(page)).position).toEqual(position);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
  [320, 568],
] as const) {
  test(`point 42: the dialog is accessible in every tab and theme at ${width}×${height}`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize({ width, height });
    await begin(page);
    for (const name of ['Link', 'Image', 'Data'] as const) {
      await openTab(page, name);
      if (name === 'Image') await expect(dialogOf(page).getByRole('img')).toBeVisible();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      await expectAccessibleInBothThemes(page);
    }
  });
}
