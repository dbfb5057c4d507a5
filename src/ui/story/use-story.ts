import { useCallback, useEffect, useState } from 'react';
import type { StoryNow } from '../../store/slices/story.ts';
import type { Storyteller } from '../../store/story/storyteller.ts';
import { numberOf } from '../../stories/chapter-number.ts';
import type { Chapter, Step } from '../../stories/step.ts';
import { useApp, usePage } from '../hooks/page.ts';

interface Loading {
  /** Null until its chapters are there. */
  readonly teller: Storyteller | null;
  /** They could not be had. */
  readonly failed: boolean;
  tryAgain(): void;
}

/** The storyteller, as soon as somebody has its chapters loaded. */
export function useStoryteller(): Loading {
  const { story } = usePage();
  const [teller, setTeller] = useState<Storyteller | null>(null);
  const [failed, setFailed] = useState(false);
  const tryAgain = useCallback(() => {
    setFailed(false);
    void story.take().then((found) => {
      setTeller(found);
      setFailed(found === null);
    });
  }, [story]);
  // Somebody else may have them loaded: a command, or a link.
  const isOpen = useApp((state) => state.story !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step that is open says that they are there.
  useEffect(tryAgain, [tryAgain, isOpen]);
  return { teller, failed, tryAgain };
}

/** The step somebody is at, its number from 0, and its chapter with the number readers know it by. */
export interface Reading {
  readonly now: StoryNow;
  readonly chapter: Chapter;
  readonly chapterNumber: number;
  readonly step: Step;
  readonly stepNumber: number;
}

/** Null while nobody reads. */
export function useReading(teller: Storyteller | null): Reading | null {
  const now = useApp((state) => state.story);
  if (!now || !teller) return null;
  const chapter = teller.chapters.find(({ id }) => id === now.chapter);
  const stepNumber = chapter?.steps.findIndex(({ id }) => id === now.step) ?? -1;
  const step = chapter?.steps[stepNumber];
  return chapter && step
    ? { now, chapter, chapterNumber: numberOf(chapter), step, stepNumber }
    : null;
}
