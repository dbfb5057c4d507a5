import type { ClusterView, GroupView, InstanceView } from '../protocol/view.ts';
import { drawCache } from './cache-slots.ts';
import { type ConsoleParts, consoleParts } from './console-parts.ts';
import { drawFrame, drawName, namesEpoch } from './console-state.ts';
import { faces } from './fonts.ts';
import { bottom, rect } from './geometry.ts';
import { drawIcon, type IconName } from './icons.ts';
import type { ConsolePlace, StackPlace } from './layout-types.ts';
import { drawAnswers, drawMeter } from './meter.ts';
import type { Pen } from './pen.ts';
import { drawPhases, type Phases, phasesOf } from './phases.ts';
import type { Shades } from './shades.ts';
import { drawVolumeRuler } from './volume-ruler.ts';
import { durationText } from './words.ts';

/** The sockets below: six at the writer, one for each slot, so that no two ways begin alike. */
function drawPorts(pen: Pen, place: ConsolePlace): void {
  const { ink } = pen;
  place.ports.forEach(({ x, y }, k) => {
    const box = rect(x - 3, y - 2, 6, 4);
    pen.rect(`port-${k}`, 'port', box, 1.5, { fill: ink.stage, stroke: ink.lineStrong, width: 1 });
  });
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

/** A read view that is so many records behind is no statement that is about to end. */
const LONG_VIEW = 100;

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
  if (instance.role === 'zombie') {
    const never = instance.waitingCommits.length;
    return [
      { name: 'point', value: String(instance.readPoint), word: 'stale reads', fill: ink.failText },
      { name: 'lag', value: String(never), word: 'can never commit', fill: ink.muted },
    ];
  }
  const point = {
    ...{ name: 'point', value: String(instance.readPoint), word: 'read view', fill: ink.text },
  };
  // A transaction that reads the past holds up what may be collected: that is worth more than the lag.
  if (instance.readPoint - instance.oldestReadView > LONG_VIEW)
    return [
      point,
      {
        ...{ name: 'lag', value: String(instance.oldestReadView) },
        ...{ word: 'oldest view', fill: ink.warnText },
      },
    ];
  return [
    point,
    { name: 'lag', value: durationText(instance.lagUs), word: 'lag', fill: ink.muted },
  ];
}

/** Two readings, one under the other or side by side, and the commits that wait at the end of a line. */
function drawReadings(
  pen: Pen,
  view: ClusterView,
  instance: InstanceView,
  parts: ConsoleParts,
  named: boolean,
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
  const queue = queueOf(instance, named, pen.ink);
  drawQueue(pen, queue, x + w, line, room - (wide > 0 ? wide + 10 : 0));
}

interface Queue {
  readonly icon: IconName | null;
  /** Longest first. */
  readonly words: readonly string[];
  readonly fill: string;
}

/** What holds an instance up, the hardest first: no LSN to give, old work to undo, commits that wait; else its epoch. */
function queueOf(instance: InstanceView, named: boolean, ink: Shades): Queue | null {
  const { stalled, undoLeft, waitingCommits, role, epoch } = instance;
  if (role === 'zombie') return null;
  if (stalled !== null) return { icon: 'hourglass', words: ['stalled'], fill: ink.warnText };
  if (undoLeft > 0)
    return { icon: 'undo', words: [`${undoLeft} to undo`, `${undoLeft}`], fill: ink.warnText };
  const waiting = waitingCommits.length;
  if (waiting > 0) return { icon: null, words: [`${waiting} waiting`], fill: ink.redoText };
  const later = role === 'writer' && epoch > 1 && !named;
  return later ? { icon: null, words: [`epoch ${epoch}`], fill: ink.faint } : null;
}

/** At the end of a line, if it fits there. */
function drawQueue(pen: Pen, queue: Queue | null, end: number, y: number, room: number): void {
  if (!queue) return;
  const { icon, words, fill } = queue;
  const aside = icon ? 15 : 0;
  const widthOf = (word: string): number => pen.measure(word, faces.caption.font);
  const fits = words.find((word) => widthOf(word) + aside <= room) ?? '';
  const took = pen.text('queue', fits, end, y, {
    face: 'caption',
    fill,
    align: 'right',
    role: 'detail',
  });
  if (icon && room >= 14) drawIcon(pen, icon, end - took - (took > 0 ? 9 : 6), y - 4.5, 12, fill);
}

/** What an instance is going through, in the place of its readings; what its cache kept stays in sight. */
function drawPassage(
  pen: Pen,
  place: ConsolePlace,
  instance: InstanceView,
  phases: Phases,
  parts: ConsoleParts,
): void {
  const { x, w, name, cache } = parts;
  const kept = cache !== null && instance.cache.length > 0 && instance.state !== 'down';
  const foot = kept ? cache - 4 : bottom(place.rect) - 6;
  drawPhases(pen, phases, { x, w, top: name + 4, foot });
  if (kept) drawCache(pen, instance, x, cache, w);
}

/** Whether it has readings to show; a zombie still has those of its own. */
const isServing = ({ state, role }: InstanceView): boolean => state === 'open' || role === 'zombie';

function drawInside(
  pen: Pen,
  place: ConsolePlace,
  instance: InstanceView,
  view: ClusterView,
): void {
  const { ink } = pen;
  const parts = consoleParts(place);
  const phases = phasesOf(view, instance);
  if (phases) {
    drawPassage(pen, place, instance, phases, parts);
    return;
  }
  // What it knew is gone with it.
  if (!isServing(instance)) return;
  drawReadings(pen, view, instance, parts, namesEpoch(pen, place, instance, parts));
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

/** What the dial reads: a record's acknowledgements, or who has answered the recovery's question. */
function drawDial(
  pen: Pen,
  place: ConsolePlace,
  { recovery }: InstanceView,
  view: ClusterView,
  focus: number | 'all',
): void {
  const group = meteredGroup(view, focus);
  if (!place.dial || !group) return;
  if (recovery) drawAnswers(pen, group, recovery, place.dial);
  else drawMeter(pen, group, place.dial);
  const { caption } = consoleParts(place);
  if (caption === null) return;
  const subject = recovery ? 'answers' : group.meter?.lsn;
  if (subject === undefined) return;
  const room = 2 * place.dial.r + 18;
  const whole = `PG ${group.id} · ${subject}`;
  const fits = pen.measure(whole, faces.caption.font) <= room;
  pen.text('dial-of', fits ? whole : `PG ${group.id}`, place.dial.x, caption, {
    face: 'caption',
    fill: pen.ink.faint,
    align: 'center',
    room,
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
    drawFrame(pen, place, instance);
    drawPorts(pen, place);
    const isEmpty = phasesOf(view, instance) === null && !isServing(instance);
    drawName(pen, place, instance, consoleParts(place), isEmpty);
    drawInside(pen, place, instance, view);
    if (instance.role === 'writer') drawDial(pen, place, instance, view, focus);
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
