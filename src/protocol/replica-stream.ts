import { forget, observe } from '../database/commit-history.ts';
import { applyDelta } from '../database/delta.ts';
import type { Lsn } from '../database/ids.ts';
import { cached, emptyCache, held } from '../database/page-cache.ts';
import { AppendLog } from '../engine/append-log.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Vector } from '../engine/vector.ts';
import type { Attach, Attached, Feedback, Resumed, Stream } from './messages.ts';
import { type MutationName, mutated } from './mutations.ts';
import { note } from './note.ts';
import type { GroupId, LogRecord } from './record.ts';
import type { Resolve } from './recovery-messages.ts';
import { copyOf, groupAt, type Replica, type ReplicaGroup } from './replica.ts';
import { learnGeometry } from './replica-growth.ts';
import { cutOff, viewsOf } from './replica-transactions.ts';
import { withPart } from './stream-rate.ts';
import { CONTROL } from './topology.ts';

/** A part of the stream that is missing this long is taken for lost. */
const GAP_US = 10_000;
const FEEDBACK_EVERY_US = 100_000;
/** A replica that asked to attach and heard nothing asks again. */
const ATTACH_AGAIN_US = 1_000_000;

/** The writer's stream, put back in order by its sequence numbers, as a TCP connection would. */
export function receiveStream(
  replica: Replica,
  { message, atUs }: Delivery<Stream>,
): Outcome<Replica> {
  if (message.epoch < replica.epoch || message.sequence <= replica.sequence) return [replica, []];
  const effects: Effect[] = [];
  const next = copyOf(replica);
  if (message.sequence > replica.sequence + 1) {
    if (replica.early.length === 0) effects.push(gapTimer());
    next.early = [...replica.early, message];
    return [next, effects];
  }
  takeAll(next, message, atUs, effects);
  if (next.early.length === 0 && replica.early.length > 0) effects.push(disarm('gap'));
  apply(next, atUs, effects);
  feedbackSoon(next, effects);
  return [next, effects];
}

const gapTimer = (): Effect => arm('gap', GAP_US, signal('STREAM_GAP'));

/** A part of the stream and those that waited for it. */
function takeAll(replica: Mutable<Replica>, stream: Stream, atUs: Micros, effects: Effect[]): void {
  take(replica, stream, atUs, effects);
  for (let more = following(replica); more !== undefined; more = following(replica))
    take(replica, more, atUs, effects);
}

/** Tells the writer in a while how far the replica has come. */
function feedbackSoon(replica: Mutable<Replica>, effects: Effect[]): void {
  if (replica.feedbackDue) return;
  effects.push(arm('feedback', FEEDBACK_EVERY_US, signal('FEEDBACK_DUE')));
  replica.feedbackDue = true;
}

const following = (replica: Replica): Stream | undefined =>
  replica.early.find(({ sequence }) => sequence === replica.sequence + 1);

function take(replica: Mutable<Replica>, stream: Stream, atUs: Micros, effects: Effect[]): void {
  const { records, sequence, vdl, vdlAtUs, geometry } = stream;
  if (geometry !== null) learnGeometry(replica, geometry);
  for (const record of records) replica.queue = replica.queue.push(record);
  const last = records[records.length - 1]?.lsn ?? null;
  effects.push(
    note({
      type: 'stream-received',
      replica: replica.id,
      records: records.length,
      last,
      vdl,
    }),
  );
  replica.sequence = sequence;
  if (replica.early.length > 0)
    replica.early = replica.early.filter((each) => each.sequence > sequence);
  replica.highest = Math.max(replica.highest, last ?? 0);
  if (last !== null) replica.arrivals = replica.arrivals.push({ last, atUs });
  replica.rate = withPart(replica.rate, stream, atUs);
  replica.knownVdl = Math.max(replica.knownVdl, vdl);
  replica.knownAtUs = vdlAtUs;
}

/**
 * Applies whole mini-transactions, in order, and only up to the VDL the replica knows (SIGMOD'17
 * §4.2.4; the 2018 text prints "above"). A record of a page that is not cached is skipped: storage has
 * it.
 */
function apply(replica: Mutable<Replica>, atUs: Micros, effects: Effect[]): void {
  const from = replica.vdl;
  const { queue, settings } = replica;
  const upTo = limitOf(replica);
  let done = 0;
  for (let end = endOfMtr(queue, 0, upTo, settings.mutations); end > done; ) {
    for (; done < end; done++) {
      const record = queue.at(done);
      if (record !== undefined) applyRecord(replica, record, effects);
    }
    replica.vdl = queue.at(done - 1)?.lsn ?? replica.vdl;
    end = endOfMtr(queue, done, upTo, settings.mutations);
  }
  if (replica.vdl === from) return;
  replica.queue = queue.drop(done);
  replica.lagUs = atUs - replica.knownAtUs;
  noteReplay(replica, atUs);
  const { id, vdl, lagUs } = replica;
  effects.push(note({ type: 'read-view', replica: id, from, to: vdl, lagUs }));
}

/** The VDL it knows; under mutations anything it was sent, or one record less than whole mini-transactions. */
function limitOf({ settings: { mutations }, knownVdl }: Replica): Lsn {
  if (mutated(mutations, 'replica-beyond-vdl')) return Number.POSITIVE_INFINITY;
  return mutated(mutations, 'replica-record-by-record') ? knownVdl - 1 : knownVdl;
}

/** How long the parts that are through now had waited for the VDL that covers them. */
function noteReplay(replica: Mutable<Replica>, atUs: Micros): void {
  const { arrivals, vdl } = replica;
  const through = arrivals.firstIndex(({ last }) => last > vdl);
  const newest = arrivals.at(through - 1);
  if (newest === undefined) return;
  replica.replayUs = atUs - newest.atUs;
  replica.arrivals = arrivals.drop(through);
}

/** Where the mini-transaction that begins at an index ends, or the index while VDL is not there. */
function endOfMtr(
  queue: AppendLog<LogRecord>,
  begin: number,
  vdl: Lsn,
  mutations: readonly MutationName[],
): number {
  for (let i = begin; ; i++) {
    const record = queue.at(i);
    if (record === undefined || record.lsn > vdl) return begin;
    if (record.cpl || mutated(mutations, 'replica-record-by-record')) return i + 1;
  }
}

function applyRecord(replica: Mutable<Replica>, record: LogRecord, effects: Effect[]): void {
  const { lsn, page, group: id } = record;
  replica.groups = withTail(replica.groups, id, lsn);
  replica.history = observe(replica.history, record);
  if (record.kind === 'commit')
    effects.push(note({ type: 'commit-noticed', replica: replica.id, txn: record.txn, lsn }));
  if (replica.reads.some((read) => read.page === page))
    replica.reads = replica.reads.map((read) =>
      read.page === page ? { ...read, meanwhile: [...read.meanwhile, record] } : read,
    );
  const image = cached(replica.cache, page);
  if (image === undefined || image.lsn >= lsn) {
    effects.push(note({ type: 'replica-skipped', replica: replica.id, lsn, page }));
    replica.skipped++;
    return;
  }
  effects.push(note({ type: 'replica-applied', replica: replica.id, lsn, page }));
  replica.cache = held(replica.cache, applyDelta(image, page, lsn, record.delta));
  replica.applied++;
}

function withTail(groups: Vector<ReplicaGroup>, id: GroupId, tail: Lsn): Vector<ReplicaGroup> {
  const group = groups.at(id);
  if (group === undefined) return groups;
  return groups.with(id, groupAt(group, tail));
}

/** What reads of a group present from now on. */
function inEpoch(groups: Vector<ReplicaGroup>, id: GroupId, volume: number): Vector<ReplicaGroup> {
  const group = groups.at(id);
  if (group === undefined) return groups;
  const { membership, geometry } = group.epochs;
  return groups.with(id, { ...group, epochs: { volume, membership, geometry } });
}

/** Tells the writer how old a version reads here may still need (SIGMOD'17 §4.2.3). */
export function sendFeedback(replica: Replica): Outcome<Replica> {
  const feedback: Feedback = {
    type: 'FEEDBACK',
    replica: replica.id,
    sequence: replica.sequence,
    readPoint: oldestReadPoint(replica),
  };
  const waits = feedback.readPoint < replica.vdl;
  const effects: Effect[] = [send(replica.writer, feedback)];
  if (waits) effects.push(arm('feedback', FEEDBACK_EVERY_US, signal('FEEDBACK_DUE')));
  const next = copyOf(replica);
  next.feedbackDue = waits;
  // Whoever still reads here sees these commits: they need not be told apart any more.
  next.history = forget(replica.history, feedback.readPoint);
  return [next, effects];
}

/** The lowest point that a statement or a page read under way here still needs. */
export function oldestReadPoint(replica: Replica): Lsn {
  let oldest = replica.vdl;
  for (const session of replica.sessions)
    for (const view of viewsOf(session)) oldest = Math.min(oldest, view);
  for (const { readPoint } of replica.reads) oldest = Math.min(oldest, readPoint);
  return oldest;
}

/** A part of the stream did not come: the writer is asked for it, or for a place to begin at. */
export function askToAttach(replica: Replica): Outcome<Replica> {
  const { id, cache, epoch, streamEpoch } = replica;
  const known = cache.size > 0 && streamEpoch === epoch;
  const sequence = known ? replica.sequence : null;
  const attach: Attach = { type: 'ATTACH', replica: id, sequence, epoch: streamEpoch };
  const resolve: Resolve = { type: 'RESOLVE' };
  return [
    replica,
    [
      send(replica.writer, attach),
      send(CONTROL, resolve),
      arm('attach', ATTACH_AGAIN_US, signal('ATTACH_AGAIN')),
    ],
  ];
}

/** Goes on with what was missed, up to the VDL as of now. */
export function takeUp(
  replica: Mutable<Replica>,
  missed: readonly Stream[],
  { vdl, vdlAtUs }: Pick<Resumed, 'vdl' | 'vdlAtUs'>,
  atUs: Micros,
  effects: Effect[],
): void {
  for (const part of missed) take(replica, part, atUs, effects);
  for (let more = following(replica); more !== undefined; more = following(replica))
    take(replica, more, atUs, effects);
  replica.early = replica.early.filter(({ sequence }) => sequence > replica.sequence);
  replica.knownVdl = Math.max(replica.knownVdl, vdl);
  replica.knownAtUs = Math.max(replica.knownAtUs, vdlAtUs);
  replica.feedbackDue = false;
  apply(replica, atUs, effects);
  feedbackSoon(replica, effects);
  if (replica.early.length > 0) effects.push(gapTimer());
}

/** Attached: an empty cache at the writer's VDL, and the stream from there on. No data are copied. */
export function attached(
  replica: Replica,
  { message, atUs }: Delivery<Attached>,
): Outcome<Replica> {
  const effects: Effect[] = [disarm('attach')];
  const next = copyOf(replica);
  next.epoch = message.epoch;
  next.streamEpoch = message.epoch;
  next.ranges = message.ranges;
  learnGeometry(next, message.geometry);
  message.tails.forEach((tail, id) => {
    next.groups = inEpoch(withTail(next.groups, id, tail), id, message.epoch);
  });
  next.cache = emptyCache(replica.cache.capacity);
  next.sessions = replica.sessions.map(cutOff);
  next.history = message.history;
  next.vdl = message.vdl;
  next.knownVdl = message.vdl;
  next.knownAtUs = message.vdlAtUs;
  next.sequence = message.sequence;
  next.queue = AppendLog.of(message.records);
  next.arrivals = AppendLog.empty();
  next.highest = message.records[message.records.length - 1]?.lsn ?? message.vdl;
  next.early = replica.early.filter(
    ({ sequence, epoch }) => epoch === message.epoch && sequence > message.sequence,
  );
  next.feedbackDue = false;
  effects.push(note({ type: 'instance', instance: replica.id, state: 'up' }));
  feedbackSoon(next, effects);
  const first = following(next);
  if (first !== undefined) {
    takeAll(next, first, atUs, effects);
    apply(next, atUs, effects);
  }
  if (next.early.length > 0) effects.push(gapTimer());
  return [next, effects];
}
