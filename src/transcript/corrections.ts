import { escaped } from '../render/escaped.ts';
import { numberOf } from '../stories/chapter-number.ts';
import { CORRECTIONS_SAY } from '../stories/contents.ts';
import { CORRECTIONS, type Correction } from '../stories/corrections.ts';
import { readPlace } from '../stories/place.ts';
import { OUTCOME_WORDS } from '../stories/verdict.ts';
import { listSection } from './section.ts';

/** Everything the story puts right. */
export const read = (): string =>
  listSection(
    'read',
    `<p>${CORRECTIONS_SAY}</p>
<ol class="read">
${CORRECTIONS.map(correctionHtml).join('\n')}
</ol>`,
  );

function correctionHtml({ id, read: said, verdict, says, source, shownIn }: Correction): string {
  return `<li id="read-${id}" data-verdict="${verdict}">
<p class="said">${escaped(said)}</p>
<p><strong>${OUTCOME_WORDS[verdict]}.</strong> ${escaped(says)}</p>
<p class="source">Published: ${escaped(source)}. ${linkTo(shownIn, id)}</p>
</li>`;
}

function linkTo(shownIn: string, id: string): string {
  const place = readPlace(shownIn);
  if (!place) throw new Error(`Correction ${id} is shown in no step, but in ${shownIn}.`);
  const words = `See it in chapter ${numberOf({ id: place.chapter })}`;
  const label = `${words}, correction ${id}`;
  return `<a href="#${place.chapter}-${place.step}" aria-label="${label}">${words}</a>`;
}
