import { Checker } from '../../checker/checker.ts';
import type { Chapter } from '../../stories/step.ts';
import { type Onlooking, type Walked, walk } from '../../stories/walk.ts';

/** The checker as an onlooker: it finds what a step that breaks a rule waits for. */
const withChecker: Onlooking = (world) => {
  const checker = new Checker(world);
  return {
    see: (happening, now) => checker.see(happening, now),
    get violated() {
      return checker.violations.map(({ invariant }) => invariant);
    },
  };
};

/** How each step of the story goes by itself, worked out once when it is first asked for. */
export class Beginnings {
  readonly #walked = new Map<string, readonly Walked[]>();

  /** A step's way, from its beginning until its condition comes true. */
  of(chapter: Chapter, number: number): Walked | null {
    const known = this.#walked.get(chapter.id) ?? [];
    if (known.length <= number) this.#walked.set(chapter.id, walk(chapter, withChecker, number));
    return this.#walked.get(chapter.id)?.[number] ?? null;
  }
}
