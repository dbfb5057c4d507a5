import { isTerm, type TermKey } from '../../stories/glossary.ts';
import { type Piece, piecesOf } from '../../stories/prose.ts';
import { usePage } from '../hooks/page.ts';
import { Glyph } from '../kit/glyph.tsx';
import { Term } from '../kit/term.tsx';
import { markOf } from './marks.ts';
import styles from './story.module.css';

interface ProseProps {
  readonly text: string;
  /** What the run told, for {names} in the text. */
  readonly figures?: ReadonlyMap<string, string>;
}

const NOTHING_TOLD: ReadonlyMap<string, string> = new Map();

/** A text of the story: its words of the glossary explain themselves and point at the stage, its figures are the run's. */
export function Prose({ text, figures = NOTHING_TOLD }: ProseProps) {
  return piecesOf(text).map((piece, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text keep their order.
    <PieceOfProse key={i} piece={piece} figures={figures} />
  ));
}

function PieceOfProse({
  piece,
  figures,
}: { readonly piece: Piece } & Required<Pick<ProseProps, 'figures'>>) {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'figure') {
    return <span className={styles['figure']}>{figures.get(piece.name) ?? '…'}</span>;
  }
  return isTerm(piece.term) ? <Word term={piece.term} text={piece.text} /> : piece.text;
}

/** A word with its mark; pointed at, what it means is pointed out on the stage as well. */
function Word({ term, text }: { readonly term: TermKey; readonly text: string }) {
  const { store } = usePage();
  const { glyph, kinds } = markOf(term);
  const { point } = store.getState();
  return (
    <span
      className={styles['word']}
      onPointerEnter={() => kinds.length > 0 && point(kinds)}
      onPointerLeave={() => kinds.length > 0 && point([])}
      onFocus={() => kinds.length > 0 && point(kinds)}
      onBlur={() => kinds.length > 0 && point([])}
    >
      {glyph ? <Glyph name={glyph} /> : null}
      <Term name={term}>{text}</Term>
    </span>
  );
}
