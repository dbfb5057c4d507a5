import { outcomeOf } from '../database/commit-history.ts';
import { describeDelta } from '../database/describe-delta.ts';
import { type PageCache, pagesOf } from '../database/page-cache.ts';
import { oldestReadPoint } from '../database/purge.ts';
import type { Session } from '../database/session.ts';
import { each as eachEntry, get } from '../database/sorted-map.ts';
import type { ActorId } from '../engine/effect.ts';
import { isSegment } from './cluster.ts';
import type { PendingRead } from './page-fetch.ts';
import type { Replica, ReplicaSession } from './replica.ts';
import { statusOf } from './replica-status.ts';
import { oldestReadPoint as oldestOfReplica } from './replica-stream.ts';
import type { Rebuild, Segment } from './segment.ts';
import { rowsOf } from './segment-read.ts';
import { zoneOfInstance } from './topology.ts';
import type {
  CachedPageView,
  ClientView,
  InstanceView,
  RebuildView,
  SessionView,
  TransactionView,
} from './view.ts';
import {
  clientIds,
  clientIn,
  controlIn,
  instanceIn,
  segmentIn,
  type World,
  writerIn,
} from './view-actors.ts';
import { recoveryView, undoLeft } from './view-recovery.ts';
import { allocationCeiling, type Writer } from './writer.ts';

/** The pages of a cache, most recently used first. */
function cacheView(
  cache: PageCache,
  pagesPerGroup: number,
  vdl: number,
): readonly CachedPageView[] {
  return pagesOf(cache)
    .map((page) => ({ page, used: get(cache.pages, page.no)?.used ?? 0 }))
    .sort((a, b) => b.used - a.used)
    .map(({ page: { no, lsn, body } }) => ({
      page: no,
      group: Math.floor(no / pagesPerGroup),
      lsn,
      durable: lsn <= vdl,
      kind: body.kind,
    }));
}

const readsView = (reads: readonly PendingRead[]): InstanceView['pendingReads'] =>
  reads.flatMap(({ page, readPoint, asked }) =>
    asked.map(({ segment }) => ({ page, readPoint, segment })),
  );

/** How much of the network an instance reaches. */
function linksOf(world: World, id: ActorId): Pick<InstanceView, 'isolated' | 'cutFrom'> {
  const { isolated, blocked } = world.network;
  return {
    isolated: isolated.includes(id),
    cutFrom: blocked.filter(({ from }) => from === id).map(({ to }) => to),
  };
}

/** An instance as it may be shown, in whichever part it plays. */
export function instanceView(world: World, id: ActorId): InstanceView {
  const { context, chart, state } = instanceIn(world, id);
  const how: How = { chart, state: SERVES[state] ?? 'open', ...linksOf(world, id) };
  return context.role === 'writer'
    ? writerView(world, context, how)
    : readerView(world, context, how);
}

type How = Pick<InstanceView, 'chart' | 'state' | 'isolated' | 'cutFrom'>;

/** Chart states in which an instance does not serve its clients; in the others it is open. */
const SERVES: Readonly<Record<string, InstanceView['state']>> = {
  recovering: 'recovering',
  attaching: 'attaching',
  fenced: 'fenced',
  restarting: 'restarting',
  down: 'down',
};

function writerView(world: World, writer: Writer, how: How): InstanceView {
  const { db, volume, commits, counters, reads } = writer;
  return {
    id: writer.id,
    role: roleOf(world, writer, how),
    az: zoneOfInstance(writer.id),
    ...how,
    epoch: writer.epoch,
    tier: 0,
    refusedBy: how.state === 'fenced' ? controlIn(world).context.volumeEpoch : null,
    recovery: recoveryView(writer, how.chart),
    undoLeft: undoLeft(writer),
    oldestReadView: oldestReadPoint(db) ?? volume.vdl,
    cacheCapacity: db.cache.capacity,
    cache: cacheView(db.cache, db.layout.pagesPerGroup, volume.vdl),
    readPoint: volume.vdl,
    highestReceived: writer.prevVolumeLsn,
    lagUs: 0,
    applied: 0,
    skipped: 0,
    hits: counters.hits,
    misses: counters.misses,
    waitingCommits: [...commits].map(({ txn, lsn, sinceUs }) => ({ txn, lsn, sinceUs })),
    pendingReads: readsView(reads),
    sessions: writerSessions(writer),
    status: null,
    stalled: stallSentence(writer),
  };
}

/** A writer that was replaced is a zombie as long as it takes itself for the writer. */
function roleOf(world: World, { epoch }: Writer, { state }: How): InstanceView['role'] {
  if (epoch === controlIn(world).context.volumeEpoch) return 'writer';
  return state === 'open' ? 'zombie' : 'replica';
}

function writerSessions(writer: Writer): readonly SessionView[] {
  const out: SessionView[] = [];
  eachEntry(writer.db.sessions, (id, session) => {
    out.push({ session: id, txn: session.txn?.id ?? null, ...sessionState(writer, session) });
  });
  return out;
}

function sessionState(
  writer: Writer,
  { id, work, waiting }: Session,
): Pick<SessionView, 'state' | 'detail'> {
  const read = writer.reads.find(({ sessions }) => sessions.includes(id));
  const commit = [...writer.commits].find(({ session }) => session === id);
  if (commit !== undefined)
    return { state: 'waiting for durability', detail: `commit record ${commit.lsn}` };
  if (work === null) return { state: 'idle', detail: '' };
  if (writer.stalled.includes(id))
    return { state: 'stalled', detail: `LSN allocation limit ${allocationCeiling(writer)}` };
  if (read !== undefined) return { state: 'reading a page', detail: `page ${read.page}` };
  if (waiting?.wait.reason === 'row-lock') {
    const { key, table, holder } = waiting.wait;
    return {
      state: 'waiting for a row lock',
      detail: `row ${key} of ${table}, held by session ${holder}`,
    };
  }
  if (waiting !== null) return { state: 'stalled', detail: waiting.wait.reason };
  return { state: 'running', detail: work.statement.kind };
}

function stallSentence(writer: Writer): string | null {
  if (writer.stalled.length > 0)
    return `No LSN above ${allocationCeiling(writer)} until the durable point moves.`;
  const waits: string[] = [];
  eachEntry(writer.db.sessions, (_, { waiting }) => {
    if (waiting !== null && !waiting.over) waits.push(waiting.wait.reason);
  });
  if (waits.includes('cache-full'))
    return 'Every cached page has changes that are not durable yet: none may be evicted.';
  if (waits.includes('undo-full')) return 'Undo pages are full until purge can empty one.';
  return null;
}

function readerView(world: World, replica: Replica, how: How): InstanceView {
  return {
    id: replica.id,
    role: 'replica',
    az: zoneOfInstance(replica.id),
    ...how,
    epoch: replica.epoch,
    tier: 1,
    refusedBy: null,
    recovery: null,
    undoLeft: 0,
    oldestReadView: oldestOfReplica(replica),
    cacheCapacity: replica.cache.capacity,
    cache: cacheView(replica.cache, replica.settings.pagesPerGroup, replica.vdl),
    readPoint: replica.vdl,
    highestReceived: replica.highest,
    lagUs: replica.lagUs,
    applied: replica.applied,
    skipped: replica.skipped,
    hits: replica.hits,
    misses: replica.misses,
    waitingCommits: [],
    pendingReads: readsView(replica.reads),
    sessions: replica.sessions.map(readerSession),
    status: statusOf(replica, world.position.timeUs),
    stalled: null,
  };
}

function readerSession({ id: session, work, view, txn }: ReplicaSession): SessionView {
  if (work !== null)
    return { session, state: 'reading a page', txn: null, detail: `read view ${view}` };
  const held = txn?.view ?? null;
  const detail = held === null ? '' : `transaction open, read view ${held}`;
  return { session, state: 'idle', txn: null, detail };
}

/** Transactions that are open or wait for durability, as the log knows them. */
export function transactionViews(world: World): readonly TransactionView[] {
  const { context: writer } = writerIn(world);
  const found = new Map<number, TransactionView>();
  eachEntry(writer.db.sessions, (session, { txn }) => {
    if (txn?.id === null || txn === null) return;
    if (outcomeOf(writer.db.history, txn.id) !== null) return;
    found.set(txn.id, { ...blank(txn.id, session), state: 'active' });
  });
  for (const { txn, session, lsn } of writer.commits)
    found.set(txn, { ...blank(txn, session), commitLsn: lsn, state: 'waiting for durability' });
  for (const { txn, lsn, group } of writer.volume.pending) {
    const known = found.get(txn);
    if (known === undefined) continue;
    const groups = known.groups.includes(group) ? known.groups : [...known.groups, group];
    found.set(txn, { ...known, first: known.first ?? lsn, last: lsn, groups });
  }
  return [...found.values()];
}

const blank = (txn: number, session: number | null): TransactionView => ({
  txn,
  session,
  state: 'active',
  first: null,
  last: null,
  commitLsn: null,
  groups: [],
});

/** Pages being built somewhere right now. */
export function rebuildViews(world: World): readonly RebuildView[] {
  return world
    .actorIds()
    .filter(isSegment)
    .flatMap((id) => {
      const { context } = segmentIn(world, id);
      return context.reads.map((read) => rebuildView(world, context, read));
    });
}

function rebuildView(world: World, segment: Segment, read: Rebuild): RebuildView {
  const timer = `apply #${read.id}`;
  const due = world.waiting.find((f) => f.timer === timer && f.to === segment.id);
  const listed = (records: Rebuild['left']): RebuildView['left'] =>
    records.map(({ lsn, delta }) => ({ lsn, what: describeDelta(delta) }));
  return {
    segment: segment.id,
    host: segment.host,
    instance: read.instance,
    page: read.image.no,
    readPoint: read.readPoint,
    baseLsn: read.base.lsn,
    hit: read.hit,
    phase: read.phase,
    startedUs: read.startedUs,
    nextUs: due?.atUs ?? read.startedUs,
    left: listed(read.left),
    done: listed(read.done),
    pageLsn: read.image.lsn,
    rows: rowsOf(read.image),
    kind: read.image.body.kind,
  };
}

/** Every connection that has been used, as its client sees it. */
export function clientViews(world: World): readonly ClientView[] {
  return clientIds(world).map((id) => {
    const { context, chart } = clientIn(world, id);
    return {
      id,
      kind: context.application ? 'application' : 'console',
      endpoint: context.endpoint,
      chart,
      waitingSinceUs: context.sinceUs,
      queued: context.queue.length,
    };
  });
}
