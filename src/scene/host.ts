import type { ClusterView, GroupView, HostView, SegmentView } from '../protocol/view.ts';
import { drawChip } from './chip.ts';
import type { Point, Rect } from './display.ts';
import { faces } from './fonts.ts';
import { bottom, centre, inset, rect, right } from './geometry.ts';
import { drawIcon, type IconName } from './icons.ts';
import type { HostPlace } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { windowKey } from './ruler.ts';

/** Corner radius of a rack. */
const R = 6;

interface Badge {
  readonly icon: IconName;
  readonly words: string;
  readonly tone: 'fail' | 'warn';
}

/** The state of a host in a word and an icon; nothing for a healthy one. */
function badgeOf(host: HostView, behind: boolean): Badge | null {
  if (host.state === 'lost') return { icon: 'ban', words: 'lost for good', tone: 'fail' };
  if (host.patching) return { icon: 'wrench', words: 'patching', tone: 'warn' };
  if (host.state === 'down') return { icon: 'cross', words: 'down', tone: 'fail' };
  if (host.state === 'restarting') return { icon: 'catching', words: 'restarting', tone: 'warn' };
  if (host.isolated) return { icon: 'unlink', words: 'isolated', tone: 'fail' };
  if (host.slow) return { icon: 'hourglass', words: 'slow ×10', tone: 'warn' };
  if (host.cutFrom.length > 0) return { icon: 'unlink', words: 'partly cut off', tone: 'warn' };
  if (behind) return { icon: 'catching', words: 'catching up', tone: 'warn' };
  return host.dropNext ? { icon: 'drop', words: 'drops next', tone: 'warn' } : null;
}

/** A frame open at the top, where the network would come in. */
function drawOpenFrame(pen: Pen, { x, y, w, h }: Rect, stroke: string): void {
  const left = w * 0.3;
  const end = w * 0.7;
  const down = `V${h - R}Q${w} ${h} ${w - R} ${h}H${R}Q0 ${h} 0 ${h - R}V${R}Q0 0 ${R} 0H${left}`;
  const d = `M${end} 0H${w - R}Q${w} 0 ${w} ${R}${down}`;
  pen.path('frame-open', 'state', d, [x, y, 1], { stroke, width: 1.5 });
  const ends = [x + left, y - 3, x + left, y + 3, x + end, y - 3, x + end, y + 3];
  pen.lines('frame-ends', 'state', ends, { stroke, width: 1.5 });
}

/** Dashed and hatched, crossed out when all is lost; in a zone that is gone the band's own hatch says it for all. */
function drawDownFrame(pen: Pen, box: Rect, zoneDown: boolean, lost: boolean): void {
  const { ink } = pen;
  const stroke = { stroke: ink.failStroke, dash: [5, 4] };
  if (lost) {
    const { x, y, w, h } = inset(box, 6);
    const cross = [x, y, x + w, y + h, x + w, y, x, y + h];
    pen.lines('lost', 'state', cross, { stroke: ink.failStroke, width: 1 }, 0.6);
  }
  if (zoneDown) {
    pen.rect('frame', 'state', inset(box, 0.5), R, { ...stroke, width: 1 }, 0.75);
    return;
  }
  pen.rect('body', 'frame', inset(box, 0.5), R, { fill: ink.bandDown });
  pen.hatch('hatch', inset(box, 0.5), R, ink.failStroke, 0.22);
  pen.rect('frame', 'state', inset(box, 1), R, { ...stroke, width: 1.5 });
}

/** The outline says the state before any word does: dotted restarting, double slow, open isolated. */
function drawUpFrame(pen: Pen, host: HostView, box: Rect, forward: boolean): void {
  const { ink } = pen;
  const edge = inset(box, 0.5);
  pen.rect('body', 'frame', edge, R, { fill: forward ? ink.nodeFocus : ink.node });
  if (host.isolated) {
    drawOpenFrame(pen, edge, ink.failText);
    return;
  }
  const frame = forward
    ? { stroke: ink.lineStrong, width: 1.25 }
    : { stroke: ink.nodeLine, width: 1 };
  const restarting = host.state === 'restarting';
  pen.rect('frame', 'frame', edge, R, restarting ? { ...frame, dash: [2, 3] } : frame);
  if (host.slow) {
    pen.rect('frame-inner', 'state', inset(box, 3.5), R - 2, { stroke: ink.warnText, width: 1 });
  }
}

/** A tab on the lower edge: the state's word where the header has no room for it. */
function drawTab(pen: Pen, { rect: box }: HostPlace, words: string, tone: string): void {
  const w = pen.measure(words, faces.caption.font);
  const x = Math.round(box.x + (box.w - w) / 2);
  const tab = rect(x - 7, bottom(box) - 6.5, w + 14, 16);
  pen.rect('tab', 'state', tab, 8, { fill: pen.ink.band, stroke: tone, width: 1 });
  pen.text('badge', words, x, bottom(box) + 5.5, { face: 'caption', fill: tone });
}

function drawBadge(
  pen: Pen,
  place: HostPlace,
  badge: Badge,
  x: number,
  y: number,
  worded: boolean,
): void {
  const { ink } = pen;
  const { power, header, sideways } = place;
  const tone = badge.tone === 'fail' ? ink.failText : ink.warnText;
  if (sideways) {
    drawIcon(pen, badge.icon, header.x + 13, y + 11, 12, tone);
    return;
  }
  drawIcon(pen, badge.icon, x + 13, y - 4.5, 12, tone);
  if (!worded) return;
  const room = (power ? power.x + 4 : right(header) - 4) - (x + 22);
  const fits = pen.measure(badge.words, faces.caption.font) <= room;
  if (fits) pen.text('badge', badge.words, x + 22, y, { face: 'caption', fill: tone });
  else if (power) drawTab(pen, place, badge.words, tone);
}

interface Heading {
  readonly badge: Badge | null;
  /** Not in a zone that is gone: there the zone says the word for all. */
  readonly worded: boolean;
  readonly fill: string;
}

/** Segments that found no room, as a number. */
function drawMore(
  pen: Pen,
  { header, sideways, more, power }: HostPlace,
  x: number,
  y: number,
  took: number,
): void {
  const end = power ? power.x : right(header) - 6;
  if (!sideways && x + took + 24 > end) return;
  pen.text('more', `+${more}`, sideways ? x : end, sideways ? y + 14 : y, {
    face: 'micro',
    fill: pen.ink.faint,
    align: sideways ? 'left' : 'right',
    role: 'detail',
  });
}

function nameAt({ header, sideways, more }: HostPlace, badge: Badge | null): Point {
  if (!sideways) return { x: header.x + 9, y: header.y + header.h / 2 + 5.5 };
  const shared = badge !== null || more > 0;
  return { x: header.x + 6, y: centre(header).y + (shared ? -3 : 4.5) };
}

function drawHeader(
  pen: Pen,
  place: HostPlace,
  { badge, worded, fill }: Heading,
  name: string,
): void {
  const { power, more } = place;
  const { x, y } = nameAt(place, badge);
  const took = pen.text('name', name, x, y, { face: 'name', fill });
  if (badge) drawBadge(pen, place, badge, x + took, y, worded);
  if (power) {
    const at = centre(power);
    const tone = badge?.icon === 'cross' ? pen.ink.muted : pen.ink.faint;
    drawIcon(pen, 'power', at.x, at.y, 14, tone);
  }
  if (more > 0 && !badge) drawMore(pen, place, x, y, took);
}

/** Whether a segment has answered the recovery that is under way; null when none is. */
function answerOf({ instances }: ClusterView, { id, group }: SegmentView): boolean | null {
  const opening = instances.find(({ recovery }) => recovery !== null)?.recovery;
  const asked = opening?.groups.find((each) => each.id === group);
  return asked ? asked.answered.includes(id) : null;
}

/** Everything a host needs to be drawn, found once for all of them. */
export interface HostScene {
  readonly view: ClusterView;
  readonly look: Look;
  readonly segments: ReadonlyMap<string, SegmentView>;
}

const inFocus = (focus: Look['focusGroup'], group: number): boolean =>
  focus === 'all' || focus === group;

function drawChips(pen: Pen, place: HostPlace, scene: HostScene, gone: boolean): void {
  const { view, look, segments } = scene;
  for (const chip of place.chips) {
    const segment = segments.get(chip.id);
    const group: GroupView | undefined = view.groups[segment?.group ?? -1];
    if (!segment || !group) continue;
    drawChip(pen, chip, segment, group, {
      focus: !gone && inFocus(look.focusGroup, segment.group),
      gone,
      vdl: view.volume.vdl,
      ranges: view.volume.ranges,
      kinds: view.volume.model === 'full-tail',
      answered: answerOf(view, segment),
    });
  }
}

const isGone = ({ state }: HostView): boolean => state === 'down' || state === 'lost';

/** A storage node: a rack with the logs of the segments it holds. */
export function drawHost(pen: Pen, place: HostPlace, host: HostView, scene: HostScene): void {
  const mine = host.segments.map((id) => scene.segments.get(id));
  const behind = mine.some((segment) => segment?.state === 'catching up');
  const zoneDown = scene.view.zones.some(({ az, state }) => az === host.az && state === 'down');
  const forward = mine.some((s) => s !== undefined && inFocus(scene.look.focusGroup, s.group));
  pen.for(host.id, 1, () => {
    if (isGone(host)) drawDownFrame(pen, place.rect, zoneDown, host.state === 'lost');
    else drawUpFrame(pen, host, place.rect, forward);
    const bright = forward && !isGone(host);
    const heading = {
      badge: badgeOf(host, behind),
      worded: !zoneDown,
      fill: bright ? pen.ink.text : pen.ink.muted,
    };
    drawHeader(pen, place, heading, host.id);
  });
  drawChips(pen, place, scene, isGone(host));
}

/**
 * Everything of a view that the picture of a host depends on: while these are the very same values,
 * so is the picture.
 */
export function hostInputs(place: HostPlace, host: HostView, scene: HostScene): readonly unknown[] {
  const { view, segments } = scene;
  const zone = view.zones.find(({ az }) => az === host.az)?.state;
  const logs = host.segments.flatMap((id) => {
    const segment = segments.get(id);
    const group = view.groups[segment?.group ?? -1];
    const answered = segment ? answerOf(view, segment) : null;
    return [segment, group && windowKey(group, view.volume.vdl), answered];
  });
  const { state, slow, isolated, dropNext, patching, cutFrom } = host;
  const cuts = cutFrom.join();
  const { ranges, model } = view.volume;
  return [place, state, slow, isolated, dropNext, patching, cuts, zone, ranges, model, ...logs];
}
