import { escaped } from '../render/escaped.ts';
import { numberOf, PUZZLES_ID } from '../stories/chapter-number.ts';
import { CHAPTERS } from '../stories/chapters.ts';
import { CORRECTIONS } from '../stories/corrections.ts';
import { type Entry, GLOSSARY, type TermKey } from '../stories/glossary.ts';
import { introducedIn } from '../stories/introduced.ts';
import { PASSAGES } from '../stories/passages.ts';
import { PUZZLES } from '../stories/puzzles.ts';
import { RECAP } from '../stories/recap.ts';
import type { Chapter } from '../stories/step.ts';
import { OUTCOME_WORDS } from '../stories/verdict.ts';
import { anchorOf } from './words.ts';

/** The other parts of the story, after its chapters. */
const LISTS = [
  ['read', 'You may have read'],
  ['recap', 'Recap'],
  ['glossary', 'Glossary'],
] as const;

const section = (id: string, title: string, body: string): string =>
  `<section class="chapter" id="${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${title}</h2></header>
${body}
</section>`;

const minutes = CHAPTERS.reduce((sum, chapter) => sum + chapter.minutes, 0);

/** What there is to read, with every chapter and every step. */
export const contents = (): string => `<nav class="contents" aria-labelledby="contents-title">
<h2 id="contents-title">Contents</h2>
<p>${CHAPTERS.length} chapters, about ${minutes} minutes, and ${PUZZLES.length} puzzles.</p>
<ol>
${inOrder(contentsLine, contentsOfPuzzles)}
${LISTS.map(([id, title]) => `<li><a href="#${id}">${title}</a></li>`).join('\n')}
</ol>
</nav>`;

/** The chapters and, in their place among them, the puzzles. */
export function inOrder(chapterHtml: (chapter: Chapter) => string, puzzles: () => string): string {
  const before = CHAPTERS.filter(({ id }) => id < PUZZLES_ID);
  const after = CHAPTERS.filter(({ id }) => id > PUZZLES_ID);
  return [...before.map(chapterHtml), puzzles(), ...after.map(chapterHtml)].join('\n');
}

function contentsLine(chapter: Chapter): string {
  const { id, title, asks, steps } = chapter;
  const links = steps.map((step) => `<a href="#${id}-${step.id}">${escaped(step.title)}</a>`);
  return `<li><span class="number">${numberOf(chapter)}</span> <a href="#${id}">${escaped(title)}</a> <span class="asks">${escaped(asks)}</span><p class="steps">${links.join(' · ')}</p></li>`;
}

const contentsOfPuzzles = (): string =>
  `<li><span class="number">${numberOf({ id: PUZZLES_ID })}</span> <a href="#${PUZZLES_ID}">Puzzles</a> <span class="asks">What can you bring about by your own means?</span></li>`;

/** The puzzles: what is to be brought about, and by what means. */
export function puzzles(): string {
  const all = PUZZLES.map(
    ({ id, title, goal, rules }) =>
      `<article class="step" id="${PUZZLES_ID}-${id}" aria-labelledby="${PUZZLES_ID}-${id}-title"><h3 id="${PUZZLES_ID}-${id}-title">${escaped(title)}</h3><p>${escaped(goal)}</p><ul class="rules">${rules.map(({ says }) => `<li>${escaped(says)}</li>`).join('')}</ul></article>`,
  );
  return `<section class="chapter" id="${PUZZLES_ID}" aria-labelledby="${PUZZLES_ID}-title">
<header>
<p class="number">Chapter ${numberOf({ id: PUZZLES_ID })}</p>
<h2 id="${PUZZLES_ID}-title">Puzzles</h2>
<p class="asks">What can you bring about by your own means?</p>
<p class="open"><a href="./">Open Redoscope</a> to solve them; the run tells whether it is done.</p>
</header>
${all.join('\n')}
</section>`;
}

/** Everything the story puts right. */
export const read = (): string =>
  section(
    'read',
    LISTS[0][1],
    `<p>${CORRECTIONS.length} things that are told of Aurora, and how they are.</p>
<ol class="read">
${CORRECTIONS.map(({ id, read: said, verdict, says, source, shownIn }) => {
  const [chapter = '', step = ''] = shownIn.split('.');
  const words = `See it in chapter ${numberOf({ id: chapter })}`;
  return `<li id="read-${id}" data-verdict="${verdict}"><p class="said">${escaped(said)}</p><p><strong>${OUTCOME_WORDS[verdict]}.</strong> ${escaped(says)}</p><p class="source">Published: ${escaped(source)}. <a href="#${chapter}-${step}" aria-label="${words}, correction ${id}">${words}</a></p></li>`;
}).join('\n')}
</ol>`,
  );

const chapterLinks = (ids: readonly string[]): string =>
  ids.map((id) => `<a href="#${id}">${numberOf({ id })}</a>`).join(', ');

/** Two summaries row by row, and the rest passage by passage. */
export const recap = (): string =>
  section(
    'recap',
    LISTS[1][1],
    `<p>Two summaries that you may have read, row by row, and what the runs made of them.</p>
${RECAP.map(
  ({ id, title, rows }) => `<table id="recap-${id}">
<caption>${escaped(title)}</caption>
<thead><tr><th scope="col">Matter</th><th scope="col">You may have read</th><th scope="col">How it is</th><th scope="col">Chapter</th></tr></thead>
<tbody>
${rows
  .map(
    (row) =>
      `<tr data-verdict="${row.verdict}"><th scope="row">${escaped(row.feature)}</th><td data-column="You may have read">${escaped(row.read)}</td><td data-column="How it is"><strong>${OUTCOME_WORDS[row.verdict]}.</strong> ${escaped(row.says)}</td><td data-column="Chapter">${chapterLinks(row.chapters)}</td></tr>`,
  )
  .join('\n')}
</tbody>
</table>`,
).join('\n')}
<table id="recap-passages">
<caption>Passage by passage</caption>
<thead><tr><th scope="col">You may have read</th><th scope="col">How it is</th><th scope="col">Chapter</th></tr></thead>
<tbody>
${PASSAGES.map(
  ({ passage, verdict, says, chapters }) =>
    `<tr data-verdict="${verdict}"><th scope="row">${escaped(passage)}</th><td data-column="How it is"><strong>${OUTCOME_WORDS[verdict]}.</strong> ${escaped(says)}</td><td data-column="Chapter">${chapterLinks(chapters)}</td></tr>`,
).join('\n')}
</tbody>
</table>`,
  );

/** Every word that had to be learned, by the words it is looked up by. */
export function glossary(): string {
  const entries = (Object.keys(GLOSSARY) as readonly TermKey[])
    .map((key) => ({ key, entry: GLOSSARY[key] as Entry }))
    .toSorted((a, b) => (a.entry.term < b.entry.term ? -1 : 1));
  return section(
    'glossary',
    LISTS[2][1],
    `<dl class="glossary">
${entries.map(({ key, entry }) => entryHtml(key, entry)).join('\n')}
</dl>`,
  );
}

function entryHtml(key: TermKey, { term, acronym, says }: Entry): string {
  const introduced = introducedIn(key);
  const where = introduced
    ? ` <a href="#${introduced.chapter.id}-${introduced.step.id}" aria-label="Chapter ${numberOf(introduced.chapter)}, where ${escaped(term)} comes up first">Chapter ${numberOf(introduced.chapter)}</a>`
    : '';
  return `<div id="${anchorOf(key)}"><dt>${escaped(term)}${acronym ? ` <abbr>${escaped(acronym)}</abbr>` : ''}</dt><dd>${escaped(says)}${where}</dd></div>`;
}
