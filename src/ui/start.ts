import { type App as Behind, createApp } from '../store/app.ts';
import {
  browserAddress,
  browserFrames,
  browserStorage,
  prefersReducedMotion,
} from '../store/browser.ts';
import { firstPicture } from './first-picture.ts';
import { reloadPage } from './offline/reload-page.ts';
import { sheetReady } from './print/sheet-ready.ts';
import { focused, focusFilter, focusRegion } from './regions.ts';

const VERSION = '0.1.0';
const NO_SHEET = 'Printing could not be loaded. Reload the page to print.';

/**
 * Makes everything behind the page, shows the cluster alive, and brings the page around it: the
 * drawing needs no React, so nobody waits for React to see it.
 */
export function start(root: HTMLElement): void {
  // Asked for first, so that they travel while the picture is made.
  const page = import('./mount.tsx');
  const panels = import('./panels.tsx');
  const app = createApp({
    frames: browserFrames,
    address: browserAddress,
    storage: browserStorage,
    reducedMotion: prefersReducedMotion,
    focus: { focusRegion, focusFilter, focused },
    page: { print: () => void printPage(app), reload: () => void reloadPage() },
    target: window,
    version: VERSION,
  });
  keepTheme(app);
  app.start();
  const picture = firstPicture(root, app);
  page.then(
    ({ mount }) => mount(root, app, picture),
    () => sayIncomplete(root),
  );
  // Each region says itself that it could not be shown.
  panels.catch(() => {});
}

/** The sheet listens to the browser's own printing: all it takes is to be there. */
async function printPage({ store }: Behind): Promise<void> {
  if (await sheetReady) print();
  else store.getState().toast(NO_SHEET, { tone: 'problem' });
}

/** Theme and palette live on the root element; `theme.js` puts them there before the first paint. */
function keepTheme({ store }: Behind): void {
  const apply = (): void => {
    const { theme, palette } = store.getState().settings;
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    root.dataset['palette'] = palette;
  };
  apply();
  store.subscribe(apply);
}

/** The connection broke between the drawing and the page around it. */
function sayIncomplete(root: HTMLElement): void {
  const sentence = document.createElement('p');
  sentence.className = 'incomplete';
  sentence.setAttribute('role', 'alert');
  sentence.textContent = 'The rest of this page could not be loaded. Please reload it.';
  root.append(sentence);
}
