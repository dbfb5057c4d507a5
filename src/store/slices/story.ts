import type { StoryPlace } from '../../stories/place.ts';
import type { Slice } from './slice.ts';

/** The panels that share the first column. */
type Column = 'story' | 'console';

/** The lists of the story, one of which shows while nobody reads a step. */
export type StoryPage = 'chapters' | 'puzzles' | 'glossary' | 'recap' | 'read';

/** A puzzle on the page. */
interface PuzzleNow {
  readonly id: string;
  /** How many of its hints were asked for. */
  readonly hints: number;
}

/** A step on the page, as far as it has come. */
export interface StoryNow extends StoryPlace {
  /** What the step waited for has come true. */
  readonly done: boolean;
  /** The run on the page is not the story's any more: somebody opened another, or took the story's past back. */
  readonly away: boolean;
  /** It was brought about without showing the way there, because motion is reduced. */
  readonly atOnce: boolean;
  /** Whoever is at the step has been at it for a while. */
  readonly hinted: boolean;
  /** Which of the choices was taken; null before. */
  readonly choice: number | null;
  /** What the run told for the figures of the text. */
  readonly figures: ReadonlyMap<string, string>;
}

export interface StorySlice {
  /** Null while nobody reads the story. */
  readonly story: StoryNow | null;
  readonly storyPage: StoryPage;
  /** Null while no puzzle is open. */
  readonly puzzle: PuzzleNow | null;
  /** What stands in the first column. */
  readonly column: Column;
  /** The story plays by itself. */
  readonly watching: boolean;
  /** Large type and notes for who presents it. */
  readonly presenting: boolean;
  /** Kinds or names of things on the stage that the text points at: `node`, `node:B2`. */
  readonly pointed: readonly string[];
  setColumn(column: Column): void;
  setStory(story: StoryNow | null): void;
  setStoryPage(page: StoryPage): void;
  setPuzzle(puzzle: PuzzleNow | null): void;
  setWatching(on: boolean): void;
  setPresenting(on: boolean): void;
  point(at: readonly string[]): void;
}

export const storySlice: Slice<StorySlice> = (set) => ({
  story: null,
  storyPage: 'chapters',
  puzzle: null,
  column: 'console',
  watching: false,
  presenting: false,
  pointed: [],
  setColumn: (column) => set({ column }),
  setStory: (story) => set({ story }),
  setStoryPage: (storyPage) => set({ storyPage }),
  setPuzzle: (puzzle) => set({ puzzle }),
  setWatching: (watching) => set({ watching }),
  setPresenting: (presenting) => set({ presenting }),
  point: (pointed) => set({ pointed }),
});
