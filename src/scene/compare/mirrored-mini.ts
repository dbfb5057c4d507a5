import type { BaselineView } from '../../baseline/view.ts';
import type { Rect } from '../display.ts';
import { rect } from '../geometry.ts';
import { drawGlyph, tint } from '../glyphs.ts';
import { placeLabels } from '../labels.ts';
import type { Pen } from '../pen.ts';
import { drawZones, nameArea, type Zones, zonesIn } from './bands.ts';
import { BLOCKS, drawBlock, labelInk, trailOf } from './blocks.ts';
import { drawMachine, type Machine } from './machine.ts';
import type { CompareLook, Plan } from './plan.ts';
import { drawPassing, type Passing } from './ways.ts';

type Instance = BaselineView['instances'][number];
type Volume = BaselineView['volumes'][number];

/** Primary and standby, each with its volume and that volume's mirror, in two zones. */
export function drawMirrored(ground: Pen, pen: Pen, plan: Plan): readonly Machine[] {
  const { clusters, moment, look } = plan;
  const { mysql: view, behindUs } = moment;
  const area = clusters.mysql;
  const { ink } = pen;
  const zones = zonesIn(area, ['A', 'B']);
  const took = pen.text('mysql title', 'Mirrored MySQL', area.x, area.y + 17, {
    ...{ face: 'title', fill: ink.text },
  });
  const what = behindUs === null ? 'over EBS' : 'being computed…';
  pen.text('mysql what', what, area.x + took + 8, area.y + 17, {
    ...{ face: 'caption', fill: behindUs === null ? ink.faint : ink.warnText },
    room: area.w - took - 8,
  });
  drawZones(ground, 'mysql', zones, view ? downIn(view) : []);
  if (!view) return [];
  const machines = [
    ...view.instances.flatMap((instance) => instanceOf(zones, look, instance)),
    ...view.volumes.flatMap((volume) => volumeOf(zones, look, volume)),
  ];
  const boxes = new Map(machines.map(({ id, box }) => [id, box]));
  pen.for('mysql', behindUs === null ? 1 : 0.45, () => {
    for (const machine of machines) drawMachine(pen, machine);
    // Behind the cluster, nothing that flies here flies now.
    if (behindUs === null) drawBlocks(pen, plan, view, boxes, zones);
  });
  return machines;
}

/** A zone is gone when everything in it is. */
function downIn({ instances, volumes }: BaselineView): readonly string[] {
  return instances
    .filter(
      ({ zone, state }) =>
        state === 'down' &&
        volumes.every((volume) => volume.zone !== zone || volume.state === 'down'),
    )
    .map(({ zone }) => zone);
}

function instanceOf(zones: Zones, look: CompareLook, instance: Instance): readonly Machine[] {
  const places = zones.get(instance.zone);
  if (!places) return [];
  const active = instance.role === 'active';
  return [
    {
      id: instance.id,
      box: places.top,
      name: active ? 'Primary' : 'Standby',
      more: wordOf(instance),
      state: stateOf(instance),
      strong: active,
      selected: look.twin === instance.id,
    },
  ];
}

function wordOf({ role, state, recovery, waitingCommits, group, dirtyPages }: Instance): string {
  if (recovery) return `replays ${recovery.applied} of ${recovery.records}`;
  if (state === 'open') {
    const waiting = waitingCommits + (group?.commits ?? 0);
    return waiting > 0 ? `${waiting} waiting` : `${dirtyPages} dirty pages`;
  }
  return role === 'standby' && state === 'standing by' ? 'in step' : state;
}

function stateOf({ state }: Instance): Machine['state'] {
  if (state === 'down') return 'down';
  return state === 'open' || state === 'standing by' ? 'up' : 'busy';
}

function volumeOf(zones: Zones, look: CompareLook, volume: Volume): readonly Machine[] {
  const box = zones.get(volume.zone)?.bottom[volume.kind === 'volume' ? 0 : 1];
  if (!box) return [];
  return [
    {
      id: volume.id,
      box,
      name: volume.kind === 'volume' ? 'EBS' : 'Mirror',
      more: volumeWord(volume),
      state: volume.state,
      strong: false,
      selected: look.twin === volume.id,
    },
  ];
}

function volumeWord({ state, queue, lastLsn }: Volume): string {
  if (state === 'down') return 'down';
  if (state === 'slow') return 'slow ×10';
  return queue > 0 ? `${queue} queued` : `to ${lastLsn}`;
}

/** Where labels may stand: between the title and the key. */
function airOf(zones: Zones, { x, w }: Rect): Rect {
  const band = zones.get('A')?.band;
  return rect(x, band?.y ?? 0, w, band?.h ?? 0);
}

function drawBlocks(
  pen: Pen,
  { look, clusters }: Plan,
  view: BaselineView,
  boxes: ReadonlyMap<string, Rect>,
  zones: Zones,
): void {
  const passing = view.flights.flatMap((flight) => passingOf(pen, flight, boxes));
  const wishes = drawPassing(pen, passing, look.nowUs);
  for (const { wish, x, y } of placeLabels(
    wishes,
    airOf(zones, clusters.mysql),
    [...boxes.values(), ...[...zones.values()].map(nameArea)],
    pen.measure,
  ))
    pen.text(`label ${wish.id}`, wish.text, x, y, { face: 'figure', fill: wish.fill });
}

function passingOf(
  pen: Pen,
  { id, from, to, sentUs, dueUs, type, block }: BaselineView['flights'][number],
  boxes: ReadonlyMap<string, Rect>,
): readonly Passing[] {
  const [start, end] = [boxes.get(from), boxes.get(to)];
  if (!start || !end || type === 'HEARTBEAT') return [];
  const common = { id: `mysql ${id}`, from: start, to: end, sentUs, dueUs, reach: 1 };
  if (block !== null) {
    const trail = trailOf(pen, block);
    const text = BLOCKS[block].name;
    const label = { text, fill: labelInk(pen, block) };
    const draw = (x: number, y: number): void => drawBlock(pen, block, x, y);
    return [{ ...common, answers: false, trail, label, draw }];
  }
  const reads = type === 'READ_VOLUME';
  const kind = reads ? 'page-request' : 'ack';
  const { fill, text } = tint(pen.ink, reads ? 'page' : 'ack');
  const label = reads ? { text: 'read', fill: text } : null;
  const draw = (x: number, y: number): void => drawGlyph(pen, kind, x, y);
  return [{ ...common, answers: kind === 'ack', trail: fill, label, draw }];
}
