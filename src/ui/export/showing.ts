import { useEffect, useRef } from 'react';
import type { Scene } from '../../scene/display.ts';
import type { Theme } from '../../scene/palettes.ts';
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

/** The view on screen, for whoever wants its picture elsewhere: one is shown at a time. */
export class Showing {
  #snapshot: Snapshot | null = null;

  /** Takes over from the view before. Returns what takes it away again. */
  show(snapshot: Snapshot): () => void {
    this.#snapshot = snapshot;
    return () => {
      if (this.#snapshot === snapshot) this.#snapshot = null;
    };
  }

  /** The display list of what is on screen; null when that is no picture. */
  snapshot(how: How): Scene | null {
    return this.#snapshot?.(how) ?? null;
  }
}

/** Offers a view's picture for export and print as long as the view is on screen. */
export function useShowing(snapshot: Snapshot): void {
  const { showing } = usePage();
  const latest = useRef(snapshot);
  latest.current = snapshot;
  useEffect(() => showing.show((how) => latest.current(how)), [showing]);
}
