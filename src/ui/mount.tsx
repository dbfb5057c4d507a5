import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { App as Behind } from '../store/app.ts';
import { App } from './app.tsx';
import { Showing } from './export/showing.ts';
import type { FirstPicture } from './first-picture.ts';
import { PageContext } from './hooks/page.ts';

/** Shows the whole page in place of its skeleton; the drawing moves into it and goes on. */
export function mount(root: HTMLElement, app: Behind, picture: FirstPicture): void {
  const page = { ...app, picture, showing: new Showing() };
  createRoot(root).render(
    <StrictMode>
      <PageContext value={page}>
        <App />
      </PageContext>
    </StrictMode>,
  );
}
