import { bisector } from 'd3';
import type { Cone } from '../../history/causal-cone.ts';
import type { CommitLife } from '../../history/commits.ts';
import type { LocalEvent, SentMessage } from '../../history/message.ts';
import type { MessageHistory } from '../../history/message-history.ts';
import type { ClusterView } from '../../protocol/view.ts';
import { clamp } from '../geometry.ts';
import type { LabelDensity } from '../labels.ts';
import type { Theme } from '../palettes.ts';
import { type Shades, shades } from '../shades.ts';
import type { Micros } from '../view-types.ts';
import { type Axis, axisOf } from './axis.ts';
import { emphasisIn } from './emphasis.ts';
import { type Lane, type Lanes, lanesOf } from './lanes.ts';

/** What was said and done: what the picture is made of. */
export type Telling = Pick<
  MessageHistory,
  'messages' | 'events' | 'commits' | 'outages' | 'stirs' | 'isSlow'
>;

/** How the diagram is looked at. */
export interface SpacetimeLook {
  readonly theme: Theme;
  readonly labels: LabelDensity;
  readonly group: number | 'all';
  readonly selected: { readonly kind: string; readonly id: string } | null;
  /** What is pointed at, here or anywhere else. */
  readonly hovered: SpacetimeLook['selected'];
  /** Null lets the picture choose: a write is seen whole. */
  readonly pxPerMs: number | null;
  /** Idle time is cut short. */
  readonly folds: boolean;
  /** The moment at the lower edge; null follows the present. */
  readonly endUs: Micros | null;
  readonly nowUs: Micros;
  /** What is pointed at stands out with all that could have affected it; null when nothing is. */
  readonly cone: Cone | null;
  readonly cursor: { readonly lane: string; readonly mark: string } | null;
  /** The run of deeds that is told one by one, by the name of its first; null for none. */
  readonly opened: string | null;
}

/** What is seen at once when nobody has chosen a scale. */
const USUAL_MS = 2.8;
const USUAL_PX_PER_MS = [80, 160] as const;
export const LEAST_PX_PER_MS = 0.5;
export const MOST_PX_PER_MS = 1_500;
export const HEAD_PX = 56;
const TIMES_PX = 72;
const NARROW_TIMES_PX = 52;
const NARROW = 560;
const RIGHT_PX = 12;
/** Free below the present moment, for glyphs and labels. */
const FOOT_PX = 32;

/** The scale that shows a write as a whole in a picture so high. */
export const usualPxPerMs = (heightPx: number): number =>
  clamp((heightPx - HEAD_PX) / USUAL_MS, ...USUAL_PX_PER_MS);

/** Where everything in the diagram stands, and what of it can be seen. */
export interface Plan {
  readonly ink: Shades;
  readonly view: ClusterView;
  readonly telling: Telling;
  readonly look: SpacetimeLook;
  readonly lanes: Lanes;
  readonly axis: Axis;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Where lanes begin. */
  readonly leftPx: number;
  readonly narrow: boolean;
  /** How much of the axis lies above the picture. */
  readonly scrollPx: number;
  readonly messages: readonly SeenMessage[];
  readonly events: readonly SeenEvent[];
  readonly commits: readonly SeenCommit[];
  /** What is pointed at, else selected, and to be seen: the rest steps back. */
  readonly emphasised: SpacetimeLook['selected'];
  /** Where a moment stands in the picture. */
  yOf(us: Micros): number;
}

export interface SeenMessage {
  readonly message: SentMessage;
  readonly from: Lane;
  readonly to: Lane;
}

export interface SeenEvent {
  readonly event: LocalEvent;
  readonly lane: Lane;
}

export interface SeenCommit {
  readonly commit: CommitLife;
  readonly lane: Lane;
}

export interface Room {
  readonly widthPx: number;
  readonly heightPx: number;
}

export function planOf(view: ClusterView, telling: Telling, look: SpacetimeLook, room: Room): Plan {
  const { widthPx, heightPx } = room;
  const narrow = widthPx < NARROW;
  const leftPx = narrow ? NARROW_TIMES_PX : TIMES_PX;
  const lanes = lanesOf(view, look.group, leftPx, widthPx - leftPx - RIGHT_PX);
  const span = { fromUs: beginOf(telling), toUs: look.nowUs };
  const axis = axisOf(
    telling.stirs,
    span,
    (look.pxPerMs ?? usualPxPerMs(heightPx)) / 1_000,
    look.folds,
  );
  const insidePx = heightPx - HEAD_PX;
  const mostPx = Math.max(0, axis.heightPx + FOOT_PX - insidePx);
  const wantedPx = look.endUs === null ? mostPx : axis.yOf(look.endUs) - insidePx;
  const scrollPx = clamp(wantedPx, 0, mostPx);
  const fromUs = axis.usAt(scrollPx);
  const toUs = Math.min(look.nowUs, axis.usAt(scrollPx + insidePx));
  const messages = messagesIn(telling, lanes, fromUs, toUs);
  const events = eventsIn(telling, lanes, fromUs, toUs);
  return {
    ink: shades(look.theme),
    ...{ view, telling, look, lanes, axis, widthPx, heightPx, leftPx, narrow, scrollPx },
    ...{ messages, events, commits: commitsIn(telling, lanes, fromUs, toUs) },
    emphasised:
      emphasisIn(look.hovered, messages, events, lanes) ??
      emphasisIn(look.selected, messages, events, lanes),
    yOf: (us) => HEAD_PX + axis.yOf(us) - scrollPx,
  };
}

/** A breath before the first thing that is kept. */
const beginOf = ({ stirs }: Telling): Micros => Math.max(0, (stirs[0]?.fromUs ?? 0) - 100);

function messagesIn(
  { messages }: Telling,
  lanes: Lanes,
  fromUs: Micros,
  toUs: Micros,
): readonly SeenMessage[] {
  const seen: SeenMessage[] = [];
  for (const message of messages) {
    const { sentUs, dueUs, kind } = message;
    if (sentUs > toUs) break;
    if (dueUs < fromUs || kind === 'heartbeat') continue;
    const from = lanes.of(message.from);
    const to = lanes.of(message.to);
    if (from && to && from !== to) seen.push({ message, from, to });
  }
  return seen;
}

const byTime = bisector((event: LocalEvent) => event.atUs);

function eventsIn(
  { events }: Telling,
  lanes: Lanes,
  fromUs: Micros,
  toUs: Micros,
): readonly SeenEvent[] {
  const seen: SeenEvent[] = [];
  for (let i = byTime.left(events, fromUs); i < events.length; i++) {
    const event = events[i];
    if (event === undefined || event.atUs > toUs) break;
    const lane = lanes.of(event.actor);
    // What others do by themselves would only crowd their one lane, but for what concerns everybody.
    if (lane && (lane.kind !== 'others' || event.deed === 'failover')) seen.push({ event, lane });
  }
  return seen;
}

function commitsIn(
  { commits }: Telling,
  lanes: Lanes,
  fromUs: Micros,
  toUs: Micros,
): readonly SeenCommit[] {
  const seen: SeenCommit[] = [];
  for (const commit of commits) {
    if (commit.closedUs > toUs) break;
    const endUs = commit.durableUs ?? commit.brokenUs ?? toUs;
    const lane = endUs < fromUs ? null : lanes.of(commit.instance);
    if (lane?.kind === 'instance') seen.push({ commit, lane });
  }
  return seen;
}
