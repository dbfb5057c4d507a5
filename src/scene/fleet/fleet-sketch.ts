import type { Fleet } from '../../history/fleet.ts';
import type { Measure } from '../display.ts';
import { Pen } from '../pen.ts';
import type { Sketch, Spot } from '../sketch.ts';
import { cellUnder } from './comb.ts';
import { drawHexagons } from './hexagons.ts';
import { drawMarks } from './marks.ts';
import { drawMatrix, matrixSpot } from './matrix.ts';
import { type FleetCursor, type FleetLook, type FleetPlan, planFor, type Room } from './plan.ts';
import { NAMED, sectorTowards } from './shapes.ts';
import { drawTexture } from './texture.ts';
import { copyWords, groupWords } from './words.ts';

export interface FleetSketch extends Sketch {
  readonly plan: FleetPlan;
  /** Which group, and which of its places, stands there. */
  pointAt(px: number, py: number): FleetCursor | null;
}

/** The fleet as a honeycomb, as fine as the room allows, or as a matrix of nodes and groups. */
export function fleetSketch(
  fleet: Fleet,
  look: FleetLook,
  room: Room,
  measure: Measure,
): FleetSketch {
  const plan = planFor(fleet, look, room);
  const pen = new Pen(plan.ink, measure);
  const front = new Pen(plan.ink, measure);
  const asMatrix = look.form === 'matrix';
  if (asMatrix) drawMatrix(pen, plan);
  else if (plan.detail === 'texture') drawTexture(pen, plan);
  else drawHexagons(pen, plan);
  if (!asMatrix) drawMarks(front, plan);
  const pointAt = (px: number, py: number): FleetCursor | null =>
    asMatrix ? matrixSpot(plan, px, py) : combPoint(plan, px, py);
  const at = (px: number, py: number): Spot | null => {
    const cursor = pointAt(px, py);
    return cursor && spotOf(plan, cursor, px, py);
  };
  const scene = {
    width: room.widthPx,
    height: room.heightPx,
    background: plan.ink.stage,
    ground: [],
    actors: pen.items,
    front: front.items,
  };
  return { scene, spots: [], plan, pointAt, at };
}

function combPoint({ comb, detail }: FleetPlan, px: number, py: number): FleetCursor | null {
  const cell = cellUnder(comb, px, py);
  if (cell === null) return null;
  const [dx, dy] = [px - cell.x, py - cell.y];
  const inHole = dx * dx + dy * dy < (comb.r * NAMED.hole * 0.85) ** 2;
  const place = detail === 'texture' || inHole ? null : sectorTowards(dx, dy);
  return { group: cell.at, place };
}

/** What is told and selected by a place of the picture. */
function spotOf(plan: FleetPlan, at: FleetCursor, px: number, py: number): Spot {
  const { fleet } = plan;
  const copy = at.place === null ? null : fleet.copy(at.group, at.place);
  return {
    id: `${at.group}/${at.place ?? ''}`,
    name: copy ? copyWords(fleet, at.group, copy) : groupWords(fleet, at.group),
    stands: standsFor(fleet, at),
    ...{ x: px, y: py, w: 1, h: 1 },
  };
}

/** The group and place that a spot of the fleet is for, by its id. */
export function cursorOf(id: string): FleetCursor {
  const [group = '', place = ''] = id.split('/');
  return { group: Number(group), place: place === '' ? null : Number(place) };
}

/** What the run knows by that name; null for what is laid out by rule. */
export function standsFor(fleet: Fleet, { group, place }: FleetCursor): Spot['stands'] {
  const live = fleet.detail(group);
  if (live === null) return null;
  const slot = place === null ? null : (fleet.copy(group, place)?.slot ?? null);
  const held = live.places.find((each) => each.slot === slot);
  return held ? { kind: 'segment', id: held.segment } : { kind: 'group', id: String(group) };
}
