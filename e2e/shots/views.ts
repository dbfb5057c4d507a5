/**
 * Takes every view at three sizes and in both themes, as the built page shows it, into `shots/`.
 * `npx tsx e2e/shots/views.ts [part of a name]`
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { VIEWS, type ViewTab } from '../../src/store/views.ts';
import { findBrowser } from '../browser.mjs';

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;
const THEMES = ['dark', 'light'] as const;
const OUT = 'shots';

/** The ways of seeing colours that a browser can imitate. */
const VISIONS = ['protanopia', 'deuteranopia', 'tritanopia', 'achromatopsia'] as const;

/** One picture to take, of a page that is open and alive. */
interface Shot {
  readonly name: string;
  readonly view: ViewTab;
  /** A preset or demonstration. */
  readonly source: string;
  /** As somebody sees it who does not see all colours. */
  readonly vision?: (typeof VISIONS)[number];
  /** What is done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const MOMENTS: readonly Pick<Shot, 'name' | 'source' | 'prepare'>[] = [
  { name: 'busy', source: 'busy', prepare: (page) => seek(page, 310_400) },
  { name: 'zone-and-one', source: 'zone-and-one' },
];

/** Pictures of what only one of the views has. */
const OTHERS: readonly Shot[] = [
  { name: 'failover', view: 'cluster', source: 'failover' },
  { name: 'crash-recovery', view: 'log', source: 'crash-recovery' },
  { name: 'palette', view: 'cluster', source: 'busy', prepare: (page) => keys(page, 'Control+k') },
  { name: 'help', view: 'cluster', source: 'busy', prepare: (page) => keys(page, '?') },
  { name: 'share', view: 'cluster', source: 'busy', prepare: (page) => keys(page, 's') },
];

const keys = (page: Page, key: string): Promise<void> => page.keyboard.press(key);
const seek = (page: Page, timeUs: number): Promise<void> =>
  page.evaluate((us) => window.redoscope?.seek(us), timeUs);

const shots: readonly Shot[] = [
  ...VIEWS.flatMap(({ id }) => MOMENTS.map((moment) => ({ ...moment, view: id }))),
  ...OTHERS,
  ...VISIONS.flatMap((vision) =>
    (['cluster', 'log', 'spacetime'] as const).map((view) => ({
      ...{ name: vision, view, vision, source: 'zone-and-one' },
    })),
  ),
];

async function take(browser: Browser, address: string, shot: Shot): Promise<void> {
  for (const [width, height] of SIZES) {
    for (const colorScheme of THEMES) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        hasTouch: width < 768,
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(`${shot.name}: ${error.message}`));
      await page.goto(address);
      await page.evaluate(() => window.redoscope?.ready);
      await page.getByRole('button', { name: /^Not now/ }).click();
      await page.evaluate(async (source) => {
        await window.redoscope?.open(source);
        await window.redoscope?.pause();
      }, shot.source);
      await keys(page, String(1 + VIEWS.findIndex(({ id }) => id === shot.view)));
      if (shot.vision) {
        const browser = await context.newCDPSession(page);
        await browser.send('Emulation.setEmulatedVisionDeficiency', { type: shot.vision });
      }
      await shot.prepare?.(page);
      // What glides into place has arrived by then.
      await page.waitForTimeout(900);
      await page.screenshot({
        path: join(OUT, `view-${nameOf(shot)}-${width}-${colorScheme}.png`),
      });
      await context.close();
    }
  }
  console.log(nameOf(shot));
}

const nameOf = ({ view, name }: Shot): string => `${view}-${name}`;

async function main(): Promise<void> {
  const wanted = process.argv[2] ?? '';
  mkdirSync(OUT, { recursive: true });
  // Pictures are made, not kept.
  writeFileSync(join(OUT, '.gitignore'), '*\n');
  const outDir = mkdtempSync(join(tmpdir(), 'redoscope-shots-'));
  await build({ logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 4_190 } });
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
  });
  try {
    const address = server.resolvedUrls?.local[0] ?? '';
    for (const shot of shots.filter((each) => nameOf(each).includes(wanted)))
      await take(browser, address, shot);
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true });
  }
}

await main();
