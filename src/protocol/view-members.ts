import type { Micros } from '../engine/time.ts';
import type { GroupWork } from './control-work.ts';
import type { Membership, Place, Replacement } from './membership.ts';
import type { Segment } from './segment.ts';
import { percentCopied } from './segment-hydrate.ts';
import { partsOf, type SegmentId } from './topology.ts';
import type { SegmentView } from './view.ts';
import { controlIn, type Seen, segmentIn, type World } from './view-actors.ts';
import type { ControlView, PlaceView, ReplacementView } from './view-change.ts';

/** One of a group's places: who holds it, and how far the one that is to take it over has come. */
export function placeView(world: World, { away }: Membership, place: Place): PlaceView {
  const { slot, member, replacement } = place;
  return {
    slot,
    member: partsOf(member).member,
    segment: member,
    struck: away.includes(slot),
    replacement: replacement && replacementView(world, replacement),
  };
}

function replacementView(world: World, { segment: id, hydrated }: Replacement): ReplacementView {
  const { context } = segmentIn(world, id);
  const nowUs = world.position.timeUs;
  const percent = percentCopied(context, nowUs);
  return {
    member: partsOf(id).member,
    segment: id,
    host: context.host,
    percent: percent ?? (hydrated || context.scl > 0 ? 100 : 0),
    hydrated,
    doneAtUs: doneAt(context, nowUs),
    source: context.hydration?.sources[0] ?? null,
  };
}

/** When the rest of the parts will be here, at the speed of the present one. */
function doneAt({ hydration }: Segment, nowUs: Micros): Micros | null {
  if (hydration === null) return null;
  const { part, parts, partUs, sinceUs } = hydration;
  return (sinceUs ?? nowUs) + (parts - part) * partUs;
}

const STATES: Readonly<Record<string, SegmentView['state']>> = {
  absent: 'absent',
  hydrating: 'hydrating',
  catchingUp: 'catching up',
  retired: 'retired',
  down: 'down',
};

/**
 * The state of a copy in words; one that is up is suspected as long as another is to take its place, and
 * one whose machine was lost is as good as down.
 */
export function stateOf(seen: Seen<Segment>, membership: Membership): SegmentView['state'] {
  const state = STATES[seen.state] ?? 'complete';
  const held = membership.places.find(({ member }) => member === seen.context.id);
  if (held === undefined) return state;
  if (state === 'absent') return 'down';
  const leaving = held.replacement !== null;
  return leaving && (state === 'complete' || state === 'catching up') ? 'suspected' : state;
}

type Changing = Pick<ControlView, 'patching' | 'withoutZone'>;

/** What the control plane is doing to hosts and zones. */
export function changesView(world: World): Changing {
  const { patching, reform } = controlIn(world).context.repair;
  const current = patching?.current ?? null;
  return {
    patching: [...(current === null ? [] : [current]), ...(patching?.queue ?? [])],
    withoutZone: reform?.wanted === 'given up' ? reform.az : null,
  };
}

/** Hosts of members that are to be replaced because nobody hears of them. */
export function suspectedHosts(world: World): readonly string[] {
  const { works } = controlIn(world).context.repair;
  const suspected = works.flatMap(({ wanted }: GroupWork): readonly SegmentId[] =>
    wanted
      .filter(({ reason, answered }) => reason === 'suspected' && !answered)
      .map((w) => w.segment),
  );
  return [...new Set(suspected.map((id) => segmentIn(world, id).context.host))];
}
