import type { InstanceView } from '../protocol/view.ts';
import type { ConsoleParts } from './console-parts.ts';
import { faces } from './fonts.ts';
import { centre, inset, right } from './geometry.ts';
import { drawIcon, type IconName } from './icons.ts';
import type { ConsolePlace } from './layout-types.ts';
import type { Pen } from './pen.ts';

type Trouble = 'down' | 'fenced' | null;

/** Nobody is served by a card that is hatched: it is down, or refused for a newer epoch. */
const troubleOf = ({ state, role }: InstanceView): Trouble => {
  if (state === 'down') return 'down';
  return state === 'fenced' || role === 'zombie' ? 'fenced' : null;
};

/** The outline says the state: thick the writer, dashed and hatched down, a broken double line fenced. */
export function drawFrame(pen: Pen, place: ConsolePlace, instance: InstanceView): void {
  const { ink } = pen;
  const box = inset(place.rect, 0.5);
  const trouble = troubleOf(instance);
  const dash = [6, 4];
  if (trouble === 'down') {
    pen.rect('body', 'frame', box, 7, { fill: ink.bandDown });
    pen.hatch('hatch', box, 7, ink.failStroke, 0.2);
    const frame = { stroke: ink.failStroke, width: 1.5, dash };
    pen.rect('frame', 'state', inset(place.rect, 1), 7, frame);
    return;
  }
  pen.rect('body', 'frame', box, 7, { fill: ink.console });
  if (trouble === 'fenced') {
    const line = { stroke: ink.failStroke, width: 1.25 };
    pen.rect('frame', 'state', inset(place.rect, 1), 7, line);
    pen.rect('frame-inner', 'state', inset(place.rect, 4.5), 5, { ...line, dash: [10, 5] });
    return;
  }
  const settling = instance.state === 'open' ? {} : { dash: [2, 3] };
  pen.rect('frame', 'frame', place.writer ? inset(place.rect, 1) : box, 7, {
    stroke: place.writer ? ink.muted : ink.lineStrong,
    width: place.writer ? 2 : 1,
    ...settling,
  });
}

interface Badge {
  readonly icon: IconName;
  /** Longest first; the first that fits is written. */
  readonly words: readonly string[];
  readonly tone: 'fail' | 'warn';
}

/** What is wrong with an instance, or going on with it, in a word and an icon. */
function badgeOf(instance: InstanceView): Badge | null {
  const { state, role, refusedBy, epoch, isolated, cutFrom } = instance;
  if (state === 'down') return { icon: 'cross', words: ['down'], tone: 'fail' };
  if (role === 'zombie' || state === 'fenced') {
    const refused = refusedBy === null ? [] : [`fenced: epoch ${epoch} refused`];
    return {
      icon: 'ban',
      words: [...refused, role === 'zombie' ? 'zombie' : 'fenced'],
      tone: 'fail',
    };
  }
  if (isolated) return { icon: 'unlink', words: ['isolated'], tone: 'fail' };
  if (state === 'recovering') return { icon: 'catching', words: ['recovering'], tone: 'warn' };
  if (state === 'restarting') return { icon: 'catching', words: ['restarting'], tone: 'warn' };
  if (state === 'attaching') return { icon: 'catching', words: ['attaching'], tone: 'warn' };
  return cutFrom.length > 0 ? { icon: 'unlink', words: ['partly cut off'], tone: 'warn' } : null;
}

/** What an instance is called: by the part it plays now, and by its own name unless it is the first writer. */
function titleOf(place: ConsolePlace, { id, role }: InstanceView): string {
  if (place.rect.w < 150) return id;
  if (role === 'writer') return id === 'W' ? 'Writer' : `Writer ${id}`;
  return role === 'zombie' ? `Old writer ${id}` : `Replica ${id}`;
}

/** Its own name, and the epoch it works in once that says something. */
function asideOf({ id, role, epoch }: InstanceView): readonly string[] {
  const own = id === 'W' && role === 'writer' ? [id] : [];
  return epoch > 1 ? [...own.map((name) => `${name} · epoch ${epoch}`), `epoch ${epoch}`] : own;
}

/** Whether an instance's epoch is told beside its name; where it is not, it has to stand elsewhere. */
export function namesEpoch(
  pen: Pen,
  place: ConsolePlace,
  instance: InstanceView,
  parts: ConsoleParts,
): boolean {
  const { font } = faces[place.detail === 3 ? 'title' : 'name'];
  const took = pen.measure(titleOf(place, instance), font);
  const room = (place.power ? place.power.x : right(place.rect) - 6) - parts.x - took - 6;
  const aside = firstThatFits(pen, asideOf(instance), 'dense', room);
  return place.detail === 3 && badgeOf(instance) === null && (aside?.includes('epoch') ?? false);
}

interface Line {
  readonly x: number;
  readonly y: number;
  readonly room: number;
}

const firstThatFits = (
  pen: Pen,
  words: readonly string[],
  face: 'caption' | 'dense',
  room: number,
): string | undefined => words.find((word) => pen.measure(word, faces[face].font) <= room);

/** True when its word found room, too. */
function drawBadge(pen: Pen, { icon, words, tone }: Badge, { x, y, room }: Line): boolean {
  const fill = tone === 'fail' ? pen.ink.failText : pen.ink.warnText;
  drawIcon(pen, icon, x + 6, y - 4.5, 12, fill);
  const fits = firstThatFits(pen, words, 'caption', room - 15);
  if (fits) pen.text('state', fits, x + 15, y, { face: 'caption', fill });
  return fits !== undefined;
}

/** What could not be said beside the name, in a line of its own, where nothing else is. */
function drawState(pen: Pen, { words, tone }: Badge, parts: ConsoleParts): void {
  if (parts.reading === null) return;
  const fits = firstThatFits(pen, words, 'caption', parts.w);
  const fill = tone === 'fail' ? pen.ink.failText : pen.ink.warnText;
  if (fits) pen.text('state', fits, parts.x, parts.reading, { face: 'caption', fill });
}

function drawAside(pen: Pen, instance: InstanceView, { x, y, room }: Line): void {
  const fits = firstThatFits(pen, asideOf(instance), 'dense', room);
  if (fits) pen.text('id', fits, x, y, { face: 'dense', fill: pen.ink.faint, role: 'detail' });
}

/** The name with its state, or with its id and epoch when nothing is wrong. `isEmpty`: nothing stands below. */
export function drawName(
  pen: Pen,
  place: ConsolePlace,
  instance: InstanceView,
  parts: ConsoleParts,
  isEmpty: boolean,
): void {
  const { ink } = pen;
  const full = place.detail === 3;
  const room = (place.power ? place.power.x : right(place.rect) - 6) - parts.x;
  const took = pen.text('name', titleOf(place, instance), parts.x, parts.name, {
    face: full ? 'title' : 'name',
    fill: instance.state === 'down' ? ink.muted : ink.text,
    room,
  });
  const line = { x: parts.x + took + 6, y: parts.name, room: room - took - 6 };
  const badge = badgeOf(instance);
  const worded = badge === null || drawBadge(pen, badge, line);
  if (badge && !worded && isEmpty) drawState(pen, badge, parts);
  if (!badge && full && instance.role !== 'replica') drawAside(pen, instance, line);
  if (place.power) {
    const at = centre(place.power);
    const down = instance.state === 'down';
    drawIcon(pen, 'power', at.x, at.y, 15, down ? ink.muted : ink.faint);
  }
}
