import { layoutCluster, topologyOf } from '../scene/layout.ts';
import { themeOf } from '../scene/palettes.ts';
import type { App } from '../store/app.ts';
import { skeleton } from './layout/skeleton.ts';
import { StagePainter } from './stage/painter.ts';

/** The drawing that lives before the page around it does. */
export interface FirstPicture {
  /** Hands over what paints it, once: whoever takes it owns it. */
  take(): StagePainter | null;
}

const holds = (query: string): boolean => matchMedia(query).matches;

/**
 * Puts the page's skeleton into `root` and the running cluster into it, where the page will have it.
 * A page that was opened by a link waits for what the link says instead.
 */
export function firstPicture(root: HTMLElement, app: App): FirstPicture {
  const { killMode, settings } = app.store.getState();
  const { page, host, canvases } = skeleton({ panels: settings.panels, killMode });
  root.replaceChildren(page);
  let painter: StagePainter | null = null;
  try {
    painter = new StagePainter(canvases, app.player);
    // In a task of its own: starting the engine is long enough.
    if (!opensLink()) requestAnimationFrame(() => painter && show(painter, app, host));
  } catch {
    // Without a canvas there is no picture: the page tries again, and says so in its place.
  }
  return {
    take: () => {
      const taken = painter;
      painter = null;
      return taken;
    },
  };
}

const opensLink = (): boolean => location.hash.length > 1;

function show(painter: StagePainter, app: App, host: HTMLElement): void {
  const { theme, palette, labels } = app.store.getState().settings;
  const system = holds('(prefers-color-scheme: dark)') ? 'dark' : 'light';
  painter.look({
    theme: themeOf(theme === 'system' ? system : theme, palette),
    ...{ selection: null, hover: null, followedTxn: null },
    focusGroup: app.store.getState().focusGroup,
    reducedMotion: app.reducedMotion(),
    moreContrast: holds('(prefers-contrast: more)'),
    labels,
  });
  const { clientWidth: widthPx, clientHeight: heightPx } = host;
  if (widthPx < 1 || heightPx < 1) return;
  const { focusGroup } = app.store.getState();
  const options = { coarse: holds('(pointer: coarse)'), focusGroup };
  painter.place(layoutCluster(topologyOf(app.player.view()), { widthPx, heightPx }, options));
  performance.mark('redoscope:first-picture');
}
