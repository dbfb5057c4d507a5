import type { ClusterView, HostView, InstanceView, SegmentView } from '../../protocol/view.ts';
import type { Spot } from '../sketch.ts';

export interface Lane {
  readonly id: string;
  readonly name: string;
  /** Second line of its head. */
  readonly more: string;
  readonly kind: 'clients' | 'instance' | 'member' | 'others';
  /** The zone whose band it stands in; null outside the bands. */
  readonly zone: string | null;
  readonly stands: Spot['stands'];
  readonly x: number;
}

interface Band {
  readonly zone: string;
  readonly x: number;
  readonly w: number;
}

export interface Lanes {
  readonly all: readonly Lane[];
  readonly bands: readonly Band[];
  /** Distance from one to the next. */
  readonly stepPx: number;
  /** The lane of an actor or a host; null for who stands on none. */
  of(actor: string): Lane | null;
}

type Draft = Omit<Lane, 'x'> & { readonly actors: readonly string[] };

/** Replicas beyond these stand with the others. */
const MOST_REPLICAS = 4;
const LEAST_STEP_PX = 24;
/** Between the instances and the first zone, and between zones: shares of a step. */
const APART = 0.45;

/** Who has a lane: clients, the writer, replicas, the members in focus by zone, and one for all others. */
export function lanesOf(
  view: ClusterView,
  group: number | 'all',
  leftPx: number,
  widthPx: number,
): Lanes {
  const instances = instanceLanes(view.instances, widthPx);
  const members = group === 'all' ? hostLanes(view) : memberLanes(view, group);
  const drafts = [clientsLane(view), ...instances, ...members];
  const all = [...drafts, othersLane(view, drafts)];
  const zones = [...new Set(members.map(({ zone }) => zone))];
  const steps = all.length + APART * (zones.length + 1);
  const stepPx = widthPx / steps;
  const lanes: Lane[] = [];
  let x = leftPx + stepPx / 2;
  all.forEach(({ actors: _, ...lane }, i) => {
    const before = all[i - 1];
    if (before !== undefined && before.zone !== lane.zone) x += APART * stepPx;
    lanes.push({ ...lane, x: Math.round(x) + 0.5 });
    x += stepPx;
  });
  return { all: lanes, bands: bandsOf(lanes, stepPx), stepPx, of: finder(lanes, all) };
}

function finder(lanes: readonly Lane[], drafts: readonly Draft[]): Lanes['of'] {
  const byActor = new Map<string, Lane>();
  drafts.forEach(({ actors }, i) => {
    const lane = lanes[i];
    if (lane) for (const actor of actors) byActor.set(actor, lane);
  });
  const clients = lanes[0] ?? null;
  const others = lanes.at(-1) ?? null;
  return (actor) => {
    if (actor === 'outside') return null;
    if (/^(?:app|you|load)/.test(actor)) return clients;
    return byActor.get(actor) ?? others;
  };
}

function bandsOf(lanes: readonly Lane[], stepPx: number): readonly Band[] {
  const zones = [...new Set(lanes.flatMap(({ zone }) => zone ?? []))];
  return zones.map((zone) => {
    const here = lanes.filter((lane) => lane.zone === zone);
    const first = here[0]?.x ?? 0;
    const last = here.at(-1)?.x ?? first;
    return { zone, x: first - stepPx * 0.6, w: last - first + stepPx * 1.2 };
  });
}

function clientsLane({ clients }: ClusterView): Draft {
  const more = clients.length === 0 ? '' : `${clients.length}`;
  return {
    id: 'clients',
    name: 'Clients',
    more,
    kind: 'clients',
    zone: null,
    stands: null,
    actors: [],
  };
}

function instanceLanes(instances: readonly InstanceView[], widthPx: number): readonly Draft[] {
  const writers = instances.filter(({ role }) => role !== 'replica');
  const room = Math.max(1, Math.floor(widthPx / LEAST_STEP_PX) - 9 - writers.length);
  const replicas = instances
    .filter(({ role }) => role === 'replica')
    .slice(0, Math.min(MOST_REPLICAS, room));
  return [...writers, ...replicas].map(({ id, role }) => ({
    id,
    name: id,
    more: role,
    kind: 'instance',
    zone: null,
    stands: { kind: 'instance', id },
    actors: [id],
  }));
}

function memberLanes({ groups }: ClusterView, group: number): readonly Draft[] {
  const segments = groups[group]?.segments ?? [];
  return segments
    .toSorted((a, b) => (a.az < b.az ? -1 : a.az > b.az ? 1 : 0))
    .map(({ id, host, member, az }) => ({
      id,
      name: host,
      more: member,
      kind: 'member',
      zone: az,
      stands: { kind: 'segment', id },
      actors: [id, host],
    }));
}

function hostLanes({ hosts, groups }: ClusterView): readonly Draft[] {
  const segments = groups.flatMap((group) => group.segments);
  const lane = ({ id, az }: HostView): Draft => ({
    id,
    name: id,
    more: '',
    kind: 'member',
    zone: az,
    stands: { kind: 'node', id },
    actors: [id, ...segments.filter(({ host }: SegmentView) => host === id).map((each) => each.id)],
  });
  return hosts.map(lane);
}

function othersLane(view: ClusterView, drafts: readonly Draft[]): Draft {
  const shown = new Set(drafts.flatMap(({ actors }) => actors));
  const hidden = [...view.hosts, ...view.instances].filter(({ id }) => !shown.has(id)).length;
  return {
    id: 'others',
    name: 'Others',
    more: hidden > 0 ? `+${hidden}` : '',
    kind: 'others',
    zone: null,
    stands: null,
    actors: [],
  };
}
