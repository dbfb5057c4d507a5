import { describe, expect, it } from 'vitest';
import { literally } from '../literally.testkit.ts';
import { CHAPTERS } from './chapters.ts';
import { type Entry, GLOSSARY, type TermKey } from './glossary.ts';
import { introducedIn, termsIn, textsOf } from './introduced.ts';
import { piecesOf } from './prose.ts';
import type { Chapter, Step } from './step.ts';

const TERMS = Object.keys(GLOSSARY) as readonly TermKey[];
const STEPS = CHAPTERS.flatMap(({ steps }) => steps);
const MARKED = new Set(STEPS.flatMap(textsOf).flatMap(termsIn));

/** The words by which a step marks a term. */
const wordsFor = (term: TermKey, step: Step): readonly string[] =>
  textsOf(step)
    .flatMap(piecesOf)
    .flatMap((piece) => (piece.kind === 'term' && piece.term === term ? [piece.text] : []));

/** Finds any of these words by itself, or as more than one. */
const finder = (words: readonly string[], flags: string): RegExp =>
  new RegExp(`(?<![\\w-])(?:${words.map(literally).join('|')})s?(?![\\w-])`, flags);

/** What a text says beside the words it marks: those are of the terms they are marked as. */
const unmarked = (text: string): string =>
  piecesOf(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : '…'))
    .join('');

interface Said {
  readonly where: string;
  readonly text: string;
}

/** Everything that is read before a step. A heading may name what its own chapter will explain. */
function readBefore(chapter: Chapter, step: Step): readonly Said[] {
  const all = CHAPTERS.slice(0, CHAPTERS.indexOf(chapter) + 1).flatMap((each) => [
    ...(each === chapter ? [] : saidBy(each.id, [each.title, each.asks])),
    ...each.steps.flatMap((one) => [
      ...(each === chapter ? [] : saidBy(`${each.id}.${one.id}`, [one.title])),
      ...saidBy(`${each.id}.${one.id}`, textsOf(one)),
    ]),
  ]);
  return all.slice(
    0,
    all.findIndex(({ where }) => where === `${chapter.id}.${step.id}`),
  );
}

const saidBy = (where: string, texts: readonly string[]): readonly Said[] =>
  texts.map((text) => ({ where, text: unmarked(text) }));

const EVERYTHING = { chapter: CHAPTERS.at(-1)!, step: CHAPTERS.at(-1)!.steps.at(-1)! };

/** Where a term is said before it is introduced. */
function saidBefore(term: TermKey): readonly Said[] {
  const introduced = introducedIn(term);
  const { acronym }: Entry = GLOSSARY[term];
  const { chapter, step } = introduced ?? EVERYTHING;
  const found = [
    ...(introduced ? [finder(wordsFor(term, step), 'i')] : []),
    ...(acronym === undefined ? [] : [finder([acronym], '')]),
  ];
  return readBefore(chapter, step).filter(({ text }) => found.some((each) => each.test(text)));
}

it('finds the step that introduces every term that the story marks, and no other', () => {
  const introduced = TERMS.filter((term) => introducedIn(term) !== null);
  expect(introduced).toEqual(TERMS.filter((term) => MARKED.has(term)));
  expect(introducedIn('gossip')).toMatchObject({ chapter: { id: 's04' }, step: { id: 'gossip' } });
});

describe('no word of the glossary is said before the step that introduces it', () => {
  it.each(TERMS)('%s', (term) => {
    expect(saidBefore(term)).toEqual([]);
  });
});
