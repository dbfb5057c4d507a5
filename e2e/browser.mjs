/**
 * Finds a Chromium for the browser tests, and installs one when there is none.
 * `node e2e/browser.mjs` prints what it settled on; playwright.config.ts imports `findBrowser`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const usualPlaces = [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** @returns {string | undefined} */
export function findBrowser() {
  const chosen = process.env['CHROMIUM'];
  if (chosen) return chosen;
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces, chromium.executablePath()].find((path) => existsSync(path));
}

/** @param {string[]} command */
function run([program = '', ...rest]) {
  console.log(`Trying: ${[program, ...rest].join(' ')}`);
  const { status } = spawnSync(program, rest, {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return status === 0;
}

function installBrowser() {
  if (run(['npx', 'playwright', 'install', 'chromium'])) return;
  if (process.platform !== 'linux') return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (run([...asRoot, 'apt-get', 'update'])) {
    run([...asRoot, 'apt-get', 'install', '-y', 'chromium']);
  }
}

function main() {
  if (!findBrowser()) {
    console.log('No Chromium found; installing one for the browser tests.');
    installBrowser();
  }
  const found = findBrowser();
  if (!found || !existsSync(found)) {
    console.error(
      found
        ? `CHROMIUM names ${found}, which does not exist.`
        : 'No Chromium could be found or installed. Install Chromium or Google Chrome, or set CHROMIUM to its path, then try again.',
    );
    process.exit(1);
  }
  console.log(`Browser for the tests: ${found}`);
}

const script = process.argv[1];
if (script && realpathSync(script) === fileURLToPath(import.meta.url)) main();
