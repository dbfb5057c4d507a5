import type { ClusterView, GroupView, InstanceView } from '../protocol/view.ts';
import { drawCache } from './cache-slots.ts';
import { type ConsoleParts, consoleParts } from './console-parts.ts';
import { faces } from './fonts.ts';
import { bottom, centre, inset, rect, right } from './geometry.ts';
import { drawIcon } from './icons.ts';
import type { ConsolePlace, StackPlace } from './layout-types.ts';
import { drawMeter } from './meter.ts';
import type { Pen } from './pen.ts';
import type { Shades } from './shades.ts';
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
      width: 1.5,
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
  const title = place.rect.w < 150 ? id : role === 'writer' ? 'Writer' : `Replica ${id}`;
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
    drawIcon(pen, 'power', at.x, at.y, 15, state === 'down' ? ink.muted : ink.faint);
  }
}

interface Reading {
  readonly name: string;
  readonly value: string;
  readonly word: string;
  readonly fill: string;
}

/** A number with a small word beside it. A number is shown whole or not at all. */
function drawReading(
  pen: Pen,
  of: Reading,
  x: number,
  y: number,
  room: number,
  large = false,
): number {
  const face = large ? 'readingLarge' : 'figure';
  if (pen.measure(of.value, faces[face].font) > room) return 0;
  const took = pen.text(of.name, of.value, x, y, { face, fill: of.fill, role: 'detail' });
  const left = room - took - 5;
  if (pen.measure(of.word, faces.caption.font) > left) return took;
  const at = x + took + (large ? 8 : 5);
  const words = { face: large ? 'dense' : 'caption', fill: pen.ink.faint, role: 'detail' } as const;
  return took + 5 + pen.text(`${of.name}-word`, of.word, at, y, words);
}

function readingsOf(
  view: ClusterView,
  instance: InstanceView,
  ink: Shades,
): readonly [Reading, Reading] {
  const { vdl, allocated } = view.volume;
  if (instance.role === 'writer') {
    return [
      { name: 'vdl', value: String(vdl), word: 'durable', fill: ink.ackText },
      { name: 'next', value: String(allocated + 1), word: 'next', fill: ink.muted },
    ];
  }
  return [
    { name: 'point', value: String(instance.readPoint), word: 'read view', fill: ink.text },
    { name: 'lag', value: spanText(instance.lagUs), word: 'lag', fill: ink.muted },
  ];
}

/** Two readings, one under the other or side by side, and the commits that wait at the end of a line. */
function drawReadings(
  pen: Pen,
  view: ClusterView,
  instance: InstanceView,
  parts: ConsoleParts,
): void {
  const { reading, second, x, w, large } = parts;
  if (reading === null) return;
  const [one, other] = readingsOf(view, instance, pen.ink);
  const took = drawReading(pen, one, x, reading, w, large);
  const line = second ?? reading;
  const start = second === null ? x + took + 12 : x;
  const room = x + w - start;
  const beside = second === null && instance.role === 'writer';
  const wide = beside ? 0 : drawReading(pen, other, start, line, room, large);
  const waiting = instance.waitingCommits.length;
  const words = `${waiting} waiting`;
  const left = room - (wide > 0 ? wide + 10 : 0);
  if (waiting > 0 && pen.measure(words, faces.caption.font) <= left) {
    pen.text('queue', words, x + w, line, {
      face: 'caption',
      fill: pen.ink.redoText,
      align: 'right',
      role: 'detail',
    });
  }
}

function drawInside(
  pen: Pen,
  place: ConsolePlace,
  instance: InstanceView,
  view: ClusterView,
): void {
  const { ink } = pen;
  const parts = consoleParts(place);
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
    drawName(pen, place, instance, consoleParts(place));
    // What it knew is gone with it.
    if (instance.state === 'open') drawInside(pen, place, instance, view);
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
    const full = `+${hidden.length} more`;
    const fits = pen.measure(full, faces.caption.font) <= box.w - 14;
    const words = fits ? full : `+${hidden.length}`;
    pen.text('count', words, box.x + box.w / 2 - 2, bottom(box) - box.h / 2 + 1, {
      face: 'caption',
      fill: ink.muted,
      align: 'center',
      room: box.w - 10,
    });
  });
}
