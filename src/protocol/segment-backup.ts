import type { Page } from '../database/page.ts';
import { type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { DiskDone } from './messages.ts';
import type { Mark, Points, Stage, Staged } from './messages-upkeep.ts';
import { note } from './note.ts';
import { copyOf, counted, type Segment, STEP } from './segment.ts';
import { ackOf, inBackground, stageable } from './segment-background.ts';
import { isSound } from './segment-blocks.ts';
import { asWriterBids } from './segment-epochs.ts';
import { foundBad } from './segment-scrub.ts';
import { STORE } from './topology.ts';

/** Records staged in one turn. */
const MOST_RECORDS = 2_048;
/** Moments closer together than this need not be told apart by a restore (protocol choice). */
const MARK_EVERY_US = 10_000;
/** While the store cannot be reached, every other moment is forgotten. */
const MOST_MARKS = 256;

/**
 * Step 6: log that is durable, and page versions written since, go to the object store; no instance has
 * a part in it (SIGMOD'17 §3.3). What lies above the VDL could still be annulled, so it waits.
 */
export function backUp(segment: Segment, { atUs }: Delivery<DiskDone>): Outcome<Segment> {
  const { id, group, log, backup } = segment;
  const next = copyOf(segment);
  const effects: Effect[] = [];
  next.backup = { ...backup, due: false };
  const to = stageable(segment);
  const begin = log.firstIndex(({ lsn }) => lsn > backup.upTo);
  const end = log.firstIndex(({ lsn }) => lsn > to);
  const records = log.slice(begin, Math.min(end, begin + MOST_RECORDS));
  const first = records[0];
  const last = records[records.length - 1];
  if (first === undefined || last === undefined) return inBackground(next, effects);
  const blocks = newBlocks(next, last.lsn, atUs, effects);
  const marks: readonly Mark[] = [...backup.marks, { vdl: segment.vdl, atUs: segment.vdlAtUs }];
  const members = [id, ...segment.peers];
  const message: Stage = { type: 'STAGE', segment: id, group, members, records, blocks, marks };
  effects.push(
    send(STORE, message),
    note({
      type: 'staged',
      segment: id,
      first: first.lsn,
      last: last.lsn,
      count: records.length,
      blocks: blocks.length,
    }),
  );
  next.backup = { ...next.backup, blocksTo: last.lsn };
  next.steps = counted(segment.steps, STEP.backUp);
  return inBackground(next, effects);
}

/** The newest sound version of each page that was written since the last turn. */
function newBlocks(
  segment: Mutable<Segment>,
  to: number,
  atUs: number,
  effects: Effect[],
): readonly Page[] {
  const found: Page[] = [];
  segment.pages.forEach((stored, index) => {
    const at = stored.versions.length - 1;
    const newest = stored.versions[at];
    if (newest === undefined || newest.lsn <= segment.backup.blocksTo || newest.lsn > to) return;
    if (isSound(stored, at)) found.push(newest);
    else foundBad(segment, index, newest.lsn, 'back-up', atUs, effects);
  });
  return found;
}

/** The object store has the group's log up to here: nobody needs to stage it again. */
export function backedUp(segment: Segment, { message }: Delivery<Staged>): Outcome<Segment> {
  if (message.upTo <= segment.backup.upTo) return [segment, []];
  const next = copyOf(segment);
  const marks = segment.backup.marks.filter(({ vdl }) => vdl > message.upTo);
  next.backup = { ...segment.backup, upTo: message.upTo, marks };
  return [next, []];
}

/**
 * The writer's points, without records: what is durable, and what nobody reads any more. Whoever had not
 * heard of this writer yet says how far it is: else it would be missed by it (protocol choice).
 */
export function heedPoints(segment: Segment, delivery: Delivery<Points>): Outcome<Segment> {
  const { message, from } = delivery;
  return asWriterBids(segment, delivery, (next, effects) => {
    hear(next, message);
    if (from !== segment.writer) effects.push(send(from, ackOf(next, [])));
    return inBackground(next, effects);
  });
}

/** A member that is still being filled only learns whom it has to acknowledge to. */
export const meetWriter = (segment: Segment, delivery: Delivery<Points>): Outcome<Segment> =>
  asWriterBids(segment, delivery, (next, effects) => [next, effects]);

/** Takes over the points that come with every batch. */
export function hear(
  segment: Mutable<Segment>,
  {
    vdl,
    vdlAtUs,
    pgmrpl,
    allCompleteTo,
  }: Pick<Points, 'vdl' | 'vdlAtUs' | 'pgmrpl' | 'allCompleteTo'>,
): void {
  segment.pgmrpl = Math.max(segment.pgmrpl, pgmrpl);
  segment.allCompleteTo = Math.max(segment.allCompleteTo, allCompleteTo);
  if (vdl <= segment.vdl) return;
  segment.vdl = vdl;
  segment.vdlAtUs = vdlAtUs;
  const { marks } = segment.backup;
  const last = marks[marks.length - 1];
  if (segment.upkeep.backupEveryUs === 0) return;
  if (last !== undefined && vdlAtUs - last.atUs < MARK_EVERY_US) return;
  const kept = marks.length < MOST_MARKS ? marks : marks.filter((_, i) => i % 2 === 1);
  segment.backup = { ...segment.backup, marks: [...kept, { vdl, atUs: vdlAtUs }] };
}
