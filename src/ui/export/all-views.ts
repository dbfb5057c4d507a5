import { zipSync } from 'fflate';
import type { Theme } from '../../scene/palettes.ts';
import { VIEWS, type ViewTab } from '../../store/views.ts';
import type { Page } from '../hooks/page.ts';
import { type Picture, pictureNow } from './picture.ts';

/** A view that has something to show is there by then, its code among it. */
const PATIENCE_MS = 5_000;
/** The other system of a comparison may have a long way to the present moment. */
const LONG_PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 30;

interface Wanted {
  readonly theme: Theme;
  readonly transparent: boolean;
}

/** All views at one moment, as one file. */
export interface AllViews {
  readonly zip: Blob;
  /** Views that had nothing to show. */
  readonly missing: readonly string[];
}

/** Makes a file of one picture. */
type Make = (picture: Picture) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Shows every view in turn, which is the only way to have its picture, and puts one file of each into a ZIP. What
 * was on screen is on screen again afterwards, and the address knows nothing of it.
 */
export async function allViews(
  page: Page,
  wanted: Wanted,
  { ending, make, tell }: { ending: string; make: Make; tell(title: string, n: number): void },
): Promise<AllViews> {
  const { store, links } = page;
  const { tab, asTable, setTab, setAsTable } = store.getState();
  const release = links.hold();
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  const missing: string[] = [];
  try {
    setAsTable(false);
    for (const [i, { id, title }] of VIEWS.entries()) {
      tell(title, i + 1);
      setTab(id);
      await shown(page, id, wanted.theme);
      const picture = pictureNow(page, { ...wanted, link: links.linkHere() });
      if (picture) files[`${i + 1}-${id}.${ending}`] = await make(picture);
      else missing.push(title);
    }
  } finally {
    setTab(tab);
    setAsTable(asTable);
    release();
  }
  // Pictures are packed already, and text packs well.
  const level = ending === 'svg' ? 6 : 0;
  return { zip: new Blob([zipSync(files, { level })], { type: 'application/zip' }), missing };
}

/** Waits until a view has its picture of the present moment, or has none to give. */
async function shown({ showing, frames }: Page, view: ViewTab, theme: Theme): Promise<void> {
  const begunMs = frames.now();
  const isThere = (): boolean =>
    showing.isReady(view) && showing.snapshot({ theme, room: null }) !== null;
  while (!isThere()) {
    const waitedMs = frames.now() - begunMs;
    const isOnItsWay = showing.offers(view) && !showing.isReady(view);
    if (waitedMs > (isOnItsWay ? LONG_PATIENCE_MS : PATIENCE_MS)) return;
    await new Promise<void>((resolve) => frames.after(LOOK_EVERY_MS, resolve));
  }
}
