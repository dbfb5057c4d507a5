import type { Draft } from '../database/delta.ts';
import type { Lsn, PageNo, SessionId } from '../database/ids.ts';
import { groupOf } from '../database/layout.ts';
import { cached } from '../database/page-cache.ts';
import { oldestReadPoint } from '../database/purge.ts';
import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Vector } from '../engine/vector.ts';
import type { PgclRule } from './config.ts';
import type { Write } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import { issued } from './points.ts';
import type { GroupId, LogRecord } from './record.ts';
import { recordBytes } from './record-bytes.ts';
import {
  allocationCeiling,
  copyOf,
  copyOfGroup,
  count,
  type Writer,
  type WriterGroup,
} from './writer.ts';
import { streamSoon } from './writer-stream.ts';
import { watchSoon } from './writer-suspects.ts';
import { pointsLater, resendSoon } from './writer-wake.ts';

/** "The network has a turn for this group's boxcar." */
export interface Flush {
  readonly type: 'FLUSH';
  readonly group: GroupId;
}

/** Whether a mini-transaction of so many records may be given LSNs now (SIGMOD'17 §4.2.1). */
export const mayAllocate = (writer: Writer, records: number): boolean =>
  writer.nextLsn + records - 1 <= allocationCeiling(writer) ||
  mutated(writer.settings.mutations, 'no-allocation-limit');

/**
 * Gives one mini-transaction its contiguous LSNs and back-pointers, marks its last record as a
 * consistency point and puts each record into its group's boxcar and the replicas' stream
 * (SIGMOD'17 §4.1, '18 §2.2). The first record in an empty boxcar asks for the network's next turn;
 * nothing ever waits for company.
 */
export function issue(
  writer: Mutable<Writer>,
  drafts: readonly Draft[],
  session: SessionId | null,
  effects: Effect[],
): readonly LogRecord[] {
  const records = stamped(writer, drafts);
  for (const record of records)
    writer.groups = boarded(writer.groups, record, writer.settings.pgclRule, effects);
  let { pending } = writer.volume;
  for (const record of records) pending = pending.push(record);
  const last = records[records.length - 1];
  effects.push(
    note({ type: 'mtr-closed', mtr: writer.nextMtr, txn: last?.txn ?? 0, session, records }),
  );
  const { vcl, vdl, belowVcl } = writer.volume;
  writer.nextLsn += records.length;
  writer.prevVolumeLsn = last?.lsn ?? writer.prevVolumeLsn;
  writer.nextMtr++;
  writer.volume = { vcl, vdl, pending, belowVcl };
  if (writer.replicas.length > 0) writer.outbox = [...writer.outbox, ...records];
  streamSoon(writer, effects);
  resendSoon(writer, effects);
  watchSoon(writer, effects);
  return records;
}

function stamped(writer: Writer, drafts: readonly Draft[]): readonly LogRecord[] {
  const { layout, cache } = writer.db;
  const tails = new Map<GroupId, Lsn>();
  const blocks = new Map<PageNo, Lsn>();
  const isPoint = mutated(writer.settings.mutations, 'every-record-a-point');
  let prevVolumeLsn = writer.prevVolumeLsn;
  return drafts.map((draft, i) => {
    const lsn = writer.nextLsn + i;
    const group = groupOf(layout, draft.page);
    const record: LogRecord = {
      lsn,
      page: draft.page,
      kind: draft.kind,
      txn: draft.txn,
      delta: draft.delta,
      group,
      mtr: writer.nextMtr,
      cpl: isPoint || i === drafts.length - 1,
      prevVolumeLsn,
      prevSegmentLsn: tails.get(group) ?? writer.groups.at(group)?.points.tail ?? 0,
      prevBlockLsn: blocks.get(draft.page) ?? cached(cache, draft.page)?.lsn ?? 0,
      epoch: writer.epoch,
    };
    prevVolumeLsn = lsn;
    tails.set(group, lsn);
    blocks.set(draft.page, lsn);
    return record;
  });
}

function boarded(
  groups: Vector<WriterGroup>,
  record: LogRecord,
  rule: PgclRule,
  effects: Effect[],
): Vector<WriterGroup> {
  const group = groups.at(record.group);
  if (group === undefined) return groups;
  if (group.boxcar.length === 0) effects.push(nextTurn(group.id));
  const next = copyOfGroup(group);
  next.points = issued(group.points, record.lsn, rule);
  next.boxcar = [...group.boxcar, record];
  return groups.with(record.group, next);
}

/** Puts records that were lost on their way back into the boxcar, before those that wait in it. */
export function boardAgain(
  groups: Vector<WriterGroup>,
  id: GroupId,
  records: readonly LogRecord[],
  effects: Effect[],
): Vector<WriterGroup> {
  const group = groups.at(id);
  if (group === undefined) return groups;
  if (group.boxcar.length === 0) effects.push(nextTurn(id));
  const next = copyOfGroup(group);
  next.boxcar = [...records, ...group.boxcar];
  return groups.with(id, next);
}

function nextTurn(group: GroupId): Effect {
  const message: Flush = { type: 'FLUSH', group };
  return arm(`flush ${group}`, { table: 'build' }, message);
}

/** The boxcar leaves: to the members of its group and to nobody else (SIGMOD'17 §3.2, §5). */
export function flush(writer: Writer, { message, atUs }: Delivery<Flush>): Outcome<Writer> {
  const group = writer.groups.at(message.group);
  if (group === undefined || group.boxcar.length === 0) return [writer, []];
  const { boxcar } = group;
  const batch = group.batch + 1;
  const write: Write = {
    type: 'WRITE',
    group: group.id,
    batch,
    records: boxcar,
    epochs: group.epochs,
    ranges: writer.ranges,
    vdl: writer.volume.vdl,
    vdlAtUs: writer.vdlAtUs,
    pgmrpl: lowestReadPoint(writer),
    allCompleteTo: Math.min(...group.points.scl),
  };
  const effects: Effect[] = group.members.map((segment) => send(segment, write));
  effects.push(
    note({
      type: 'batch-sent',
      group: group.id,
      batch,
      first: boxcar[0]?.lsn ?? 0,
      last: boxcar[boxcar.length - 1]?.lsn ?? 0,
      count: boxcar.length,
      bytes: boxcar.reduce((sum, record) => sum + recordBytes(record), 0),
    }),
  );
  const emptied = copyOfGroup(group);
  emptied.boxcar = [];
  emptied.batch = batch;
  emptied.sentAtUs = atUs;
  const next = copyOf(writer);
  next.groups = writer.groups.with(group.id, emptied);
  count(next, 'batches', 1);
  pointsLater(next, group.id, effects);
  return [next, effects];
}

/**
 * PGMRPL: the lowest point any read on any instance may still use (SIGMOD'17 §4.2.3). One value for
 * all groups.
 */
export function lowestReadPoint(writer: Writer): Lsn {
  let lowest = Math.min(writer.volume.vdl, oldestReadPoint(writer.db) ?? writer.volume.vdl);
  const ignored = mutated(writer.settings.mutations, 'collect-ignores-replicas');
  for (const { attached, readPoint } of writer.replicas)
    if (attached && !ignored) lowest = Math.min(lowest, readPoint);
  for (const { readPoint } of writer.reads) lowest = Math.min(lowest, readPoint);
  return lowest;
}
