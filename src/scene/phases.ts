import type { ClusterView, InstanceView } from '../protocol/view.ts';
import type { FailoverPhase, RecoveryPhase } from '../protocol/view-change.ts';
import { faces } from './fonts.ts';
import type { Pen } from './pen.ts';

/** Words of the phases, in their order. */
const RECOVERY_WORDS: Readonly<Record<RecoveryPhase, string>> = {
  claiming: 'claim epoch',
  polling: 'poll',
  truncating: 'truncate',
  completing: 'complete',
  opening: 'open',
};
const FAILOVER_WORDS: Readonly<Record<FailoverPhase, string>> = {
  detecting: 'detect',
  electing: 'elect',
  recovering: 'recover',
  reconnecting: 'reconnect',
};

interface Phase {
  readonly word: string;
  /** What can be said of the present one, longest first: how far it has come. */
  readonly more: readonly string[];
  readonly is: 'done' | 'now' | 'next';
}

/** What an instance goes through just now, step by step. */
export interface Phases {
  readonly steps: readonly Phase[];
}

function stepsOf<P extends string>(
  words: Readonly<Record<P, string>>,
  now: P,
  more: readonly string[],
): readonly Phase[] {
  const all = Object.entries<string>(words);
  const at = all.findIndex(([phase]) => phase === now);
  return all.map(([, word], k) => ({
    word,
    more: k === at ? more : [],
    is: k < at ? 'done' : k === at ? 'now' : 'next',
  }));
}

/** How many groups have answered enough, while they are asked. */
function tally({ recovery }: InstanceView): readonly string[] {
  if (!recovery || recovery.groups.length === 0) return [];
  const asked = recovery.phase === 'polling' || recovery.phase === 'truncating';
  if (!asked && recovery.phase !== 'completing') return [];
  const done = recovery.groups.filter(({ complete }) => complete).length;
  return [`${done}/${recovery.groups.length} PG`];
}

/** A failover is shown on whoever is to take over, and until that is known on the one given up. */
function failoverOn(view: ClusterView, instance: InstanceView): Phases | null {
  const { failover } = view.control;
  if (!failover || (failover.target ?? failover.from) !== instance.id) return null;
  const { recovery } = instance;
  const word = recovery ? RECOVERY_WORDS[recovery.phase] : '';
  const more = recovery ? [...tally(instance).map((count) => `${word} ${count}`), word] : [];
  return { steps: stepsOf(FAILOVER_WORDS, failover.phase, more) };
}

/** The phases to show on an instance's card: its failover, else its recovery, else none. */
export function phasesOf(view: ClusterView, instance: InstanceView): Phases | null {
  const failover = failoverOn(view, instance);
  if (failover) return failover;
  const { recovery } = instance;
  if (!recovery) return null;
  return { steps: stepsOf(RECOVERY_WORDS, recovery.phase, tally(instance)) };
}

/** A step as a mark: a disc with a check when done, a heavy ring with its heart now, a speck before. */
function drawStep(pen: Pen, k: number, is: Phase['is'], x: number, y: number, r = 4): void {
  const { ink } = pen;
  if (is === 'done') {
    pen.circle(`step-${k}`, 'mark', x, y, r, { fill: ink.ack });
    if (r < 4) return;
    pen.lines(`step-${k}-check`, 'mark', [x - 2, y, x - 0.5, y + 1.75], {
      stroke: ink.onAck,
      width: 1.25,
    });
    pen.lines(`step-${k}-tick`, 'mark', [x - 0.5, y + 1.75, x + 2, y - 1.5], {
      stroke: ink.onAck,
      width: 1.25,
    });
  } else if (is === 'now') {
    pen.circle(`step-${k}`, 'mark', x, y, r, { stroke: ink.text, width: 1.75 });
    pen.circle(`step-${k}-heart`, 'mark', x, y, 1.5, { fill: ink.text });
  } else {
    pen.circle(`step-${k}`, 'mark', x, y, r * 0.6, { stroke: ink.lineStrong, width: 1 });
  }
}

export interface PhasesRoom {
  readonly x: number;
  readonly w: number;
  /** From here down to there. */
  readonly top: number;
  readonly foot: number;
}

const LINE = 15;
const PITCH = 12;

/** One step under another, each with its word. */
function drawList(pen: Pen, { steps }: Phases, { x, w, top }: PhasesRoom, line: number): void {
  const { ink } = pen;
  steps.forEach((step, k) => {
    const y = top + k * line + line / 2;
    const stroke = step.is === 'next' ? ink.line : ink.ackStroke;
    const thread = k === 0 ? [] : [x + 4, y - line + 5, x + 4, y - 5];
    pen.lines(`thread-${k}`, 'edge', thread, { stroke, width: 1 });
    drawStep(pen, k, step.is, x + 4, y);
    drawWords(pen, `phase-${k}`, step, { x: x + 14, y: y + 4, room: w - 14 });
  });
}

interface Line {
  readonly x: number;
  readonly y: number;
  readonly room: number;
}

/** A step's word, and what can be said of it when it still fits beside. */
function drawWords(pen: Pen, name: string, { word, more, is }: Phase, { x, y, room }: Line): void {
  const { ink } = pen;
  const fill = { now: ink.text, done: ink.muted, next: ink.faint }[is];
  const face = is === 'now' ? 'name' : 'caption';
  const took = pen.text(name, word, x, y, { face, fill, room });
  const fits = more.find((each) => pen.measure(each, faces.caption.font) <= room - took - 6);
  if (!fits || took === 0) return;
  const words = { face: 'caption', fill: ink.ackText, role: 'detail' } as const;
  pen.text(`${name}-more`, fits, x + took + 6, y, words);
}

/** All steps as marks in a row; of words only the present one's. */
function drawRow(pen: Pen, { steps }: Phases, { x, w, top, foot }: PhasesRoom): void {
  const now = steps.find(({ is }) => is === 'now');
  const pitch = Math.min(PITCH, w / steps.length);
  const dots = steps.length * pitch;
  const two = foot - top >= 26;
  const y = top + (two ? 8 : (foot - top) / 2);
  steps.forEach(({ is }, k) => {
    drawStep(pen, k, is, x + pitch / 3 + k * pitch, y, pitch < PITCH ? 2.5 : 4);
  });
  if (!now) return;
  const beside = pen.measure(now.word, faces.name.font) <= w - dots - 4;
  if (!beside && !two) return;
  const at = beside && !two ? { x: x + dots + 4, y: y + 4 } : { x, y: y + 19 };
  const room = x + w - at.x;
  const whole = pen.measure(now.word, faces.name.font) <= room;
  const place = `${steps.indexOf(now) + 1} of ${steps.length}`;
  drawWords(pen, 'phase', whole ? now : { ...now, word: place }, { ...at, room });
}

/** The phases as a list where there is room for it, else as a row of marks with the present word. */
export function drawPhases(pen: Pen, phases: Phases, room: PhasesRoom): void {
  const line = Math.min(18, (room.foot - room.top) / phases.steps.length);
  if (line >= LINE - 1.5) drawList(pen, phases, room, line);
  else drawRow(pen, phases, room);
}
