import type { TermKey } from '../../stories/glossary.ts';

interface Mark {
  /** The mark of the stage that the word stands for. */
  readonly glyph: string | null;
  /** Kinds of things on the stage, as the page selects them. */
  readonly kinds: readonly string[];
}

const NONE: Mark = { glyph: null, kinds: [] };

const MARKS: Partial<Readonly<Record<TermKey, Mark>>> = {
  LSN: { glyph: 'redo', kinds: [] },
  MTR: { glyph: 'redo', kinds: [] },
  acknowledgement: { glyph: 'ack', kinds: [] },
  'commit record': { glyph: 'redo', kinds: [] },
  VDL: { glyph: 'durable', kinds: [] },
  PGCL: { glyph: 'durable', kinds: [] },
  gossip: { glyph: 'gossip', kinds: [] },
  page: { glyph: 'page', kinds: [] },
  hydration: { glyph: 'hydration', kinds: [] },
  backup: { glyph: 'backup', kinds: [] },
  PG: { glyph: null, kinds: ['segment'] },
  segment: { glyph: null, kinds: ['segment'] },
  node: { glyph: null, kinds: ['node'] },
  AZ: { glyph: null, kinds: ['zone'] },
  writer: { glyph: null, kinds: ['instance:W'] },
};

/** How a word of the glossary is marked in the text and pointed out on the stage. */
export const markOf = (term: TermKey): Mark => MARKS[term] ?? NONE;
