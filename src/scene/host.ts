import type { ClusterView, GroupView, HostView, SegmentView } from '../protocol/view.ts';
import { drawChip } from './chip.ts';
import type { Rect } from './display.ts';
import { centre, inset, right } from './geometry.ts';
import { drawIcon, type IconName } from './icons.ts';
import type { HostPlace } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';

interface Badge {
  readonly icon: IconName;
  readonly words: string;
  readonly tone: 'fail' | 'warn';
}

/** The state of a host in a word and an icon; nothing for a healthy one. */
export function badgeOf(host: HostView, behind: boolean): Badge | null {
  if (host.state === 'down') return { icon: 'cross', words: 'down', tone: 'fail' };
  if (host.state === 'restarting') return { icon: 'catching', words: 'restarting', tone: 'warn' };
  if (host.isolated) return { icon: 'unlink', words: 'isolated', tone: 'fail' };
  if (host.slow) return { icon: 'hourglass', words: 'slow ×10', tone: 'warn' };
  if (behind) return { icon: 'catching', words: 'catching up', tone: 'warn' };
  return host.dropNext ? { icon: 'drop', words: 'drops next', tone: 'warn' } : null;
}

/** A frame open at the top, where the network would come in. */
function drawOpenFrame(pen: Pen, { x, y, w, h }: Rect, stroke: string): void {
  const left = x + w * 0.3;
  const end = x + w * 0.7;
  pen.poly('frame-open', 'state', [left, y, x, y, x, y + h, x + w, y + h, x + w, y, end, y], {
    stroke,
    width: 1.5,
  });
  pen.lines('frame-ends', 'state', [left, y - 3, left, y + 3, end, y - 3, end, y + 3], {
    stroke,
    width: 1.5,
  });
}

/** The outline says the state before any word does: dashed down, double slow, open isolated. */
function drawFrame(pen: Pen, host: HostView, box: Rect, forward: boolean): void {
  const { ink } = pen;
  const r = 6;
  const edge = inset(box, 0.5);
  if (host.state === 'down') {
    pen.rect('body', 'frame', edge, r, { fill: ink.bandDown });
    pen.hatch('hatch', edge, r, ink.failStroke, ink.theme === 'dark' ? 0.22 : 0.2);
    pen.rect('frame', 'state', inset(box, 1), r, {
      stroke: ink.failStroke,
      width: 1.5,
      dash: [5, 4],
    });
    return;
  }
  const stroke = forward ? ink.lineStrong : ink.nodeLine;
  pen.rect('body', 'frame', edge, r, { fill: forward ? ink.nodeFocus : ink.node });
  if (host.isolated) {
    drawOpenFrame(pen, edge, ink.failText);
    return;
  }
  const dash = host.state === 'restarting' ? { dash: [2, 3] } : {};
  pen.rect('frame', 'frame', edge, r, { stroke, width: forward ? 1.25 : 1, ...dash });
  if (host.slow) {
    pen.rect('frame-inner', 'state', inset(box, 3.5), r - 2, { stroke: ink.warnText, width: 1 });
  }
}

function drawBadge(pen: Pen, place: HostPlace, badge: Badge, x: number, y: number): void {
  const { ink } = pen;
  const { power, header, sideways } = place;
  const tone = badge.tone === 'fail' ? ink.failText : ink.warnText;
  if (sideways) {
    drawIcon(pen, badge.icon, header.x + 13, y + 11, 12, tone);
    return;
  }
  drawIcon(pen, badge.icon, x + 13, y - 4.5, 12, tone);
  const room = (power ? power.x + 4 : right(header) - 4) - (x + 22);
  pen.text('badge', badge.words, x + 22, y, { face: 'caption', fill: tone, room });
}

function drawHeader(
  pen: Pen,
  place: HostPlace,
  host: HostView,
  badge: Badge | null,
  fill: string,
): void {
  const { header, sideways, power } = place;
  const x = header.x + (sideways ? 6 : 9);
  const y = sideways ? centre(header).y + (badge ? -3 : 4.5) : header.y + header.h / 2 + 5.5;
  const took = pen.text('name', host.id, x, y, { face: 'name', fill });
  if (badge) drawBadge(pen, place, badge, x + took, y);
  if (power) {
    const at = centre(power);
    drawIcon(
      pen,
      'power',
      at.x,
      at.y,
      14,
      host.state === 'down' ? pen.ink.failText : pen.ink.faint,
    );
  }
}

/** Everything a host needs to be drawn, found once for all of them. */
export interface HostScene {
  readonly view: ClusterView;
  readonly look: Look;
  readonly segments: ReadonlyMap<string, SegmentView>;
}

const inFocus = (focus: Look['focusGroup'], group: number): boolean =>
  focus === 'all' || focus === group;

function drawChips(pen: Pen, place: HostPlace, { view, look, segments }: HostScene): void {
  for (const chip of place.chips) {
    const segment = segments.get(chip.id);
    const group: GroupView | undefined = view.groups[segment?.group ?? -1];
    if (!segment || !group) continue;
    drawChip(pen, chip, segment, group, {
      focus: inFocus(look.focusGroup, segment.group),
      vdl: view.volume.vdl,
    });
  }
}

/** A storage node: a rack with the logs of the segments it holds. */
export function drawHost(pen: Pen, place: HostPlace, host: HostView, scene: HostScene): void {
  const mine = host.segments.map((id) => scene.segments.get(id));
  const behind = mine.some((segment) => segment?.state === 'catching up');
  const forward = mine.some((s) => s !== undefined && inFocus(scene.look.focusGroup, s.group));
  pen.for(host.id, 1, () => {
    drawFrame(pen, host, place.rect, forward);
    const bright = forward && host.state !== 'down';
    drawHeader(pen, place, host, badgeOf(host, behind), bright ? pen.ink.text : pen.ink.muted);
  });
  const strength = pen.alpha;
  pen.alpha = host.state === 'down' ? strength * 0.5 : strength;
  drawChips(pen, place, scene);
  pen.alpha = strength;
  if (place.more > 0) {
    pen.for(host.id, 1, () => {
      pen.text('more', `+${place.more}`, right(place.rect) - 6, place.rect.y + place.rect.h - 5, {
        face: 'micro',
        fill: pen.ink.faint,
        align: 'right',
        role: 'detail',
      });
    });
  }
}
