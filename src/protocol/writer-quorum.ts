import type { Effect } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import { readSet } from './membership.ts';
import { note } from './note.ts';
import { satisfies } from './quorum.ts';
import type { GroupId } from './record.ts';
import type { SegmentId } from './topology.ts';
import type { Writer, WriterGroup } from './writer.ts';

/** A group with records that have been short of a write quorum for longer than a turn of resending. */
export interface StuckGroup {
  readonly group: GroupId;
  readonly sinceUs: Micros;
  /** Members that acknowledged anything since the last turn. */
  readonly heard: readonly SegmentId[];
  /** It was told that writes, or reads, have no quorum. */
  readonly writesTold: boolean;
  readonly readsTold: boolean;
}

/** An acknowledgement from a member of a group that is short of its quorum. */
export function heardOf(writer: Mutable<Writer>, group: GroupId, segment: SegmentId): void {
  if (writer.stuck.length === 0) return;
  writer.stuck = writer.stuck.map((each) =>
    each.group !== group || each.heard.includes(segment)
      ? each
      : { ...each, heard: [...each.heard, segment] },
  );
}

/**
 * Once a turn: everything overdue was just sent again to all members, and who is there answers. Groups
 * in which too few do have lost their write quorum, or their read quorum too; the writer waits, and
 * nothing is answered that is not durable (SIGMOD'17 §2.1; noticing it so is a protocol choice).
 */
export function watchQuorums(
  writer: Mutable<Writer>,
  overdue: ReadonlySet<GroupId>,
  atUs: Micros,
  effects: Effect[],
): void {
  const still: StuckGroup[] = [];
  for (const each of writer.stuck) {
    const group = writer.groups.at(each.group);
    if (group === undefined) continue;
    if (overdue.has(each.group)) still.push(looked(group, each, effects));
    else effects.push(...regained(each, atUs));
  }
  const known = new Set(still.map(({ group }) => group));
  for (const group of overdue)
    if (!known.has(group))
      still.push({ group, sinceUs: atUs, heard: [], writesTold: false, readsTold: false });
  if (still.length > 0 || writer.stuck.length > 0) writer.stuck = still;
}

function looked(group: WriterGroup, stuck: StuckGroup, effects: Effect[]): StuckGroup {
  const isHeard = (id: SegmentId): boolean => stuck.heard.includes(id);
  const writes = satisfies(group.quorum, (at) => isHeard(group.members[at] ?? '0/a'));
  const reads = satisfies(readSet(group.membership), isHeard);
  const told = { group: group.id, heard: stuck.heard };
  if (!writes && !stuck.writesTold) effects.push(note({ type: 'write-quorum-lost', ...told }));
  if (!reads && !stuck.readsTold) effects.push(note({ type: 'read-quorum-lost', ...told }));
  if (reads && stuck.readsTold) effects.push(note({ type: 'read-quorum-regained', ...told }));
  const { group: id, sinceUs, writesTold } = stuck;
  return { group: id, sinceUs, heard: [], writesTold: writesTold || !writes, readsTold: !reads };
}

/** Its records have a quorum now. */
function regained(stuck: StuckGroup, atUs: Micros): readonly Effect[] {
  const { group, sinceUs, heard, writesTold, readsTold } = stuck;
  const effects: Effect[] = [];
  if (readsTold) effects.push(note({ type: 'read-quorum-regained', group, heard }));
  if (writesTold)
    effects.push(note({ type: 'write-quorum-regained', group, waitedUs: atUs - sinceUs }));
  return effects;
}
