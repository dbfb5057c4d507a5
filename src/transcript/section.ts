import { escaped } from '../render/escaped.ts';
import { numberOf } from '../stories/chapter-number.ts';
import { LIST_TITLES } from '../stories/contents.ts';

/** A list of the story as a part of the document, under its title. */
export const listSection = (id: keyof typeof LIST_TITLES, body: string): string =>
  `<section class="chapter" id="${id}" aria-labelledby="${id}-title">
<header><h2 id="${id}-title">${escaped(LIST_TITLES[id])}</h2></header>
${body}
</section>`;

/** Where to read on, by the numbers of chapters. */
export const chapterLinks = (ids: readonly string[]): string =>
  ids.map((id) => `<a href="#${id}">${numberOf({ id })}</a>`).join(', ');
