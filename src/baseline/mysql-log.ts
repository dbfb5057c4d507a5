import type { Draft, Stamped } from '../database/delta.ts';
import { deltaBytes } from '../database/describe-delta.ts';
import type { PageNo } from '../database/ids.ts';
import { get, put } from '../database/sorted-map.ts';
import type { Effect } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import { type CommitGroup, count, type Mysql, type WaitingCommit } from './mysql.ts';
import { writeBlock } from './mysql-io.ts';
import { note } from './notes.ts';
import { answered } from './reply.ts';

/** What the binary log adds to the rows of a transaction: begin, table map, commit. */
const BINLOG_TRANSACTION_BYTES = 180;

/** Gives one mini-transaction its LSNs and puts it into the log buffer; its pages are dirty from now on. */
export function stamp(mysql: Mutable<Mysql>, drafts: readonly Draft[]): readonly Stamped[] {
  const records = drafts.map(({ page, kind, txn, delta }, i) => ({
    lsn: mysql.nextLsn + i,
    page,
    kind,
    txn,
    delta,
  }));
  mysql.nextLsn += records.length;
  mysql.buffer = [...mysql.buffer, ...records];
  for (const { page, lsn } of records) soil(mysql, page, lsn);
  return records;
}

function soil(mysql: Mutable<Mysql>, page: PageNo, lsn: number): void {
  if (get(mysql.dirty, page) === undefined) mysql.dirty = put(mysql.dirty, page, lsn);
}

/** Whether the redo log has room for so many more records above the last checkpoint. */
export const hasRoom = ({ nextLsn, checkpoint, setup }: Mysql, records: number): boolean =>
  nextLsn + records - 1 - checkpoint <= setup.logRecords;

/** A commit waits for the group it will be in; one begins at once if none is being written. */
export function commitSoon(
  mysql: Mutable<Mysql>,
  commit: WaitingCommit,
  atUs: Micros,
  effects: Effect[],
): void {
  mysql.commits = [...mysql.commits, commit];
  writeLog(mysql, atUs, effects);
}

/**
 * Group commit: everything in the log buffer goes out in one write, and the commits in it share it. The
 * next group is what gathers meanwhile.
 */
export function writeLog(mysql: Mutable<Mysql>, atUs: Micros, effects: Effect[]): void {
  const { buffer, commits, group } = mysql;
  const last = buffer[buffer.length - 1]?.lsn;
  if (group !== null || last === undefined) return;
  effects.push(
    note({ type: 'group-begun', commits: commits.length, records: buffer.length, last }),
  );
  mysql.group = { phase: 'redo', last, commits, ...extrasOf(buffer, commits.length) };
  mysql.buffer = [];
  mysql.commits = [];
  writeBlock(mysql, { kind: 'redo', records: buffer }, atUs, effects);
}

function extrasOf(
  records: readonly Stamped[],
  transactions: number,
): Pick<CommitGroup, 'files' | 'binlogBytes'> {
  let binlogBytes = transactions * BINLOG_TRANSACTION_BYTES;
  let files = 0;
  for (const { kind, delta } of records) {
    if (kind === 'data') binlogBytes += deltaBytes(delta);
    if (delta.kind === 'add-table' || delta.kind === 'add-database') files++;
  }
  return { files, binlogBytes };
}

/** One write of the group is done: what has to follow it does, and at the end the clients are answered. */
export function logWritten(mysql: Mutable<Mysql>, atUs: Micros, effects: Effect[]): void {
  const { group } = mysql;
  if (group === null) return;
  mysql.logged = group.last;
  const { files, commits, binlogBytes, last } = group;
  if (group.phase === 'redo' && files > 0) {
    mysql.group = { phase: 'metadata', last, commits, files, binlogBytes };
    writeBlock(mysql, { kind: 'metadata', files }, atUs, effects);
  } else if (group.phase !== 'binlog' && mysql.setup.binlog && commits.length > 0) {
    mysql.group = { phase: 'binlog', last, commits, files, binlogBytes };
    const transactions = commits.length;
    writeBlock(mysql, { kind: 'binlog', transactions, bytes: binlogBytes }, atUs, effects);
  } else {
    finish(mysql, group, atUs, effects);
  }
}

function finish(
  mysql: Mutable<Mysql>,
  { last, commits }: CommitGroup,
  atUs: Micros,
  effects: Effect[],
): void {
  mysql.group = null;
  mysql.committed = last;
  for (const { txn, lsn, session, sinceUs, result } of commits) {
    effects.push(note({ type: 'commit-returned', txn, lsn, session, waitedUs: atUs - sinceUs }));
    if (session !== null && result !== null) effects.push(answered(session, result));
  }
  count(mysql, 'commits', commits.length);
  if (mysql.commits.length > 0) writeLog(mysql, atUs, effects);
}
