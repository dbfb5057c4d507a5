import { CHAPTERS } from './chapters.ts';
import { type Entry, GLOSSARY, type TermKey } from './glossary.ts';
import { piecesOf } from './prose.ts';
import type { Chapter, Step } from './step.ts';

/** Everything a step says to its reader, in the order in which it is read; its title is a heading. */
export const textsOf = ({ say, out, hint, predict, deed }: Step): readonly string[] => [
  say,
  ...(predict ? [predict.asks] : []),
  ...(predict?.choices.flatMap(({ says, feedback }) => [says, feedback]) ?? []),
  ...[deed.says, hint, out],
];

/** The terms of the glossary that a text marks. */
export const termsIn = (text: string): readonly string[] =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'term' ? [piece.term] : []));

interface Introduction {
  readonly chapter: Chapter;
  readonly step: Step;
}

/** The first step of the story that marks a word of the glossary; null for a word that the story does without. */
export function introducedIn(term: TermKey): Introduction | null {
  for (const chapter of CHAPTERS) {
    const step = chapter.steps.find((each) => textsOf(each).flatMap(termsIn).includes(term));
    if (step) return { chapter, step };
  }
  return null;
}

interface Listed {
  readonly key: TermKey;
  readonly entry: Entry;
  readonly introduced: Introduction | null;
}

/** The whole glossary by the words that it is looked up by. */
export const glossaryInOrder = (): readonly Listed[] =>
  (Object.keys(GLOSSARY) as readonly TermKey[])
    .map((key) => ({ key, entry: GLOSSARY[key], introduced: introducedIn(key) }))
    .toSorted((a, b) => a.entry.term.localeCompare(b.entry.term, 'en'));
