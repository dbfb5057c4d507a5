/** A piece of a sentence: plain words, a word of the glossary, or something the run tells. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'term'; readonly text: string; readonly term: string }
  | { readonly kind: 'figure'; readonly name: string };

const MARK = /\[\[([^\]|]+)(?:\|([^\]]+))?\]\]|\{([a-zA-Z]+)\}/g;

/** The pieces of a text in which [[word]] or [[words|term]] are of the glossary and {name} is a figure. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const [whole, words, term, name] = match;
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
    if (name !== undefined) pieces.push({ kind: 'figure', name });
    else if (words !== undefined) pieces.push({ kind: 'term', text: words, term: term ?? words });
    end = match.index + whole.length;
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
  return pieces;
}

/** The text as it is read, with figures in place; `…` where the run has not told one yet. */
export const plainText = (text: string, figures: ReadonlyMap<string, string>): string =>
  piecesOf(text)
    .map((piece) => (piece.kind === 'figure' ? (figures.get(piece.name) ?? '…') : piece.text))
    .join('');

/** How many words somebody reads. */
export const wordCount = (text: string): number =>
  plainText(text, new Map()).split(/\s+/).filter(Boolean).length;
