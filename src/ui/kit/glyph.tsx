import styles from './glyph.module.css';

/** Drawn as on the stage: form first, colour second. Sixteen units a side. */
const SHAPES: Readonly<Record<string, { readonly d: string; readonly look: string }>> = {
  redo: { d: 'M3 3h10v10H3z', look: 'redo' },
  undo: { d: 'M1.5 8L7 3h7v10H7z', look: 'redo' },
  stream: { d: 'M3.5 3.5h9v9h-9z', look: 'stream' },
  ack: { d: 'M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10z', look: 'ack' },
  durable: { d: 'M8 1.5l5.6 3.25v6.5L8 14.5l-5.6-3.25v-6.5z', look: 'durable' },
  'page-request': { d: 'M3 3l10 5-10 5z', look: 'page-request' },
  page: { d: 'M4 2h5l3 3v9H4zM9 2v3h3', look: 'page' },
  gossip: { d: 'M8 2l6 6-6 6-6-6z', look: 'gossip' },
  recovery: { d: 'M8 2l5.2 3v6L8 14l-5.2-3V5z', look: 'open' },
  'recovery-answer': { d: 'M8 2l5.2 3v6L8 14l-5.2-3V5z', look: 'durable' },
  hydration: { d: 'M2.5 5.5h8v8h-8zM5.5 5V2.5h8v8H11', look: 'page' },
  backup: { d: 'M2.5 5.5h8v8h-8zM5.5 5V2.5h8v8H11', look: 'open' },
  heartbeat: { d: 'M8 6.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3z', look: 'open' },
  order: { d: 'M4 3l6 5-6 5', look: 'open' },
  refused: { d: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM4.8 8h6.4', look: 'fail-thin' },
  cancelled: { d: 'M1.5 4.5h13v7h-13zM3 11.5l4-7M7 11.5l4-7M11 11.5l3.5-6', look: 'fail-thin' },
  joining: { d: 'M2.5 4.5h11v7h-11z', look: 'joining' },
  suspected: { d: 'M2.5 4.5h11v7h-11z', look: 'suspected' },
  damaged: { d: 'M1.5 10l2.6-4 2.6 4 2.6-4 2.6 4 2.6-4', look: 'fail-thin' },
  fail: { d: 'M3.5 3.5l9 9M12.5 3.5l-9 9', look: 'fail' },
};

/** The path of a mark, and the look it has on the page; null where nothing is called that. */
export const shapeOf = (name: string): { readonly d: string; readonly look: string } | null =>
  SHAPES[name] ?? null;

export const isDrawn = (name: string): boolean => name in SHAPES;

/** A mark of the stage. Words beside it say the same, so it is never read out. */
export function Glyph({ name }: { readonly name: string }) {
  const shape = SHAPES[name];
  if (!shape) return null;
  return (
    <svg className={styles['glyph']} viewBox="0 0 16 16" aria-hidden="true">
      <path className={styles[shape.look]} d={shape.d} />
    </svg>
  );
}
