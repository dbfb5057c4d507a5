import { describe, expect, it } from 'vitest';
import { DEFAULT_LINK, decodeLink, encodeLink } from '../scenario/link.ts';
import { CHAPTERS } from './chapters.ts';
import { withChecker } from './checked.testkit.ts';
import { figuresOf } from './figures.ts';
import { GLOSSARY } from './glossary.ts';
import { textsOf } from './introduced.ts';
import { printPlace } from './place.ts';
import { piecesOf, plainText, wordCount } from './prose.ts';
import { walk } from './walk.ts';
import { holds } from './watch.ts';
import { wayOf } from './way.ts';

it('gives every chapter and every step of it a name of its own', () => {
  const names = CHAPTERS.flatMap(({ id, steps }) => [
    id,
    ...steps.map((step) => `${id}.${step.id}`),
  ]);
  expect(new Set(names).size).toBe(names.length);
});

const WALKED = CHAPTERS.map((chapter) => ({ chapter, walked: walk(chapter, withChecker) }));

it('when each step comes true is written down', async () => {
  const lines = WALKED.flatMap(({ chapter: { id }, walked }) =>
    walked.map(({ step, end: { at } }) => {
      const name = printPlace({ chapter: id, step: step.id });
      return `  "${name}": { "timeUs": ${at.timeUs}, "n": ${at.n} }`;
    }),
  );
  await expect(`{\n${lines.join(',\n')}\n}\n`).toMatchFileSnapshot('ends.json');
});

describe.each(WALKED.map((each) => [each.chapter.id, each] as const))(
  'chapter %s',
  (_, { chapter, walked }) => {
    it('goes the way that the page takes it', () => {
      const ways = walked.map(({ begin, end }) => ({ begin, end }));
      expect(chapter.steps.map((_, number) => wayOf(chapter, number))).toEqual(ways);
    });

    it.each([
      chapter.opening,
      ...chapter.steps.flatMap(({ opening }) => (opening ? [opening] : [])),
    ])('begins where a link can lead', ({ run, at }) => {
      const opened = decodeLink(encodeLink({ ...DEFAULT_LINK, run, at }));
      expect(opened).toMatchObject({ ok: true, value: { adjusted: [] } });
    });

    it.each(walked.map((one) => [one.step.id, one] as const))('%s comes true', (_id, one) => {
      expect(one.done).toBe(true);
    });

    it.each(walked.map((one) => [one.step.id, one] as const))(
      '%s claims what the run did',
      (_id, one) => {
        const { step, watch, view, violated } = one;
        const around = { looked: step.deed.looks ?? [], violated };
        expect(step.claims.filter((claim) => !holds(claim, watch, view, around))).toEqual([]);
        const figures = figuresOf(step, watch);
        const text = plainText(step.out, figures);
        expect(text).not.toContain('…');
        const asked = piecesOf(step.out).filter(({ kind }) => kind === 'figure').length;
        expect(Object.keys(step.figures ?? {})).toHaveLength(asked);
      },
    );

    it.each(chapter.steps.map((step) => [step.id, step] as const))(
      '%s is short and plain',
      (_id, step) => {
        expect(wordCount(step.say)).toBeLessThanOrEqual(70);
        expect(wordCount(step.out)).toBeLessThanOrEqual(70);
        for (const text of textsOf(step)) expect(text).not.toMatch(/!|\bsimply\b|\bjust\b/i);
        if (step.predict) expect(step.predict.choices.filter(({ right }) => right)).toHaveLength(1);
      },
    );

    it('asks for one prediction at most', () => {
      expect(chapter.steps.filter(({ predict }) => predict).length).toBeLessThanOrEqual(1);
    });
  },
);

it('marks only words that the glossary has', () => {
  const marked = CHAPTERS.flatMap(({ steps }) => steps.flatMap(textsOf)).flatMap(piecesOf);
  const unknown = marked.flatMap((piece) =>
    piece.kind === 'term' && !(piece.term in GLOSSARY) ? [piece.term] : [],
  );
  expect(unknown).toEqual([]);
});
