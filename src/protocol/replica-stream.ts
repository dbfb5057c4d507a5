import { observe } from '../database/commit-history.ts';
import { applyDelta } from '../database/delta.ts';
import type { Lsn } from '../database/ids.ts';
import { cached, emptyCache, held } from '../database/page-cache.ts';
import { AppendLog } from '../engine/append-log.ts';
import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { Attach, Attached, Feedback, Signal, Stream } from './messages.ts';
import { signal } from './messages.ts';
import { note } from './note.ts';
import type { LogRecord } from './record.ts';
import type { Replica } from './replica.ts';

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
  if (message.sequence <= replica.sequence) return [replica, []];
  const effects: Effect[] = [];
  if (message.sequence > replica.sequence + 1) {
    if (replica.early.length === 0) effects.push(gapTimer());
    return [{ ...replica, early: [...replica.early, message] }, effects];
  }
  const next = takenAll(replica, message, effects);
  if (next.early.length === 0 && replica.early.length > 0)
    effects.push({ kind: 'disarm', timer: 'gap' });
  return [withFeedback(applied(next, atUs, effects), effects), effects];
}

const gapTimer = (): Effect => arm('gap', GAP_US, signal('STREAM_GAP'));

/** A part of the stream and those that waited for it. */
function takenAll(replica: Replica, stream: Stream, effects: Effect[]): Replica {
  let next = taken(replica, stream, effects);
  for (let more = following(next); more !== undefined; more = following(next))
    next = taken(next, more, effects);
  return next;
}

/** Tells the writer in a while how far the replica has come. */
function withFeedback(replica: Replica, effects: Effect[]): Replica {
  if (replica.feedbackDue) return replica;
  effects.push(arm('feedback', FEEDBACK_EVERY_US, signal('FEEDBACK_DUE')));
  return { ...replica, feedbackDue: true };
}

const following = (replica: Replica): Stream | undefined =>
  replica.early.find(({ sequence }) => sequence === replica.sequence + 1);

function taken(replica: Replica, stream: Stream, effects: Effect[]): Replica {
  const { records, sequence, vdl, vdlAtUs } = stream;
  let queue = replica.queue;
  for (const record of records) queue = queue.push(record);
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
  return {
    ...replica,
    queue,
    sequence,
    early: replica.early.filter((each) => each.sequence > sequence),
    highest: Math.max(replica.highest, last ?? 0),
    knownVdl: Math.max(replica.knownVdl, vdl),
    knownAtUs: vdlAtUs,
  };
}

/**
 * Applies whole mini-transactions, in order, and only up to the VDL the replica knows (SIGMOD'17
 * §4.2.4; the 2018 text prints "above"). A record of a page that is not cached is skipped: storage has
 * it.
 */
function applied(replica: Replica, atUs: Micros, effects: Effect[]): Replica {
  let next = replica;
  for (;;) {
    const whole = nextMtr(next.queue, next.knownVdl);
    if (whole === 0) break;
    for (let i = 0; i < whole; i++) {
      const record = next.queue.at(i);
      if (record !== undefined) next = withRecord(next, record, effects);
    }
    next = {
      ...next,
      vdl: next.queue.at(whole - 1)?.lsn ?? next.vdl,
      queue: next.queue.drop(whole),
    };
  }
  if (next.vdl === replica.vdl) return next;
  const lagUs = atUs - next.knownAtUs;
  effects.push(
    note({ type: 'read-view', replica: next.id, from: replica.vdl, to: next.vdl, lagUs }),
  );
  return { ...next, lagUs };
}

/** Length of the mini-transaction at the head, or 0 while VDL has not reached its end. */
function nextMtr(queue: AppendLog<LogRecord>, vdl: Lsn): number {
  for (let i = 0; ; i++) {
    const record = queue.at(i);
    if (record === undefined || record.lsn > vdl) return 0;
    if (record.cpl) return i + 1;
  }
}

function withRecord(replica: Replica, record: LogRecord, effects: Effect[]): Replica {
  const { lsn, page, group: id } = record;
  const group = replica.groups.at(id);
  const groups =
    group === undefined ? replica.groups : replica.groups.with(id, { ...group, tail: lsn });
  const history = observe(replica.history, record);
  const reads = replica.reads.map((read) =>
    read.page === page ? { ...read, meanwhile: [...read.meanwhile, record] } : read,
  );
  const known = { ...replica, groups, history, reads };
  const image = cached(replica.cache, page);
  if (image === undefined || image.lsn >= lsn) {
    effects.push(note({ type: 'replica-skipped', replica: replica.id, lsn, page }));
    return { ...known, skipped: known.skipped + 1 };
  }
  effects.push(note({ type: 'replica-applied', replica: replica.id, lsn, page }));
  const cache = held(replica.cache, applyDelta(image, page, lsn, record.delta));
  return { ...known, cache, applied: known.applied + 1 };
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
  return [{ ...replica, feedbackDue: waits }, effects];
}

/** The lowest point that a statement or a page read under way here still needs. */
export function oldestReadPoint(replica: Replica): Lsn {
  let oldest = replica.vdl;
  for (const { work, view } of replica.sessions) if (work !== null) oldest = Math.min(oldest, view);
  for (const { readPoint } of replica.reads) oldest = Math.min(oldest, readPoint);
  return oldest;
}

/** A part of the stream did not come: nothing cached can be trusted to be kept current. */
export function askToAttach(replica: Replica): Outcome<Replica> {
  const attach: Attach = { type: 'ATTACH', replica: replica.id };
  return [
    replica,
    [send(replica.writer, attach), arm('attach', ATTACH_AGAIN_US, signal('ATTACH_AGAIN'))],
  ];
}

/** Attached: an empty cache at the writer's VDL, and the stream from there on. No data are copied. */
export function attached(
  replica: Replica,
  { message, atUs }: Delivery<Attached>,
): Outcome<Replica> {
  const effects: Effect[] = [{ kind: 'disarm', timer: 'attach' }];
  let { groups } = replica;
  message.tails.forEach((tail, id) => {
    const group = groups.at(id);
    if (group !== undefined) groups = groups.with(id, { ...group, tail });
  });
  const next: Replica = {
    ...replica,
    groups,
    cache: emptyCache(replica.cache.capacity),
    history: message.history,
    vdl: message.vdl,
    knownVdl: message.vdl,
    knownAtUs: message.vdlAtUs,
    sequence: message.sequence,
    queue: AppendLog.of(message.records),
    highest: message.records[message.records.length - 1]?.lsn ?? message.vdl,
  };
  effects.push(note({ type: 'instance', instance: replica.id, state: 'up' }));
  const early = next.early.filter(({ sequence }) => sequence > message.sequence);
  const begun = withFeedback({ ...next, early, feedbackDue: false }, effects);
  const first = following(begun);
  const caughtUp =
    first === undefined ? begun : applied(takenAll(begun, first, effects), atUs, effects);
  if (caughtUp.early.length > 0) effects.push(gapTimer());
  return [caughtUp, effects];
}
export type { Signal };
