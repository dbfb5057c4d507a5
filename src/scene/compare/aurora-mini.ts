import type { FlightView, InstanceView, SegmentView, ZoneView } from '../../protocol/view.ts';
import type { Rect } from '../display.ts';
import { drawGlyph, drawLoss, glyphs, tint } from '../glyphs.ts';
import { outlinePath, sectorPath } from '../hexagon.ts';
import type { Pen } from '../pen.ts';
import { drawZones, type Zones, zonesIn } from './bands.ts';
import { drawMachine, type Machine } from './machine.ts';
import type { Plan } from './plan.ts';
import { drawPassing, type Passing } from './ways.ts';

const SHOWN: readonly FlightView['kind'][] = [
  ...(['redo', 'ack', 'stream', 'page-request', 'page', 'gossip', 'gossip-fill'] as const),
  ...(['recovery', 'recovery-answer', 'hydration'] as const),
];
const ANSWERS: readonly FlightView['kind'][] = ['ack', 'page', 'recovery-answer', 'gossip-fill'];

/** Writer, replicas and the six copies of one group, each in its zone. */
export function drawAurora(ground: Pen, pen: Pen, plan: Plan): readonly Machine[] {
  const { moment, group, clusters } = plan;
  const { aurora: view } = moment;
  const zones = zonesIn(clusters.aurora, ['A', 'B', 'C']);
  drawZones(ground, 'aurora', zones, downIn(view.zones));
  drawTitle(pen, plan, clusters.aurora);
  const machines = [
    ...instancesOf(plan, zones),
    ...(group?.segments ?? []).flatMap((segment) => copyOf(plan, zones, segment)),
  ];
  for (const machine of machines) drawMachine(pen, machine);
  const boxes = new Map(machines.map(({ id, box }) => [id, box]));
  drawPassing(pen, passingOf(pen, plan, boxes), plan.look.nowUs);
  return machines;
}

const downIn = (zones: readonly ZoneView[]): readonly string[] =>
  zones.filter(({ state }) => state === 'down').map(({ az }) => az);

/** The group's hexagon: one sector for each copy that has acknowledged the record at hand. */
function drawTitle(pen: Pen, { group }: Plan, { x, y, w }: Rect): void {
  const { ink } = pen;
  const took = pen.text('aurora title', 'Aurora', x, y + 17, { face: 'title', fill: ink.text });
  const pg = group ? `PG ${group.id}` : '';
  pen.text('aurora what', pg, x + took + 8, y + 17, { face: 'caption', fill: ink.faint });
  const meter = group?.meter;
  if (!meter) return;
  const shape = { r: 9, hole: 0, gap: 1, pairGap: 1.6 };
  const [cx, cy] = [x + w - 11, y + 11];
  for (const { slot, state } of meter.slots)
    pen.path(`sector ${slot}`, 'sector', sectorPath(slot, shape), [cx, cy, 1], {
      ...(state === 'acked'
        ? { fill: ink.ack }
        : { fill: ink.stage, stroke: state === 'down' ? ink.failStroke : ink.ghost, width: 0.75 }),
    });
  if (meter.durable)
    pen.path('sealed', 'seal', outlinePath(11), [cx, cy, 1], { stroke: ink.ackStroke, width: 1.5 });
  const count = `${meter.acked} of ${meter.slots.length} acks`;
  pen.text('meter', count, cx - 16, y + 16, { face: 'caption', fill: ink.muted, align: 'right' });
}

const isSelected = ({ look }: Plan, id: string): boolean =>
  (look.selected?.id === id && ['node', 'instance'].includes(look.selected.kind)) ||
  (look.hovered?.id === id && ['node', 'instance'].includes(look.hovered.kind));

function instancesOf(plan: Plan, zones: Zones): readonly Machine[] {
  const taken = new Set<string>();
  const order = plan.moment.aurora.instances.toSorted((a, b) => rankOf(a) - rankOf(b));
  return order.flatMap((instance) => {
    const zone = zones.get(instance.az);
    if (!zone || taken.has(instance.az)) return [];
    taken.add(instance.az);
    const writes = instance.role === 'writer';
    return [
      {
        id: instance.id,
        box: zone.top,
        name: writes ? 'Writer' : instance.id,
        more: wordOf(instance, plan.moment.aurora.volume.vdl),
        state: stateOf(instance),
        strong: writes,
        selected: isSelected(plan, instance.id),
      },
    ];
  });
}

/** One instance of a zone is shown: whoever writes, then whoever is up. */
const rankOf = ({ role, state }: InstanceView): number =>
  role === 'writer' ? 0 : state === 'open' ? 1 : 2;

function wordOf({ role, state, waitingCommits, readPoint }: InstanceView, vdl: number): string {
  if (state !== 'open') return state;
  if (role !== 'writer') return `reads at ${readPoint}`;
  const { length } = waitingCommits;
  return length > 0 ? `${length} waiting` : `durable to ${vdl}`;
}

const stateOf = ({ state }: InstanceView): Machine['state'] =>
  state === 'open' ? 'up' : state === 'down' ? 'down' : 'busy';

function copyOf(plan: Plan, zones: Zones, segment: SegmentView): readonly Machine[] {
  const box = zones.get(segment.az)?.bottom['abcdef'.indexOf(segment.slot) % 2];
  const host = plan.moment.aurora.hosts.find(({ id }) => id === segment.host);
  if (!box || !host || segment.state === 'retired') return [];
  const down = segment.state === 'down' || host.state !== 'up';
  return [
    {
      id: segment.host,
      box,
      name: segment.host,
      more: down ? 'down' : host.slow ? 'slow ×10' : `to ${segment.scl}`,
      state: down ? 'down' : host.slow ? 'slow' : 'up',
      strong: false,
      selected: isSelected(plan, segment.host),
    },
  ];
}

function passingOf(
  pen: Pen,
  { moment, group, look }: Plan,
  boxes: ReadonlyMap<string, Rect>,
): readonly Passing[] {
  return moment.aurora.flights.flatMap((flight) => {
    const from = boxes.get(flight.fromHost);
    const to = boxes.get(flight.toHost);
    const here = flight.group === null || flight.group === group?.id;
    if (!from || !to || from === to || !here || !SHOWN.includes(flight.kind)) return [];
    return [
      {
        ...{ id: `aurora ${flight.id}`, from, to, sentUs: flight.sentUs, dueUs: flight.dueUs },
        ...{ answers: ANSWERS.includes(flight.kind), label: null },
        reach: flight.lost === null ? 1 : flight.reach,
        trail: tint(pen.ink, glyphs[flight.kind].colour).fill,
        draw: (x: number, y: number) => {
          drawGlyph(pen, flight.kind, x, y);
          if (flight.lost !== null && look.nowUs > (flight.sentUs + flight.dueUs) / 2)
            drawLoss(pen, x, y, 1);
        },
      },
    ];
  });
}
