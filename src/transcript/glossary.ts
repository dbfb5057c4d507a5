import { escaped } from '../render/escaped.ts';
import { numberOf } from '../stories/chapter-number.ts';
import { glossaryInOrder } from '../stories/introduced.ts';
import { listSection } from './section.ts';
import { anchorOf } from './words.ts';

type Listed = ReturnType<typeof glossaryInOrder>[number];

/** Every word that had to be learned, each with the step where it comes up first. */
export const glossary = (): string =>
  listSection(
    'glossary',
    `<dl class="glossary">
${glossaryInOrder().map(entryHtml).join('\n')}
</dl>`,
  );

function entryHtml({ key, entry: { term, acronym, says }, introduced }: Listed): string {
  const short = acronym ? ` <abbr>${escaped(acronym)}</abbr>` : '';
  const where = introduced ? ` ${linkTo(introduced, term)}` : '';
  return `<div id="${anchorOf(key)}">
<dt>${escaped(term)}${short}</dt>
<dd>${escaped(says)}${where}</dd>
</div>`;
}

function linkTo({ chapter, step }: NonNullable<Listed['introduced']>, term: string): string {
  const words = `Chapter ${numberOf(chapter)}`;
  const label = `${words}, where ${escaped(term)} comes up first`;
  return `<a href="#${chapter.id}-${step.id}" aria-label="${label}">${words}</a>`;
}
