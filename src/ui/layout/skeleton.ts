import type { Settings } from '../../store/storage.ts';
import appStyles from '../app.module.css';
import headerStyles from '../header/header.module.css';
import hostStyles from '../stage/canvas-host.module.css';
import captionStyles from '../stage/caption.module.css';
import stageStyles from '../stage/stage.module.css';
import { type Arrangement, arrangementFor, firstDetent, QUERIES } from './arrangement.ts';
import frameStyles from './frame.module.css';
import panelStyles from './narrow-panel.module.css';

interface SkeletonOptions {
  readonly panels: Settings['panels'];
  readonly killMode: boolean;
}

export interface Skeleton {
  readonly page: HTMLElement;
  /** The room of the drawing. */
  readonly host: HTMLElement;
  readonly canvases: HTMLElement;
}

type Data = Readonly<Record<string, string | undefined>>;

function box(className: string | undefined, data: Data, ...children: HTMLElement[]): HTMLElement {
  const element = document.createElement('div');
  if (className) element.className = className;
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined) element.dataset[name] = value;
  }
  element.append(...children);
  return element;
}

/**
 * The empty regions of the page, each where and as large as React will put it: the same style sheets,
 * and nothing in them yet. Nothing moves when React takes over.
 */
export function skeleton({ panels, killMode }: SkeletonOptions): Skeleton {
  const arrangement = arrangementNow();
  const columns = arrangement === 'wide' || arrangement === 'medium';
  const consoleOpen = arrangement === 'wide' && !panels.console.collapsed;
  const sideOpen = columns && !panels.inspector.collapsed;
  const { host, canvases, stage } = emptyStage(arrangement, killMode);
  const centre = box(frameStyles['centre'], {});
  if (arrangement === 'medium') centre.append(box(appStyles['console-bar'], {}));
  centre.append(box(frameStyles['stage'], {}, stage));
  const page = box(frameStyles['frame'], {
    arrangement,
    console: consoleOpen ? 'true' : undefined,
    side: sideOpen ? 'true' : undefined,
  });
  page.style.setProperty('--console-share', `${panels.console.size}vw`);
  page.style.setProperty('--side-share', `${panels.inspector.size}vw`);
  page.append(box(headerStyles['header'], {}));
  if (consoleOpen) page.append(box(frameStyles['console'], {}));
  page.append(centre);
  if (sideOpen) page.append(box(frameStyles['side'], {}));
  if (!columns) page.append(emptyPanel(arrangement === 'short'));
  page.append(box(frameStyles['playback'], {}));
  return { page, host, canvases };
}

const arrangementNow = (): Arrangement =>
  arrangementFor({
    short: matchMedia(QUERIES.short).matches,
    wide: matchMedia(QUERIES.wide).matches,
    medium: matchMedia(QUERIES.medium).matches,
  });

function emptyStage(arrangement: Arrangement, killMode: boolean) {
  const canvases = box(hostStyles['canvases'], {});
  const host = box(hostStyles['host'], { kill: killMode ? 'invites' : undefined }, canvases);
  const caption = box(captionStyles['caption'], { tone: killMode ? 'kill' : undefined });
  const above = arrangement === 'short' ? [] : [caption];
  const panel = box(stageStyles['panel'], {}, ...above, host, box(stageStyles['readout'], {}));
  const bar = box(stageStyles['bar'], {});
  return { host, canvases, stage: box(stageStyles['stage'], { arrangement }, bar, panel) };
}

/** The panels of a phone, as folded as they will be. */
function emptyPanel(sheet: boolean): HTMLElement {
  const detent = firstDetent(sheet);
  const data = { detent, sheet: sheet ? 'true' : undefined };
  return box(panelStyles['panel'], data, box(panelStyles['bar'], {}));
}
