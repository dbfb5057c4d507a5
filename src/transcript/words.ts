import type { ClusterView } from '../protocol/view.ts';
import { escaped } from '../render/escaped.ts';
import { plural } from '../scene/words.ts';
import { copiesText, whatIsDown } from '../store/cluster-words.ts';
import { isTerm, type TermKey } from '../stories/glossary.ts';
import { type Piece, piecesOf } from '../stories/prose.ts';

const NO_FIGURES: ReadonlyMap<string, string> = new Map();

/** A text of the story as markup: its words of the glossary lead there, its figures are the run's. */
export const prose = (text: string, figures = NO_FIGURES): string =>
  piecesOf(text)
    .map((piece) => pieceHtml(piece, figures))
    .join('');

function pieceHtml(piece: Piece, figures: ReadonlyMap<string, string>): string {
  if (piece.kind === 'text') return escaped(piece.text);
  if (piece.kind === 'term') {
    const words = escaped(piece.text);
    return isTerm(piece.term)
      ? `<a class="word" href="#${anchorOf(piece.term)}">${words}</a>`
      : words;
  }
  const told = figures.get(piece.name);
  if (told === undefined) throw new Error(`No run told the figure {${piece.name}}.`);
  return `<b class="told">${escaped(told)}</b>`;
}

/** Where the glossary tells of a word. */
export const anchorOf = (term: TermKey): string =>
  `word-${term.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** A list in a sentence: `a, b and c`. */
const listed = new Intl.ListFormat('en-GB');

/** What a moment looks like, for whoever does not see its picture. */
export function seenIn(view: ClusterView): string {
  const { groups, volume, flights, instances } = view;
  const thin = groups.filter(({ healthy, copies }) => healthy < copies).map(copiesText);
  const down = whatIsDown(view);
  const waiting = instances.reduce((sum, { waitingCommits }) => sum + waitingCommits.length, 0);
  const { vdl, allocated } = volume;
  return [
    down.length > 0 ? `Down: ${listed.format(down)}.` : 'Everything is up.',
    thin.length > 0 ? `${listed.format(thin)}.` : 'Every group has all its copies.',
    `Durable up to record ${vdl}; the newest record is ${allocated}.`,
    `${plural(waiting, 'commit waits', 'commits wait')} to be answered.`,
    `${plural(flights.length, 'message')} on the way.`,
  ].join(' ');
}
