import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type App as Behind, createApp } from '../store/app.ts';
import {
  browserAddress,
  browserFrames,
  browserStorage,
  prefersReducedMotion,
} from '../store/browser.ts';
import { App } from './app.tsx';
import { PageContext } from './hooks/page.ts';
import { focusFilter, focusRegion } from './regions.ts';

const VERSION = '0.1.0';

/** Makes everything behind the page and shows it. */
export function mount(root: HTMLElement): void {
  const app = createApp({
    frames: browserFrames,
    address: browserAddress,
    storage: browserStorage,
    reducedMotion: prefersReducedMotion,
    focus: { focusRegion, focusFilter },
    target: window,
    version: VERSION,
  });
  keepTheme(app);
  app.start();
  createRoot(root).render(
    <StrictMode>
      <PageContext value={app}>
        <App />
      </PageContext>
    </StrictMode>,
  );
}

/** The theme lives on the root element; `theme.js` puts it there before the first paint. */
function keepTheme({ store }: Behind): void {
  const apply = (): void => {
    const { theme } = store.getState().settings;
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  };
  apply();
  store.subscribe(apply);
}
