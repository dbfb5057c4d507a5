import type { ClusterView, GroupView, InstanceView } from '../protocol/view.ts';
import { drawCache } from './cache-slots.ts';
import { type ConsoleParts, consoleParts } from './console-parts.ts';
import { bottom, centre, inset, rect, right } from './geometry.ts';
import { drawIcon } from './icons.ts';
import type { ConsolePlace, StackPlace } from './layout-types.ts';
import { drawMeter } from './meter.ts';
import type { Pen } from './pen.ts';
import { drawVolumeRuler } from './volume-ruler.ts';
import { spanText } from './words.ts';

function drawFrame(pen: Pen, place: ConsolePlace, down: boolean): void {
  const { ink } = pen;
  const box = inset(place.rect, 0.5);
  if (down) {
    pen.rect('body', 'frame', box, 7, { fill: ink.bandDown });
    pen.hatch('hatch', box, 7, ink.failStroke, 0.2);
    pen.rect('frame', 'state', inset(place.rect, 1), 7, {
      stroke: ink.failStroke,
      width: 2,
      dash: [6, 4],
    });
    return;
  }
  pen.rect('body', 'frame', box, 7, { fill: ink.console });
  pen.rect('frame', 'frame', place.writer ? inset(place.rect, 1) : box, 7, {
    stroke: place.writer ? ink.muted : ink.lineStrong,
    width: place.writer ? 2 : 1,
  });
}

/** The sockets below: six at the writer, one for each slot, so that no two ways begin alike. */
function drawPorts(pen: Pen, place: ConsolePlace): void {
  const { ink } = pen;
  place.ports.forEach(({ x, y }, k) => {
    const box = rect(x - 3, y - 2, 6, 4);
    pen.rect(`port-${k}`, 'port', box, 1.5, { fill: ink.stage, stroke: ink.lineStrong, width: 1 });
  });
}

function drawName(
  pen: Pen,
  place: ConsolePlace,
  instance: InstanceView,
  parts: ConsoleParts,
): void {
  const { ink } = pen;
  const { id, role, state } = instance;
  const full = place.detail === 3;
  const room = (place.power ? place.power.x : right(place.rect) - 6) - parts.x;
  const title = role === 'writer' ? 'Writer' : place.rect.w < 150 ? id : `Replica ${id}`;
  const took = pen.text('name', title, parts.x, parts.name, {
    face: full ? 'title' : 'name',
    fill: state === 'down' ? ink.muted : ink.text,
    room,
  });
  const rest = parts.x + took + 6;
  if (state === 'down') {
    drawIcon(pen, 'cross', rest + 6, parts.name - 4.5, 12, ink.failText);
    const words = { face: 'caption', fill: ink.failText, room: room - took - 22 } as const;
    pen.text('state', 'down', rest + 15, parts.name, words);
  } else if (role === 'writer' && full) {
    pen.text('id', id, rest, parts.name, { face: 'dense', fill: ink.faint, role: 'detail' });
  }
  if (place.power) {
    const at = centre(place.power);
    drawIcon(pen, 'power', at.x, at.y, 15, state === 'down' ? ink.failText : ink.faint);
  }
}

/** A word and a number: the number in figures, the word small beside it. Both or neither. */
function drawReading(
  pen: Pen,
  name: string,
  word: string,
  value: string,
  at: readonly [x: number, y: number, room: number],
  fill: string,
): number {
  const [x, y, room] = at;
  const took = pen.text(name, value, x, y, { face: 'figure', fill, room });
  const left = room - took - 5;
  const wide = pen.text(`${name}-word`, word, x + took + 5, y, {
    face: 'caption',
    fill: pen.ink.faint,
    role: 'detail',
    room: left,
  });
  return took + 5 + wide;
}

function drawReadings(
  pen: Pen,
  view: ClusterView,
  instance: InstanceView,
  parts: ConsoleParts,
): void {
  const { ink } = pen;
  const { reading, second, x, w } = parts;
  if (reading === null) return;
  if (instance.role === 'writer') {
    drawReading(pen, 'vdl', 'durable', String(view.volume.vdl), [x, reading, w], ink.ackText);
    if (second !== null) {
      drawReading(
        pen,
        'next',
        'next',
        String(view.volume.allocated + 1),
        [x, second, w],
        ink.muted,
      );
    }
    return;
  }
  const took = drawReading(
    pen,
    'point',
    'read view',
    String(instance.readPoint),
    [x, reading, w],
    ink.text,
  );
  const lag = spanText(instance.lagUs);
  if (second !== null) drawReading(pen, 'lag', 'lag', lag, [x, second, w], ink.muted);
  else drawReading(pen, 'lag', 'lag', lag, [x + took + 12, reading, w - took - 12], ink.muted);
}

/** Commits waiting for durability: a pip each, and their number. */
function drawQueue(pen: Pen, instance: InstanceView, parts: ConsoleParts, used: number): void {
  const waiting = instance.waitingCommits.length;
  if (waiting === 0 || parts.cache === null) return;
  const { ink } = pen;
  pen.text('queue', `${waiting} waiting`, parts.x + parts.w, parts.name + 0, {
    face: 'caption',
    fill: ink.redoText,
    align: 'right',
    room: Math.max(0, parts.w - used),
  });
}

function drawInside(
  pen: Pen,
  place: ConsolePlace,
  instance: InstanceView,
  view: ClusterView,
): void {
  const { ink } = pen;
  const parts = consoleParts(place);
  drawName(pen, place, instance, parts);
  drawReadings(pen, view, instance, parts);
  if (parts.ruler) {
    const writer = instance.role === 'writer';
    drawVolumeRuler(pen, view.volume, parts.ruler, {
      point: writer ? view.volume.vdl : instance.readPoint,
      colour: writer ? ink.ack : ink.pageStroke,
      writer,
    });
  }
  if (parts.cache !== null) drawCache(pen, instance, parts.x, parts.cache, parts.w);
  drawQueue(pen, instance, parts, 120);
}

/** The group whose newest record the dial reads: the focused one, or the one written last. */
export function meteredGroup(view: ClusterView, focus: number | 'all'): GroupView | null {
  if (focus !== 'all') return view.groups[focus] ?? null;
  return view.groups.reduce<GroupView | null>(
    (newest, group) => (newest && newest.tail >= group.tail ? newest : group),
    null,
  );
}

function drawDial(pen: Pen, place: ConsolePlace, view: ClusterView, focus: number | 'all'): void {
  const group = meteredGroup(view, focus);
  if (!place.dial || !group) return;
  drawMeter(pen, group, place.dial);
  const { caption } = consoleParts(place);
  if (caption === null || !group.meter) return;
  pen.text('dial-of', `PG ${group.id} · ${group.meter.lsn}`, place.dial.x, caption, {
    face: 'caption',
    fill: pen.ink.faint,
    align: 'center',
    room: 2 * place.dial.r + 18,
    role: 'detail',
  });
}

/** An instance: what it knows of the log, its cache, and at the writer the quorum's dial. */
export function drawConsole(
  pen: Pen,
  place: ConsolePlace,
  instance: InstanceView,
  view: ClusterView,
  focus: number | 'all',
): void {
  pen.for(place.id, 1, () => {
    drawFrame(pen, place, instance.state === 'down');
    drawPorts(pen, place);
    drawInside(pen, place, instance, view);
    if (instance.role === 'writer') drawDial(pen, place, view, focus);
  });
}

/** Instances that found no room, as a pile with their number. */
export function drawStack(pen: Pen, { az, rect: box, hidden }: StackPlace): void {
  const { ink } = pen;
  pen.for(`more:${az}`, 1, () => {
    const edges = [6, 3, 0];
    for (const off of edges) {
      pen.rect(
        `card-${off}`,
        'frame',
        rect(box.x + 0.5, box.y + off + 0.5, box.w - off - 1, box.h - 7),
        6,
        {
          fill: ink.console,
          stroke: ink.nodeLine,
          width: 1,
        },
      );
    }
    pen.text('count', `+${hidden.length} more`, box.x + box.w / 2, bottom(box) - box.h / 2 + 1, {
      face: 'caption',
      fill: ink.muted,
      align: 'center',
      room: box.w - 10,
    });
  });
}
