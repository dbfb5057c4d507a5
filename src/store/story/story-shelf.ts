import type { Happening } from '../../engine/happening.ts';
import { readPlace, type StoryPlace } from '../../stories/place.ts';
import type { StoryParts, Storyteller } from './storyteller.ts';

const UNREADABLE = 'The story could not be loaded. Check the connection and try again.';

/** Where the story waits until somebody asks for it. */
export class StoryShelf {
  readonly #parts: StoryParts;
  #loading: Promise<Storyteller | null> | null = null;
  #teller: Storyteller | null = null;

  constructor(parts: StoryParts) {
    this.#parts = parts;
  }

  /** The storyteller, loaded with all chapters when first asked for; null, which is told, when they cannot be had. */
  take(): Promise<Storyteller | null> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /**
   * Opens a step where it begins; without one where the story was left, or at its beginning. False when the story
   * has no such step.
   */
  async open(place: StoryPlace | null = null): Promise<boolean> {
    const { store } = this.#parts;
    store.getState().setColumn('story');
    const teller = await this.#takeForRun();
    if (!teller) return true;
    if (place) return teller.open(place);
    const last = readPlace(store.getState().settings.story.last);
    if (last === null || !teller.open(last)) teller.openFirst();
    return true;
  }

  /** Goes on, goes back, or does what the step asks for. */
  turn(way: 'next' | 'back' | 'show'): void {
    this.#teller?.[way]();
  }

  /** Goes on at a step in the run that a link has opened. False when the story has no such step. */
  async adopt(place: StoryPlace): Promise<boolean> {
    const { store, player } = this.#parts;
    const teller = await this.#takeForRun(() => player.settled());
    if (!teller) return true;
    if (!teller.adopt(place)) return false;
    store.getState().setColumn('story');
    return true;
  }

  /** Back to the list of chapters; the run stays as it is. */
  close(): void {
    this.#teller?.close();
  }

  /** Has the step looked at anew, if somebody is at one. */
  refresh(): void {
    this.#teller?.refresh();
  }

  /** A test of events for what the step waits for; null when nobody is at one that waits. */
  pauseTest(): ((happening: Happening) => boolean) | null {
    return this.#teller?.pauseTest() ?? null;
  }

  /** Null as well when somebody has opened another run meanwhile: that one is left alone. */
  async #takeForRun(settled = async (): Promise<boolean> => true): Promise<Storyteller | null> {
    const { player } = this.#parts;
    const { scenario } = player.run();
    const teller = await this.take();
    const isThere = await settled();
    return isThere && player.run().scenario === scenario ? teller : null;
  }

  async #load(): Promise<Storyteller | null> {
    try {
      const [{ Storyteller }, { CHAPTERS }] = await Promise.all([
        import('./storyteller.ts'),
        import('../../stories/chapters.ts'),
      ]);
      this.#teller = new Storyteller(this.#parts, CHAPTERS);
      return this.#teller;
    } catch {
      // Whoever asks again has it tried again.
      this.#loading = null;
      this.#parts.store.getState().toast(UNREADABLE, { tone: 'problem' });
      return null;
    }
  }
}
