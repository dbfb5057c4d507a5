import type { BlockKind } from '../../baseline/blocks.ts';
import type { Measure, Rect } from '../display.ts';
import { drawGlyph } from '../glyphs.ts';
import { Pen } from '../pen.ts';
import { shades } from '../shades.ts';
import type { Sketch, Spot } from '../sketch.ts';
import { drawAurora } from './aurora-mini.ts';
import { keyY } from './bands.ts';
import { BLOCKS, drawBlock, KEY } from './blocks.ts';
import { drawFalls, spotsOf } from './falls.ts';
import type { Machine } from './machine.ts';
import { drawMirrored } from './mirrored-mini.ts';
import { type CompareLook, type Moment, type Plan, planOf } from './plan.ts';

/** The comparison as it was drawn, with the plan it was drawn by. */
export interface Comparison extends Sketch {
  readonly plan: Plan;
}

/** Two clusters at one moment, and one transaction's wait on each. */
export function comparisonOf(
  moment: Moment,
  look: CompareLook,
  room: { readonly widthPx: number; readonly heightPx: number },
  measure: Measure,
): Comparison {
  const ink = shades(look.theme);
  const plan = planOf(moment, look, room);
  const ground = new Pen(ink, measure);
  const pen = new Pen(ink, measure);
  const aurora = drawAurora(ground, pen, plan);
  const mysql = drawMirrored(ground, pen, plan);
  drawKeys(ground, plan);
  drawFalls(ground, pen, plan);
  const { widthPx: width, heightPx: height } = room;
  const txn = moment.shown?.txn ?? null;
  return {
    plan,
    scene: {
      ...{ width, height, background: ink.stage, ground: ground.items, actors: pen.items },
      front: [],
    },
    spots: [
      ...aurora.map((machine) => auroraSpot(machine)),
      ...mysql.map((machine) => mirroredSpot(machine)),
      ...spotsOf(plan, 'aurora', moment.shown?.aurora ?? null, txn),
      ...spotsOf(plan, 'mysql', moment.shown?.mysql ?? null, txn),
    ],
  };
}

function auroraSpot({ id, box, name, more }: Machine): Spot {
  const kind = /^[WR]\d*$/.test(id) ? 'instance' : 'node';
  return { id: `aurora ${id}`, name: `Aurora, ${name}: ${more}`, stands: { kind, id }, ...box };
}

const zoneOf = (id: string): string => `zone ${id.slice(-1)}`;

const mirroredSpot = ({ id, box, name, more }: Machine): Spot => ({
  id: `mysql ${id}`,
  name: `MySQL, ${name} in ${zoneOf(id)}: ${more}`,
  stands: null,
  ...box,
});

type Entry = readonly [name: string, draw: (x: number, y: number) => void];

/** What the shapes mean, below each cluster. */
function drawKeys(pen: Pen, { clusters, narrow, widthPx }: Plan): void {
  const block = (kind: BlockKind): Entry => [
    BLOCKS[kind].name,
    (x, y) => pen.for(`key ${kind}`, 1, () => drawBlock(pen, kind, x, y)),
  ];
  const flight = (name: string, kind: 'redo' | 'ack' | 'stream'): Entry => [
    name,
    (x, y) => pen.for(`key aurora ${kind}`, 1, () => drawGlyph(pen, kind, x, y)),
  ];
  const log = flight('log', 'redo');
  const others = [flight('ack', 'ack'), flight('log to replicas', 'stream')];
  if (narrow) {
    drawKey(pen, clusters.aurora, [log, ...others]);
    drawKey(pen, clusters.mysql, KEY.map(block));
    return;
  }
  // One key for both, as long as there is one line for it.
  const w = widthPx - 2 * clusters.aurora.x;
  drawKey(pen, { ...clusters.aurora, w }, [...KEY.map(block), ...others]);
}

const APART_PX = 12;

function drawKey(pen: Pen, area: Rect, entries: readonly Entry[]): void {
  const y = keyY(area);
  let x = area.x + 6;
  for (const [name, draw] of entries) {
    draw(x, y);
    x += 11;
    x += pen.text(`key ${area.x} ${area.y} ${name}`, name, x, y + 4, {
      ...{ face: 'caption', fill: pen.ink.muted, room: area.x + area.w - x },
    });
    x += APART_PX + 4;
  }
}
