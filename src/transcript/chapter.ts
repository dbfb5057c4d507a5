import { escaped } from '../render/escaped.ts';
import type { Shared } from '../render/svg-painter.ts';
import { plural } from '../scene/words.ts';
import { clockText } from '../store/clock-text.ts';
import { VIEWS } from '../store/views.ts';
import { numberOf } from '../stories/chapter-number.ts';
import { CORRECTIONS, type Correction } from '../stories/corrections.ts';
import { figuresOf } from '../stories/figures.ts';
import { printPlace } from '../stories/place.ts';
import type { Chapter, Prediction } from '../stories/step.ts';
import { OUTCOME_WORDS } from '../stories/verdict.ts';
import type { Inks } from './inks.ts';
import { picturedView, pictureOf } from './picture.ts';
import { type Recorded, recorded } from './recorder.ts';
import { prose, seenIn } from './words.ts';

/** What all pictures of the document are painted with. */
export interface Paint {
  readonly inks: Inks;
  readonly shared: Shared;
}

/** Where a step of the story opens on the page that runs it. */
const openAt = (chapter: string, step: string): string => `./#ch=${printPlace({ chapter, step })}`;

/** A chapter as markup, its figures and pictures taken from its run. */
export function chapterHtml(chapter: Chapter, paint: Paint): string {
  const { id, title, asks, minutes, steps } = chapter;
  const walked = recorded(chapter);
  return `<section class="chapter" id="${id}" aria-labelledby="${id}-title">
<header>
<p class="number">Chapter ${numberOf(chapter)}</p>
<h2 id="${id}-title">${escaped(title)}</h2>
<p class="asks">${escaped(asks)}</p>
<p class="open"><a href="${openAt(id, steps[0].id)}">Run chapter ${numberOf(chapter)} yourself</a>, about ${plural(minutes, 'minute')}</p>
</header>
${walked.map((one) => stepHtml(chapter, one, paint)).join('\n')}
</section>`;
}

function stepHtml({ id }: Chapter, one: Recorded, paint: Paint): string {
  const { step, watch } = one;
  const anchor = `${id}-${step.id}`;
  const place = printPlace({ chapter: id, step: step.id });
  const shown = CORRECTIONS.filter(({ shownIn }) => shownIn === place);
  return `<article class="step" id="${anchor}" aria-labelledby="${anchor}-title">
<h3 id="${anchor}-title">${escaped(step.title)}</h3>
<p>${prose(step.say)}</p>
${step.predict ? guess(step.predict) : ''}
<p class="deed"><span>Do</span> ${prose(step.deed.says)}.</p>
<p class="out">${prose(step.out, figuresOf(step, watch))}</p>
${figure(id, one, paint)}
${corrections(shown)}
</article>`;
}

function guess({ asks, choices }: Prediction): string {
  const options = choices.map(({ says }) => `<li>${prose(says)}</li>`).join('');
  const answers = choices.map(
    ({ says, feedback, right }) =>
      `<dt${right ? ' class="right"' : ''}>${prose(says)}${right ? ' <em>This is so.</em>' : ''}</dt><dd>${prose(feedback)}</dd>`,
  );
  return `<div class="guess">
<p class="question">${prose(asks)}</p>
<ul>${options}</ul>
<details><summary>What is right, and why</summary><dl>${answers.join('')}</dl></details>
</div>`;
}

function figure(chapter: string, one: Recorded, { inks, shared }: Paint): string {
  const { step, view } = one;
  const tab = picturedView(one);
  const { title = '', says = '' } = VIEWS.find(({ id }) => id === tab) ?? {};
  const at = clockText(view.timeUs);
  const link = `<a href="${openAt(chapter, step.id)}" aria-label="Open this step: ${escaped(step.title)}">Open this step</a>`;
  return `<figure>
<div class="picture" role="img" aria-label="${escaped(`${title} at ${at}, simulated. ${says} ${seenIn(view)}`)}">${pictureOf(one, inks, shared)}</div>
<figcaption><span>${title} at <time>${at}</time> <small>simulated</small></span> ${link}</figcaption>
</figure>`;
}

/** What the words above put right, each with a link to the whole of it. */
const corrections = (shown: readonly Correction[]): string =>
  shown
    .map(
      ({ id, read, verdict }) =>
        `<p class="corrects" data-verdict="${verdict}">${escaped(read)} <a href="#read-${id}">${OUTCOME_WORDS[verdict]}</a></p>`,
    )
    .join('\n');
