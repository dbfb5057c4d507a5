import { escaped } from '../render/escaped.ts';
import { numberOf } from '../stories/chapter-number.ts';
import { CHAPTERS } from '../stories/chapters.ts';
import { extentOf, inOrder, LIST_TITLES, type PUZZLES_CHAPTER } from '../stories/contents.ts';
import type { Chapter } from '../stories/step.ts';

/** What there is to read, with every chapter and every step. */
export const contents = (): string => `<nav class="contents" aria-labelledby="contents-title">
<h2 id="contents-title">Contents</h2>
<p>${extentOf(CHAPTERS)}.</p>
<ol>
${inOrder(CHAPTERS).map(line).join('\n')}
${Object.entries(LIST_TITLES).map(listLine).join('\n')}
</ol>
</nav>`;

const listLine = ([id, title]: readonly [id: string, title: string]): string =>
  `<li><a href="#${id}">${escaped(title)}</a></li>`;

function line(chapter: Chapter | typeof PUZZLES_CHAPTER): string {
  const { id, title, asks } = chapter;
  const number = `<span class="number">${numberOf(chapter)}</span>`;
  const link = `<a href="#${id}">${escaped(title)}</a>`;
  const asked = `<span class="asks">${escaped(asks)}</span>`;
  return `<li>${number} ${link} ${asked}${'steps' in chapter ? steps(chapter) : ''}</li>`;
}

function steps({ id, steps }: Chapter): string {
  const links = steps.map((step) => `<a href="#${id}-${step.id}">${escaped(step.title)}</a>`);
  return `<p class="steps">${links.join(' · ')}</p>`;
}
