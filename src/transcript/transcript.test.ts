import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { DisplayItem, Scene } from '../scene/display.ts';
import { stepOfAddress } from '../store/story/story-link.ts';
import { CHAPTERS } from '../stories/chapters.ts';
import { CORRECTIONS } from '../stories/corrections.ts';
import { GLOSSARY } from '../stories/glossary.ts';
import { textsOf } from '../stories/introduced.ts';
import { PASSAGES } from '../stories/passages.ts';
import { plainText } from '../stories/prose.ts';
import { PUZZLES } from '../stories/puzzles.ts';
import { RECAP } from '../stories/recap.ts';
import { chapterHtml } from './chapter.ts';
import { Inks } from './inks.ts';
import { Parts } from './parts.ts';
import { transcript } from './transcript.ts';

const themed = vi.spyOn(Inks.prototype, 'themed');
const { css, body } = transcript();
const pictures = themed.mock.calls.map(([light, dark], k) => {
  const merged: Scene = themed.mock.results[k]?.value;
  return { light, dark, merged };
});
themed.mockRestore();

const declared = new Map(
  [...css.matchAll(/(--\w+):([^;}]*)/g)].map(([, name = '', value = '']) => [name, value]),
);

/** What is seen of a picture in one theme. */
function seenAs(theme: 'light' | 'dark', { ground, actors, front, ...about }: Scene): object {
  const value = (text: string): string => {
    const named = text.replace(/var\((--\w+)\)/, (_, name) => declared.get(name) ?? '');
    const [, light, dark] = /^light-dark\((.*?\)?),(.*)\)$/.exec(named) ?? [];
    return (theme === 'light' ? light : dark) ?? named;
  };
  const plain = ({ id, ...item }: DisplayItem): string =>
    JSON.stringify(item, (_, part) => (typeof part === 'string' ? value(part) : part));
  const isSeen = (item: string): boolean => /"(?:fill|stroke)":"(?!transparent")/.test(item);
  const background = value(about.background);
  return { ...about, background, items: [ground, actors, front].flat().map(plain).filter(isSeen) };
}
const all = (pattern: RegExp): readonly string[] =>
  [...body.matchAll(pattern)].map(([, found = '']) => found);
const ids = all(/ id="([^"]*)"/g);
const links = all(/ href="([^"]*)"/g);

/** What a browser shows of markup. */
const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const shown = textOf(body);

const UNTOLD: ReadonlyMap<string, string> = new Map();

/** What a browser shows of a step, with `…` for what the run told. */
function articleText(id: string): string {
  const [article = ''] = body.match(new RegExp(`<article [^>]*id="${id}".*?</article>`, 's')) ?? [];
  return textOf(article.replace(/<b class="told">[^<]*<\/b>/g, '…'));
}

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
        const article = articleText(`${id}-${step.id}`);
        // What to press is of no use on paper.
        const texts = textsOf(step).filter((text) => text !== step.hint);
        for (const text of [step.title, ...texts]) {
          expect(article).toContain(plainText(text, UNTOLD));
        }
      }
    },
  );

  it.each([
    ['corrections', CORRECTIONS.flatMap(({ read, says, source }) => [read, says, source])],
    ['rows of the recap', RECAP.flatMap(({ rows }) => rows.flatMap((row) => [row.read, row.says]))],
    ['passages', PASSAGES.flatMap(({ passage, says }) => [passage, says])],
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

  it.each(['light', 'dark'] as const)('has every picture as it is painted %s', (theme) => {
    expect(pictures.length).toBeGreaterThan(0);
    const differing = pictures.filter((picture) => {
      const own = JSON.stringify(seenAs(theme, picture[theme]));
      return own !== JSON.stringify(seenAs(theme, picture.merged));
    });
    expect(differing).toHaveLength(0);
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
