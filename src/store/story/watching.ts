import { wordCount } from '../../stories/prose.ts';
import type { AppStore } from '../app-store.ts';
import type { Frames } from '../frames.ts';

/** An unhurried reader takes so long for a word, and so long to look up from one text to the stage. */
const WORD_MS = 300;
const LOOK_MS = 2_000;

/** How long a text stays, in milliseconds, before the story goes on by itself. */
export const readingMs = (text: string): number => LOOK_MS + WORD_MS * wordCount(text);

interface WatchingParts {
  readonly store: AppStore;
  readonly frames: Frames;
}

/** Turns the pages for whoever lets the story play by itself: a text stays for as long as it takes to read. */
export class Watching {
  readonly #parts: WatchingParts;
  #later: (() => void) | null = null;

  constructor(parts: WatchingParts) {
    this.#parts = parts;
  }

  /** Once the text could be read, goes on, if somebody still watches. */
  after(text: string, goOn: () => void): void {
    this.stop();
    const { store, frames } = this.#parts;
    if (!store.getState().watching) return;
    this.#later = frames.after(readingMs(text), () => {
      if (store.getState().watching) goOn();
    });
  }

  stop(): void {
    this.#later?.();
    this.#later = null;
  }
}
