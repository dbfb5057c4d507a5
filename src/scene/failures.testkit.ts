/** Moments in which something is being repaired, opened anew, grown, backed up or restored. */

import { segmentId } from '../protocol/topology.ts';
import type { ClusterView, GroupView, InstanceView } from '../protocol/view.ts';
import type { FailoverView, RangeView, RecoveryView } from '../protocol/view-change.ts';
import { flight, hostOf, restingView, SHAPE, segment } from './fixtures.testkit.ts';

export const RANGE: RangeView = { epoch: 4, above: 1039, upTo: 2039 };

export const withInstance = (
  view: ClusterView,
  id: string,
  patch: Partial<InstanceView>,
): ClusterView => ({
  ...view,
  instances: view.instances.map((each) => (each.id === id ? { ...each, ...patch } : each)),
});

export const withGroup = (
  view: ClusterView,
  id: number,
  change: (group: GroupView) => Partial<GroupView>,
): ClusterView => ({
  ...view,
  groups: view.groups.map((each) => (each.id === id ? { ...each, ...change(each) } : each)),
});

const polling = (phase: RecoveryView['phase'], answers: readonly number[]): RecoveryView => ({
  phase,
  sinceUs: 12_000,
  epoch: 4,
  groups: answers.map((count, id) => ({
    id,
    answered:
      restingView()
        .groups[id]?.segments.slice(1, 1 + count)
        .map((s) => s.id) ?? [],
    needed: phase === 'polling' ? 3 : 4,
    complete: count >= (phase === 'polling' ? 3 : 4),
  })),
  vcl: phase === 'polling' ? null : 1041,
  vdl: phase === 'polling' ? null : 1039,
  range: phase === 'polling' ? null : RANGE,
});

/** The writer came back after a crash and asks a read quorum of every group. */
export function recovering(): ClusterView {
  const view = withInstance(restingView(), 'W', {
    state: 'recovering',
    chart: 'recovering › polling',
    recovery: polling('polling', [2, 3, 3, 1]),
    cache: [],
    epoch: 4,
  });
  const question = { kind: 'recovery', from: 'W', first: null, last: null, count: 0 } as const;
  return {
    ...view,
    endpoint: { writer: 'W', sinceUs: 0, moving: true },
    clients: view.clients.map((client) => ({ ...client, waitingSinceUs: 12_000 })),
    flights: [
      flight({ ...question, id: 700, to: '0/f', toHost: 'C2', label: 'epoch 4' }),
      flight({
        ...question,
        ...{ id: 701, kind: 'recovery-answer', from: '0/d', fromHost: 'B2', to: 'W' },
        ...{ sentUs: 12_600, label: 'complete to 1041' },
      }),
    ],
  };
}

const failover = (patch: Partial<FailoverView>): FailoverView => ({
  phase: 'detecting',
  from: 'W',
  target: null,
  sinceUs: 11_000,
  phaseSinceUs: 12_000,
  ...patch,
});

/** The old writer is gone; R1 truncates the log and will be the writer. */
export function promoting(): ClusterView {
  const dead = withInstance(restingView(), 'W', { state: 'down', role: 'replica', cache: [] });
  const view = withInstance(dead, 'R1', {
    role: 'writer',
    state: 'recovering',
    chart: 'recovering › truncating',
    recovery: polling('truncating', [4, 3, 2, 4]),
    epoch: 4,
  });
  return {
    ...view,
    volume: { ...view.volume, epoch: 4, vdl: 1039, vcl: 1041, allocated: 1041, ranges: [RANGE] },
    endpoint: { writer: 'R1', sinceUs: 12_000, moving: true },
    control: {
      ...view.control,
      failover: failover({ phase: 'recovering', target: 'R1' }),
      suspects: ['W'],
    },
    clients: view.clients.map((client, k) => ({
      ...client,
      waitingSinceUs: k < 3 ? 12_000 : null,
    })),
  };
}

/** R1 writes in epoch 4; the old writer still thinks that it is one, and two transactions are being undone. */
export function zombie(): ClusterView {
  const old = withInstance(restingView(), 'W', {
    role: 'zombie',
    refusedBy: 4,
    cutFrom: ['control'],
    readPoint: 1036,
    waitingCommits: [{ txn: 17, lsn: 1041, sinceUs: 12_000 }],
  });
  const view = withInstance(old, 'R1', { role: 'writer', epoch: 4, undoLeft: 2, readPoint: 2042 });
  return {
    ...view,
    volume: {
      ...view.volume,
      ...{ epoch: 4, vdl: 2042, vcl: 2042, allocated: 2043, ranges: [RANGE] },
    },
    endpoint: { writer: 'R1', sinceUs: 12_000, moving: false },
    groups: view.groups.map((group) => ({
      ...group,
      tail: 2042,
      segments: group.segments.map((one) => ({
        ...one,
        ranges: one.slot === 'f' ? [] : [RANGE],
        recent:
          one.slot === 'f'
            ? [...one.recent.slice(-7), 1041]
            : [...one.recent.filter((lsn) => lsn <= 1039), 2040, 2042],
        scl: one.slot === 'f' ? 1041 : 2042,
        epochs: { ...one.epochs, volume: one.slot === 'f' ? 3 : 4 },
      })),
    })),
    clients: view.clients.map((client, k) => ({ ...client, endpoint: k === 0 ? 'W' : 'R1' })),
    flights: [
      flight({
        ...{ id: 710, kind: 'refusal', from: '0/c', fromHost: 'B1', to: 'W' },
        ...{ first: null, last: null, label: 'stale volume epoch' },
      }),
    ],
  };
}

/** F is suspected and G is being filled on C3; in group 1, E fails too and H comes in. */
export function membershipChange(): ClusterView {
  const view = restingView();
  const joined = (
    group: number,
    slot: 'e' | 'f',
    member: string,
    host: string,
    percent: number,
  ) => ({
    ...segment(group, slot, SHAPE, 6),
    id: `${group}/${member}@${host}` as `${number}/f`,
    ...{ member, host, percent, state: 'hydrating' as const, chart: 'hydrating' },
  });
  const g = joined(0, 'f', 'g', 'C3', 38);
  const h = joined(1, 'e', 'h', 'C1', 5);
  const g1 = joined(1, 'f', 'g', 'C2', 71);
  const replacing = (made: typeof g) => ({
    ...{ member: made.member, segment: made.id, host: made.host, percent: made.percent },
    ...{ hydrated: false, doneAtUs: 5_000_000 },
    source: segmentId(made.group, 'd'),
  });
  const changed = (group: GroupView, added: readonly (typeof g)[]): Partial<GroupView> => ({
    membershipEpoch: 1 + added.length,
    places: group.places.map((place) => {
      const made = added.find(({ slot }) => slot === place.slot);
      return made ? { ...place, replacement: replacing(made) } : place;
    }),
    segments: [
      ...group.segments.map((one) =>
        added.some(({ slot }) => slot === one.slot) ? { ...one, state: 'suspected' as const } : one,
      ),
      ...added,
    ],
    meter: group.meter && {
      ...group.meter,
      slots: [
        ...group.meter.slots.map((copy) => ({
          ...copy,
          state: added.some(({ slot }) => slot === copy.slot) ? ('down' as const) : copy.state,
        })),
        ...added.map(({ slot, member, host }) => ({
          slot,
          member,
          host,
          state: 'stored' as const,
        })),
      ],
      acked: 4,
    },
  });
  const four = (of: string) => ({ k: 4, of: [...of] });
  const one = withGroup(view, 0, (group) => ({
    ...changed(group, [g]),
    write: { and: [four('abcdef'), four('abcdeg')] },
    writeText: '4/6 of abcdef AND 4/6 of abcdeg',
    readText: '3/6 of abcdef',
  }));
  const two = withGroup(one, 1, (group) => ({
    ...changed(group, [h, g1]),
    write: { and: [four('abcdef'), four('abcdeg'), four('abcdhf'), four('abcdhg')] },
    writeText: '4/6 of abcdef AND 4/6 of abcdeg AND 4/6 of abcdhf AND 4/6 of abcdhg',
  }));
  const news = [g, h, g1];
  return {
    ...two,
    hosts: two.hosts.map((host) => ({
      ...host,
      segments: [...host.segments, ...news.filter((s) => s.host === host.id).map((s) => s.id)],
      state: host.id === hostOf(0, 'f', SHAPE) ? ('down' as const) : host.state,
    })),
    control: { ...two.control, suspects: ['C2'] },
    flights: [
      flight({
        ...{ id: 720, kind: 'hydration', from: '0/e', fromHost: 'C1', to: g.id, toHost: 'C3' },
        ...{ first: null, last: null, label: '3.8 GB' },
      }),
    ],
  };
}

/** Full and tail copies, a damaged page, a zone given up, a backup behind, and no control plane. */
export function troubles(): ClusterView {
  const view = restingView();
  const first = withGroup(view, 0, (group) => ({
    write: {
      or: [
        { k: 4, of: [...'abcdef'] },
        { k: 3, of: [...'ace'] },
      ],
    },
    writeText: '4/6 of abcdef OR 3/3 of ace',
    segments: group.segments.map((one, k) => ({
      ...one,
      kind: k % 2 === 0 ? ('full' as const) : ('tail' as const),
      damage: one.slot === 'c' ? [{ page: 7, state: 'found' as const }] : [],
      backedUpTo: 1035,
    })),
  }));
  const both = withGroup(first, 1, (group) => ({
    write: { k: 3, of: [...'abcd'] },
    writeText: '3/4 of abcd',
    places: group.places.map((place) => ({ ...place, struck: 'ef'.includes(place.slot) })),
  }));
  return {
    ...both,
    volume: { ...both.volume, model: 'full-tail', geometryEpoch: 2 },
    hosts: both.hosts.map((host) => {
      if (host.id === 'B3') return { ...host, state: 'lost' as const };
      if (host.id === 'A4') return { ...host, patching: true, state: 'restarting' as const };
      return host.id === 'A1' ? { ...host, cutFrom: ['control'] } : host;
    }),
    control: { ...both.control, state: 'unavailable', chart: 'unavailable' },
    store: { backedUpTo: 1035, restorableToUs: view.timeUs - 7_000_000, behind: 7 },
    restored: { state: 'open', asOfUs: 9_000, vdl: 1031, percent: 100 },
  };
}
