import { escaped } from '../render/escaped.ts';
import { PASSAGES_TITLE, RECAP_SAYS } from '../stories/contents.ts';
import { PASSAGES } from '../stories/passages.ts';
import { RECAP } from '../stories/recap.ts';
import { OUTCOME_WORDS, type Outcome } from '../stories/verdict.ts';
import { chapterLinks, listSection } from './section.ts';

/** Two summaries row by row, and the rest passage by passage. */
export const recap = (): string =>
  listSection('recap', [`<p>${RECAP_SAYS}</p>`, ...RECAP.map(summary), passages()].join('\n'));

const READ = 'You may have read';
const HOW = 'How it is';
const CHAPTER = 'Chapter';

function summary({ id, title, rows }: (typeof RECAP)[number]): string {
  const told = rows.map(
    (row) =>
      `<tr data-verdict="${row.verdict}"><th scope="row">${escaped(row.feature)}</th>${cell(READ, escaped(row.read))}${howItIs(row)}</tr>`,
  );
  return table(`recap-${id}`, title, ['Matter', READ, HOW, CHAPTER], told);
}

function passages(): string {
  const told = PASSAGES.map(
    (row) =>
      `<tr data-verdict="${row.verdict}"><th scope="row">${escaped(row.passage)}</th>${howItIs(row)}</tr>`,
  );
  return table('recap-passages', PASSAGES_TITLE, [READ, HOW, CHAPTER], told);
}

interface Told {
  readonly verdict: Outcome;
  readonly says: string;
  readonly chapters: readonly string[];
}

const howItIs = ({ verdict, says, chapters }: Told): string =>
  cell(HOW, `<strong>${OUTCOME_WORDS[verdict]}.</strong> ${escaped(says)}`) +
  cell(CHAPTER, chapterLinks(chapters));

const cell = (column: string, html: string): string => `<td data-column="${column}">${html}</td>`;

function table(
  id: string,
  title: string,
  columns: readonly string[],
  rows: readonly string[],
): string {
  const heads = columns.map((column) => `<th scope="col">${column}</th>`).join('');
  return `<table id="${id}">
<caption>${escaped(title)}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}
