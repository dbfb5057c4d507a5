import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { momentOf, openPage, openRun, seek, stateOf } from './in-page.ts';
import { begin, expectViewBuilt, go } from './journey.ts';

// What the page says where there is nothing, too little or too much to show. Bad links, storage and clipboard: bad-input.spec.ts; too new a link
// and offline: offline.spec.ts; print: print.spec.ts.

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const crash = (page: Page, ...targets: readonly string[]): Promise<void> =>
  page.evaluate(async (all) => {
    for (const target of all) await window.redoscope!.intervene({ op: 'crash', target });
  }, targets);

/** A cluster in which nothing goes on by itself. */
const STILL = { id: 'first-write', config: { workload: { on: false } } };

test('before anything has happened there are two ways to begin', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, STILL);
  const events = page.getByRole('region', { name: 'Events' });
  await expect(events).toContainText('Press W for one write, or U for steady traffic.');
  await expectAccessible(page);
  await events.getByRole('button', { name: /^Start a steady workload/ }).click();
  await events.getByRole('button', { name: /^Write one/ }).click();
  await go(page, 5);
  await expect(events.getByRole('listitem').first()).toBeVisible();
});

test('nothing selected: a summary; a filter that matches nothing: a way out of it', async ({
  page,
}) => {
  await begin(page);
  await expect(page.getByText('Click anything on the stage to inspect it.')).toBeVisible();
  const filter = page.getByRole('searchbox', { name: 'Filter events' });
  await filter.fill('xyzzy');
  await expect(page.getByText('No events match.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByText('No events match.')).toHaveCount(0);
  await expect(filter).toHaveValue('');
});

test('writes that wait say what they wait for, with two ways out', async ({ page }) => {
  await begin(page);
  await crash(page, 'A1', 'B1', 'C1');
  await go(page, 5);
  const banner = page.getByRole('group', { name: 'Writes wait' });
  await expect(banner).toContainText('Writes wait: PG 0 has 3 of 6 copies, needs 4.');
  await expect(banner.getByRole('button', { name: /^Replace its copy/ })).toBeVisible();
  await expectAccessible(page);
  await banner.getByRole('button', { name: /^Restore [ABC]1/ }).click();
  await go(page, 2_000);
  await expect(banner).toHaveCount(0);
});

test('fewer than three copies: which records could be lost', async ({ page }) => {
  await begin(page);
  await crash(page, 'A1', 'A2', 'B1', 'B2');
  await go(page, 5);
  const banner = page.getByRole('group', { name: 'Writes wait' });
  await expect(banner).toContainText('Data at risk: PG 0 has 2 of 6 copies');
  await expect(banner).toContainText(
    /Records \d+ to \d+ could be lost: they are not in the backup\.|Everything is in the backup\./,
  );
  await expectAccessible(page);
});

test('without any replica it says what failover would mean', async ({ page }) => {
  await begin(page);
  await crash(page, 'R1', 'R2');
  await go(page, 5);
  await expect(page.getByRole('main', { name: 'Stage' })).toContainText(
    'No replica left. Failover will create a new instance, which takes longer.',
  );
});

test('several adjusted settings are one notice, with what was adjusted in it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  const file = {
    ...{ format: 'redoscope-scenario', version: 1, preset: 'first-write' },
    config: { allocationLimit: 1e12, connections: 1e9 },
  };
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Open a scenario file' }).click();
  const buffer = Buffer.from(JSON.stringify(file));
  await (await chooser).setFiles({ name: 'x.json', mimeType: 'application/json', buffer });
  const notice = page.getByRole('alert').filter({ hasText: 'out of range' });
  await notice.getByText('2 settings were out of range and were adjusted.').click();
  await expect(notice.getByRole('listitem')).toHaveCount(2);
});

test('an engine that contradicts itself says so, with a report and two ways on', async ({
  page,
  context,
  complaints,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await begin(page);
  const before = await momentOf(page);
  // Chance is all that the engine asks of the machine: without it no message can be sent.
  await page.evaluate(() => {
    const { imul } = Math;
    Math.imul = () => {
      throw new Error('VDL above VCL');
    };
    try {
      window.redoscope!.step('commit', 1);
    } finally {
      setTimeout(() => {
        Math.imul = imul;
      }, 500);
    }
  });
  const card = page.getByRole('alert').filter({ hasText: 'contradicted itself' });
  await expect(card).toContainText('VDL above VCL. This is our bug.');
  await page.waitForTimeout(600);
  await expectAccessible(page);
  await card.getByRole('button', { name: 'Copy report' }).click();
  await expect(card.getByRole('button', { name: 'Copied' })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toMatch(/VDL above VCL[\s\S]*#v1\.[\s\S]*State hash \w+[\s\S]*first-write/);
  await card.getByRole('button', { name: 'Step back' }).click();
  await expect(card).toHaveCount(0);
  expect((await momentOf(page)).position.timeUs).toBeLessThanOrEqual(
    before.position.timeUs + 100_000,
  );
  // The checker runs the same engine a second time, and meets the same.
  expect(complaints.every((each) => each.includes('VDL above VCL'))).toBe(true);
  complaints.length = 0;
});

test('point 59: a view that fails shows its card, while playback and everything else go on', async ({
  page,
  complaints,
}) => {
  await begin(page);
  await tab(page, 'Log').click();
  await expect(page.getByRole('group', { name: /^Log/ })).toBeVisible();
  await page.evaluate(() => {
    const { fillText } = CanvasRenderingContext2D.prototype;
    Object.assign(window, { fillText });
    CanvasRenderingContext2D.prototype.fillText = function (...how) {
      if (this.canvas.closest('#stage')) throw new Error('no letters left');
      fillText.apply(this, how);
    };
  });
  await page.evaluate(() => window.redoscope!.play(1_000));
  const card = page.getByRole('alert').filter({ hasText: 'View could not be shown.' });
  await expect(card).toContainText('no letters left');
  await expectAccessible(page);
  const { counters } = await stateOf(page);
  await expect
    .poll(async () => (await stateOf(page)).counters.commits, { timeout: 40_000 })
    .toBeGreaterThan(counters.commits);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await tab(page, 'Metrics').click();
  await expect(card).toHaveCount(0);
  await expect(page.getByRole('slider', { name: /^Commit latency/ })).toBeVisible();
  await tab(page, 'Log').click();
  await expect(card).toBeVisible();
  await page.evaluate(() => {
    const { fillText } = window as unknown as Pick<CanvasRenderingContext2D, 'fillText'>;
    CanvasRenderingContext2D.prototype.fillText = fillText;
  });
  await card.getByRole('button', { name: 'Show it again' }).click();
  await expect(page.getByRole('group', { name: /^Log/ })).toBeVisible();
  // React reports what it caught; nothing else may be wrong.
  expect(complaints.every((each) => each.includes('no letters left'))).toBe(true);
  complaints.length = 0;
});

test('a dialog that cannot be loaded says so, and the page goes on', async ({
  page,
  complaints,
}) => {
  await page.route('**/assets/share-*.js', (route) => route.abort());
  await begin(page);
  await page.keyboard.press('s');
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('This could not be shown. Reload the page and try again.');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  expect(complaints.every((each) => /Failed to|share-/.test(each))).toBe(true);
  complaints.length = 0;
});

test('a group without records says what will come there', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page);
  await openRun(page, STILL);
  await tab(page, 'Log').click();
  await page.getByLabel('PG 0', { exact: true }).click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByRole('tab', { name: 'Image' }).click();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'SVG', exact: true }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const svg = Buffer.concat(chunks).toString('utf8');
  expect(svg).toContain('PG 0 has no records yet.');
  expect(svg).toMatch(/The next write to pages \d+–\d+ goes here\./);
});

test('a machine that cannot keep up says so and offers a speed that it can', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await openPage(page);
  await openRun(page, 'busy');
  await page.evaluate(() => window.redoscope!.play(60_000_000));
  const chip = page.getByText(/^Simulating \d+× slower than asked/);
  await expect(chip).toBeVisible();
  await page.getByRole('button', { name: /\/s instead$/ }).click();
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Speed' }).inputValue())
    .not.toBe('60000000');
});

for (const name of ['Log', 'Space-time', 'Fleet'] as const) {
  test(`${name} is drawn again when a lost canvas comes back, and when it has room again`, async ({
    page,
  }) => {
    await begin(page);
    await tab(page, name).click();
    await expectViewBuilt(page);
    const canvases = page.locator('#stage canvas[data-layer]');
    await expect(canvases).toHaveCount(3);
    const picture = () =>
      canvases.evaluateAll((all) => all.map((each) => (each as HTMLCanvasElement).toDataURL()));
    await page.evaluate(() => document.fonts.ready);
    await page.mouse.move(0, 0);
    const before = await picture();
    await canvases.evaluateAll((all) => {
      for (const each of all as HTMLCanvasElement[]) {
        each.dispatchEvent(new Event('contextlost', { cancelable: true }));
        each.getContext('2d')?.reset();
      }
    });
    expect(await picture()).not.toEqual(before);
    await canvases.evaluateAll((all) => {
      for (const each of all) each.dispatchEvent(new Event('contextrestored'));
    });
    await expect.poll(picture).toEqual(before);
    // No room at all, and the same room again.
    await page.evaluate(() => {
      document.getElementById('root')!.style.display = 'none';
    });
    await page.waitForTimeout(200);
    await seek(page, 505_000);
    await seek(page, 500_000);
    await page.evaluate(() => {
      document.getElementById('root')!.style.display = '';
    });
    await expect.poll(picture).toEqual(before);
    await expect(page.getByText('could not be shown')).toHaveCount(0);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('there is a poster, a story of some two hundred words, and where to read on', async ({
    page,
  }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('six copies');
    await expect(page.getByRole('img', { name: /six segments in three/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /SIGMOD/ })).toHaveCount(2);
    const story = (await page.getByRole('article').textContent()) ?? '';
    const words = story.trim().split(/\s+/).length;
    expect(words).toBeGreaterThan(170);
    const wide = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
});
