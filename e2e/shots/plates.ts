/**
 * Renders the plates at three sizes and in both themes into `shots/`, through the real painter.
 * `npx tsx e2e/shots/plates.ts [part of a name] [--extremes | --time]`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { paintSvg } from '../../src/render/svg-painter.ts';
import { findBrowser } from '../browser.mjs';

const SIZES = [
  [792, 640],
  [724, 507],
  [358, 412],
] as const;
const THEMES = ['dark', 'light'] as const;
const EXTREMES = [
  [1200, 860],
  [320, 360],
] as const;
const PLATES = [
  ...['1-first-write', '2-zone-down', '3-page-rebuild', '4-states', '5-crowd'],
  ...['6-recovering', '7-promoting', '8-zombie', '9-membership', '10-troubles', '11-all-groups'],
];
const OUT = 'shots';

const FONTS = {
  '/inter.woff2': 'inter/files/inter-latin-wght-normal.woff2',
  '/mono.woff2': 'jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
} as const;

const HTML = `<!doctype html><meta charset="utf-8"><style>
@font-face{font-family:"Inter Variable";src:url(/inter.woff2);font-weight:100 900}
@font-face{font-family:"JetBrains Mono Variable";src:url(/mono.woff2);font-weight:100 800}
body{margin:0}</style><body><script src="/page.js"></script>`;

async function bundle(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: 'e2e/shots/plates-page.ts', formats: ['iife'], name: 'plates' },
    },
  });
  const [first] = [made].flat();
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  return chunk?.code ?? '';
}

function serve(script: string) {
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (path === '/page.js') return response.end(script);
    const font = FONTS[path as keyof typeof FONTS];
    if (font) return response.end(await readFile(join('node_modules/@fontsource-variable', font)));
    response.setHeader('content-type', 'text/html');
    return response.end(HTML);
  });
  return new Promise<{ url: string; close: () => void }>((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      done({ url: `http://127.0.0.1:${port}/`, close: () => server.close() });
    });
  });
}

function* orders(every: boolean) {
  for (const plate of PLATES) {
    for (const [widthPx, heightPx] of every ? [...SIZES, ...EXTREMES] : SIZES) {
      for (const theme of THEMES) yield { plate, theme, widthPx, heightPx };
    }
  }
}

async function shoot(page: Page, wanted: string, every: boolean): Promise<void> {
  for (const order of orders(every)) {
    const { plate, theme, widthPx, heightPx } = order;
    const name = `${plate}-${widthPx}-${theme}`;
    if (!name.includes(wanted)) continue;
    const scene = await page.evaluate((what) => window.draw(what), order);
    await page.setViewportSize({ width: widthPx, height: heightPx });
    await page.screenshot({ path: join(OUT, `${name}.png`) });
    writeFileSync(join(OUT, `${name}.svg`), paintSvg(scene));
    console.log(name);
  }
}

async function time(page: Page): Promise<void> {
  for (const flights of [20, 60, 400]) {
    for (const events of [false, true]) {
      const [built, painted] = await page.evaluate(([n, on]) => window.time(n, on), [
        flights,
        events,
      ] as const);
      const what = `${flights} flights${events ? ', an event a frame' : ''}`;
      console.log(`${what}: build ${built.toFixed(2)} ms, paint ${painted.toFixed(2)} ms`);
    }
  }
}

async function main(): Promise<void> {
  const [wanted = ''] = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
  mkdirSync(OUT, { recursive: true });
  // Pictures are made, not kept.
  writeFileSync(join(OUT, '.gitignore'), '*\n');
  const server = await serve(await bundle());
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(server.url);
  if (process.argv.includes('--time')) {
    await time(page);
  } else {
    await shoot(page, wanted, process.argv.includes('--extremes'));
  }
  await browser.close();
  server.close();
}

await main();
