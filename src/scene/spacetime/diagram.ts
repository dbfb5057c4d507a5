import type { ClusterView } from '../../protocol/view.ts';
import type { Measure, Scene } from '../display.ts';
import { Pen } from '../pen.ts';
import type { Sketch } from '../sketch.ts';
import { drawCursor } from './cursor.ts';
import { drawFrame } from './frame.ts';
import { drawHead } from './head.ts';
import { spotsOf, thingAt } from './hit.ts';
import { drawLabels } from './labels.ts';
import { drawMessages } from './lines.ts';
import { drawMarks, type Pill } from './marks.ts';
import { drawOpened, pillAt } from './opened.ts';
import { type Plan, planOf, type Room, type SpacetimeLook, type Telling } from './plan.ts';
import { drawWaits } from './waits.ts';

export interface Diagram extends Sketch {
  readonly plan: Plan;
  readonly pills: readonly Pill[];
}

/** A run as a space-time diagram: who across, when down, every message a slanted line. */
export function diagramOf(
  view: ClusterView,
  telling: Telling,
  look: SpacetimeLook,
  room: Room,
  measure: Measure,
): Diagram {
  const plan = planOf(view, telling, look, room);
  const { ink } = plan;
  const [ground, actors, front] = [
    new Pen(ink, measure),
    new Pen(ink, measure),
    new Pen(ink, measure),
  ];
  drawFrame(ground, plan);
  drawWaits(actors, plan);
  drawMessages(actors, plan);
  const pills = drawMarks(actors, plan);
  drawLabels(
    actors,
    plan,
    pills.map(({ box }) => box),
  );
  drawOpened(front, plan, pills);
  drawCursor(front, plan);
  drawHead(front, plan);
  const scene: Scene = {
    width: room.widthPx,
    height: room.heightPx,
    background: ink.stage,
    ground: ground.items,
    actors: actors.items,
    front: front.items,
  };
  const at = (px: number, py: number) => pillAt(plan, pills, px, py) ?? thingAt(plan, px, py);
  return { scene, plan, pills, spots: spotsOf(plan), at };
}
