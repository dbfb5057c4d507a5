import { useEffect, useRef } from 'react';
import type { Scene } from '../../scene/display.ts';
import type { Theme } from '../../scene/palettes.ts';
import type { ViewTab } from '../../store/views.ts';
import { usePage } from '../hooks/page.ts';
import type { Size } from '../hooks/use-element-size.ts';

/** How a picture is wanted. */
interface How {
  readonly theme: Theme;
  /** In CSS pixels; null for as much as it has on the screen, seen as it is seen there. */
  readonly room: Size | null;
}

/** Makes the picture on screen once more; null while there is nothing to draw. */
type Snapshot = (how: How) => Scene | null;

/** What a view offers of itself. */
interface Offer {
  readonly view: ViewTab;
  readonly snapshot: Snapshot;
  /** Whether the picture is of the present moment, and not on its way there. */
  isReady(): boolean;
}

/** The view on screen, for whoever wants its picture elsewhere: one is shown at a time. */
export class Showing {
  #offer: Offer | null = null;

  /** Takes over from the view before. Returns what takes it away again. */
  show(offer: Offer): () => void {
    this.#offer = offer;
    return () => {
      if (this.#offer === offer) this.#offer = null;
    };
  }

  /** Whether this view is on screen. */
  offers(view: ViewTab): boolean {
    return this.#offer?.view === view;
  }

  /** Whether it is, and its picture is of the present moment. */
  isReady(view: ViewTab): boolean {
    return this.offers(view) && (this.#offer?.isReady() ?? false);
  }

  /** The display list of what is on screen; null when that is no picture. */
  snapshot(how: How): Scene | null {
    return this.#offer?.snapshot(how) ?? null;
  }
}

const always = (): boolean => true;

/** Offers a view's picture for export and print as long as the view is on screen. */
export function useShowing(snapshot: Snapshot, isReady: () => boolean = always): void {
  const { showing, store } = usePage();
  const latest = useRef({ snapshot, isReady });
  latest.current = { snapshot, isReady };
  useEffect(
    () =>
      showing.show({
        view: store.getState().tab,
        snapshot: (how) => latest.current.snapshot(how),
        isReady: () => latest.current.isReady(),
      }),
    [showing, store],
  );
}
