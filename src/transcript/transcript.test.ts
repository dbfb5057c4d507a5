import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DisplayItem, Scene } from '../scene/display.ts';
import { stepOfAddress } from '../store/story/story-link.ts';
import { CHAPTERS } from '../stories/chapters.ts';
import { CORRECTIONS } from '../stories/corrections.ts';
import { GLOSSARY } from '../stories/glossary.ts';
import { textsOf } from '../stories/introduced.ts';
import { piecesOf } from '../stories/prose.ts';
import { PUZZLES } from '../stories/puzzles.ts';
import { RECAP } from '../stories/recap.ts';
import { chapterHtml } from './chapter.ts';
import { Inks } from './inks.ts';
import { letterWidths } from './letter-widths.ts';
import { Parts } from './parts.ts';
import { transcript } from './transcript.ts';
import { prose } from './words.ts';

const { css, body } = transcript();
const all = (pattern: RegExp): readonly string[] =>
  [...body.matchAll(pattern)].map(([, found = '']) => found);
const ids = all(/ id="([^"]*)"/g);
const links = all(/ href="([^"]*)"/g);

/** What a browser shows of it. */
const shown = body
  .replace(/<[^>]+>/g, '')
  .replaceAll('&quot;', '"')
  .replaceAll('&lt;', '<')
  .replaceAll('&gt;', '>')
  .replaceAll('&amp;', '&');

/** The plain words of a text, between what is marked. */
const wordsOf = (text: string): readonly string[] =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'figure' ? [] : [piece.text]));

/** Elements that have no end. */
const SINGLE = /^(?:meta|link|br|hr|img)$/;

function unclosed(markup: string): readonly string[] {
  const open: string[] = [];
  for (const [, end, name = '', single] of markup.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    if (single || SINGLE.test(name)) continue;
    if (!end) open.push(name);
    else if (open.pop() !== name) return [...open, name];
  }
  return open;
}

describe('the transcript', () => {
  it('point 60: lists every chapter, each with a link that opens its first step', () => {
    for (const { id, title, steps } of CHAPTERS) {
      expect(links).toContain(`#${id}`);
      expect(links).toContain(`./#ch=${id}.${steps[0].id}`);
      expect(shown).toContain(title);
    }
  });

  it.each(CHAPTERS.map((chapter) => [chapter.id, chapter] as const))(
    'tells every step of %s in full',
    (id, { asks, steps }) => {
      expect(shown).toContain(asks);
      for (const step of steps) {
        expect(ids).toContain(`${id}-${step.id}`);
        // What to press is of no use on paper.
        const texts = textsOf(step).filter((text) => text !== step.hint);
        for (const words of [step.title, ...texts].flatMap(wordsOf)) expect(shown).toContain(words);
      }
    },
  );

  it.each([
    ['corrections', CORRECTIONS.flatMap(({ read, says, source }) => [read, says, source])],
    ['rows of the recap', RECAP.flatMap(({ rows }) => rows.flatMap((row) => [row.read, row.says]))],
    ['words', Object.values(GLOSSARY).flatMap(({ term, says }) => [term, says])],
    ['puzzles', PUZZLES.flatMap(({ title, goal }) => [title, goal])],
  ])('has all %s', (_, texts) => {
    expect(texts.filter((text) => !shown.includes(text))).toEqual([]);
  });

  it('refers to each correction where the run shows it', () => {
    const referring = all(/class="corrects"[^>]*>[^<]*<a href="#read-(\d+)"/g);
    const inOrder = referring.toSorted((a, b) => Number(a) - Number(b));
    expect(inOrder).toEqual(CORRECTIONS.map(({ id }) => id));
  });

  it('leaves no figure open, and no mark of how the story is written', () => {
    expect(shown).not.toMatch(/\{\w+\}|\[\[|\]\]|undefined|NaN/);
  });

  it('names every place once, and every link leads somewhere', () => {
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
    const inside = links.filter((link) => link.startsWith('#')).map((link) => link.slice(1));
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);
    const names = CHAPTERS.flatMap(({ id, steps }) => steps.map((step) => `${id}.${step.id}`));
    const outside = links.filter((link) => !link.startsWith('#') && link !== './');
    for (const link of outside) {
      const place = stepOfAddress(link);
      expect(names).toContain(`${place?.chapter}.${place?.step}`);
    }
    const referred = all(/url\(#(\w+)\)/g).filter((id) => !ids.includes(id));
    expect(referred).toEqual([]);
  });

  it('has a picture with its words and time for every step', () => {
    const steps = CHAPTERS.flatMap((chapter) => chapter.steps);
    expect(all(/role="img" aria-label="([^"]+)"/g)).toHaveLength(steps.length);
    expect(all(/<time>(\d[^<]*)<\/time>/g)).toHaveLength(steps.length);
  });

  it('is drawn in colours and fonts that it declares, and runs nothing', () => {
    const used = new Set(all(/var\((--\w+)\)/g));
    expect([...used].filter((name) => !css.includes(`${name}:`))).toEqual([]);
    expect(body).not.toMatch(/<script|javascript:| on\w+="/);
  });

  it('is closed wherever it is opened', () => {
    expect(unclosed(body)).toEqual([]);
    expect(unclosed('<p><b></p>')).not.toEqual([]);
  });

  it('is light enough to be fetched as a whole', () => {
    expect(body.length).toBeLessThan(1_500_000);
    expect(gzipSync(body).length).toBeLessThan(250_000);
  });

  it('is the same however often it is written', () => {
    const write = (): string =>
      chapterHtml(CHAPTERS[0]!, { inks: new Inks(), shared: new Parts() });
    expect(write()).toBe(write());
  });
});

describe('a text of the story', () => {
  it('cannot become markup', () => {
    expect(prose('a <b> & "{n}"', new Map([['n', '<i>']]))).toBe(
      'a &lt;b&gt; &amp; &quot;<b class="told">&lt;i&gt;</b>&quot;',
    );
  });

  it('leads to the glossary by the words that it marks', () => {
    expect(prose('up to [[VDL]], the [[commit record]]s')).toBe(
      'up to <a class="word" href="#word-vdl">VDL</a>, the <a class="word" href="#word-commit-record">commit record</a>s',
    );
  });

  it('is not written with a figure that nobody told', () => {
    expect(() => prose('after {waited}')).toThrow('{waited}');
  });
});

describe('a picture for both themes', () => {
  const scene = (actors: readonly DisplayItem[]): Scene => ({
    ...{ width: 10, height: 10, background: '#fff', ground: [], actors, front: [] },
  });
  const dot = (id: string, fill: string): DisplayItem => ({
    ...{ kind: 'circle', id, role: 'mark', x: 1, y: 1, r: 1, fill },
  });

  it('has each pair of colours once, and what one theme lacks is not seen in it', () => {
    const inks = new Inks();
    const { background, actors } = inks.themed(
      scene([dot('a', '#111'), dot('b', '#111'), dot('light', '#222')]),
      scene([dot('a', '#eee'), dot('dark', '#333'), dot('b', '#eee')]),
    );
    expect(background).toBe('var(--0)');
    expect(actors.map(({ id }) => id)).toEqual(['a', 'dark', 'b', 'light']);
    expect(inks.css).toBe(
      '--0:#fff;--1:light-dark(#111,#eee);--2:light-dark(transparent,#333);--3:light-dark(#222,transparent)',
    );
  });
});

describe('what pictures share', () => {
  it('is written once, and what comes once stands where it was wanted', () => {
    const parts = new Parts();
    const [often, once] = [`<path d="M0 0${'h1'.repeat(30)}"/>`, '<path d="M1 1"/>'];
    const text = [often, once, often].map((markup) => parts.part(markup)).join(' ');
    expect(parts.settled(text)).toBe(`<use href="#k0"/> ${once} <use href="#k0"/>`);
    expect(String(parts)).toBe(`<defs><g id="k0">${often}</g></defs>`);
  });
});

describe('widths of letters without a browser', () => {
  it.each([
    ['Availability Zone A', '500 12px Inter', 106],
    ['Writer', '650 13px Inter', 39.2],
    ['1003', '500 12px JetBrains Mono', 28.8],
  ])('%s is as wide as it is drawn', (text, font, widthPx) => {
    const wide = letterWidths(text, font);
    expect(Math.abs(wide - widthPx)).toBeLessThan(0.02 * widthPx);
  });
});
