import { escaped } from '../render/escaped.ts';
import { numberOf } from '../stories/chapter-number.ts';
import { PUZZLES_CHAPTER } from '../stories/contents.ts';
import type { Puzzle } from '../stories/puzzle.ts';
import { PUZZLES } from '../stories/puzzles.ts';

const { id: CHAPTER, title: TITLE, asks: ASKS } = PUZZLES_CHAPTER;

/** The puzzles: what is to be brought about, and by what means. */
export const puzzles =
  (): string => `<section class="chapter" id="${CHAPTER}" aria-labelledby="${CHAPTER}-title">
<header>
<p class="number">Chapter ${numberOf(PUZZLES_CHAPTER)}</p>
<h2 id="${CHAPTER}-title">${TITLE}</h2>
<p class="asks">${ASKS}</p>
<p class="open"><a href="./">Open Redoscope</a> to solve them; the run tells whether it is done.</p>
</header>
${PUZZLES.map(puzzleHtml).join('\n')}
</section>`;

function puzzleHtml({ id, title, goal, rules }: Puzzle): string {
  const anchor = `${CHAPTER}-${id}`;
  const told = rules.map(({ says }) => `<li>${escaped(says)}</li>`).join('');
  return `<article class="step" id="${anchor}" aria-labelledby="${anchor}-title">
<h3 id="${anchor}-title">${escaped(title)}</h3>
<p>${escaped(goal)}</p>
<ul class="rules">${told}</ul>
</article>`;
}
