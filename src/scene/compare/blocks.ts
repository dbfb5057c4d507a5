import type { BlockKind } from '../../baseline/blocks.ts';
import { rect } from '../geometry.ts';
import { drawGlyph, tint } from '../glyphs.ts';
import type { Pen } from '../pen.ts';

/** What mirrored MySQL writes, told apart by shape and by name. */
type BlockShape = 'log' | 'binlog' | 'page' | 'double-write' | 'metadata';

interface Block {
  readonly shape: BlockShape;
  readonly name: string;
}

/** What each kind of block is drawn as and called. */
export const BLOCKS: Readonly<Record<BlockKind, Block>> = {
  redo: { shape: 'log', name: 'log' },
  binlog: { shape: 'binlog', name: 'binlog' },
  page: { shape: 'page', name: 'page' },
  'double-write': { shape: 'double-write', name: 'double-write' },
  metadata: { shape: 'metadata', name: 'metadata' },
  checkpoint: { shape: 'metadata', name: 'checkpoint' },
  erase: { shape: 'metadata', name: 'erase' },
  copy: { shape: 'double-write', name: 'whole copy' },
};

/** The five kinds, as the key names them. */
export const KEY: readonly BlockKind[] = ['redo', 'binlog', 'page', 'double-write', 'metadata'];

/** Draws a block centred on a point. */
export function drawBlock(pen: Pen, kind: BlockKind, x: number, y: number): void {
  const { ink } = pen;
  const redo = tint(ink, 'redo');
  switch (BLOCKS[kind].shape) {
    case 'log':
      drawGlyph(pen, 'redo', x, y);
      return;
    case 'binlog':
      // Log a second time: the same square, hollow and barred.
      pen.rect('glyph', 'flight', rect(x - 4.5, y - 4.5, 9, 9), 1.5, {
        ...{ fill: ink.stage, stroke: redo.stroke, width: 1.5 },
      });
      pen.lines(
        'bars',
        'mark',
        [x - 2.5, y - 1.5, x + 2.5, y - 1.5, x - 2.5, y + 1.5, x + 2.5, y + 1.5],
        {
          ...{ stroke: redo.stroke, width: 1.25 },
        },
      );
      return;
    case 'page':
      drawGlyph(pen, 'page', x, y);
      return;
    case 'double-write':
      drawGlyph(pen, 'hydration', x, y);
      return;
    case 'metadata':
      pen.poly(
        'glyph',
        'flight',
        [x, y - 5.5, x + 5, y + 4, x - 5, y + 4],
        {
          ...{ fill: ink.stage, stroke: ink.muted, width: 1.5 },
        },
        true,
      );
  }
}

type Family = 'redo' | 'page' | 'plain';

function familyOf(kind: BlockKind): Family {
  const { shape } = BLOCKS[kind];
  if (shape === 'metadata') return 'plain';
  return shape === 'log' || shape === 'binlog' ? 'redo' : 'page';
}

/** The colour of a block's trail. */
export const trailOf = ({ ink }: Pen, kind: BlockKind): string => tint(ink, familyOf(kind)).fill;
/** The colour of a block's name. */
export const labelInk = ({ ink }: Pen, kind: BlockKind): string => tint(ink, familyOf(kind)).text;
