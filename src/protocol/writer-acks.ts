import { clientOf } from '../database/connections.ts';
import type { Lsn } from '../database/ids.ts';
import { AppendLog } from '../engine/append-log.ts';
import { type Delivery, type Effect, NO_EFFECTS, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import type { Vector } from '../engine/vector.ts';
import type { Ack, Reply } from './messages.ts';
import { type MutationName, mutated } from './mutations.ts';
import { note } from './note.ts';
import { acknowledged, advanced, type VolumePoints } from './points.ts';
import { leastMembers } from './quorum.ts';
import type { GroupId } from './record.ts';
import { LOAD } from './topology.ts';
import {
  copyOf,
  copyOfGroup,
  count,
  type WaitingCommit,
  type Writer,
  type WriterGroup,
} from './writer.ts';
import { heardOf } from './writer-quorum.ts';
import { streamSoon } from './writer-stream.ts';
import { askMembership, isBack } from './writer-suspects.ts';
import { durableMoved } from './writer-wake.ts';

/**
 * A segment has persisted a batch: its SCL moves here, and with it PGCL, VCL and VDL as far as they
 * can; commits that VDL now covers are answered (SIGMOD'18 §2.3). No thread waits for any of it. What
 * was acknowledged in another volume epoch says nothing in this one; what a member says that knows a
 * newer membership counts only once the writer knows that too.
 */
export function acknowledge(writer: Writer, { message, atUs }: Delivery<Ack>): Outcome<Writer> {
  const group = writer.groups.at(message.group);
  if (group === undefined || isOfAnotherEpoch(writer, message)) return [writer, NO_EFFECTS];
  if (message.epochs.membership > group.epochs.membership)
    return [writer, askMembership(group, message.segment, message.epochs)];
  const at = group.members.indexOf(message.segment);
  if (at < 0) return [writer, NO_EFFECTS];
  const points = acknowledged(group.points, group.quorum, writer.settings.pgclRule, at, message);
  const effects: Effect[] = [ackNote(group, points.scl, message, at)];
  const acked = copyOfGroup(group);
  acked.points = points;
  acked.heard |= 1 << at;
  if (group.members.length > group.membership.places.length)
    effects.push(...isBack(group, at, points));
  const next = copyOf(writer);
  next.groups = writer.groups.with(group.id, acked);
  heardOf(next, group.id, message.segment);
  if (points.pgcl === group.points.pgcl) return [next, effects];
  effects.push(note({ type: 'pgcl', group: group.id, from: group.points.pgcl, to: points.pgcl }));
  moveVolume(next, atUs, effects);
  if (mutated(writer.settings.mutations, 'commit-at-four-acks')) replyToAcked(next, atUs, effects);
  return [next, effects];
}

const isOfAnotherEpoch = ({ epoch, settings }: Writer, { epochs }: Ack): boolean =>
  epochs.volume !== epoch && !mutated(settings.mutations, 'no-volume-epoch-check');

function ackNote(group: WriterGroup, scl: readonly number[], ack: Ack, at: number): Effect {
  const copies = scl.reduce((count, each) => count + (each >= ack.scl ? 1 : 0), 0);
  return note({
    type: 'acked',
    segment: ack.segment,
    host: group.hosts[at] ?? '',
    lsn: ack.got[ack.got.length - 1] ?? ack.scl,
    scl: ack.scl,
    copies,
    members: scl.length,
    needed: leastMembers(group.quorum),
  });
}

/** VCL and VDL follow the groups' points; what waited for them goes on (SIGMOD'18 §2.3). */
export function moveVolume(writer: Mutable<Writer>, atUs: Micros, effects: Effect[]): void {
  const { groups, volume: before } = writer;
  const volume = broken(advanced(before, pgclsOf(writer)), writer.settings.mutations);
  if (volume === before) return;
  writer.volume = volume;
  effects.push(note({ type: 'vcl', from: before.vcl, to: volume.vcl }));
  if (volume.vdl === before.vdl) return;
  effects.push(note({ type: 'vdl', from: before.vdl, to: volume.vdl }));
  writer.vdlAtUs = atUs;
  writer.groups = withTails(groups, before, volume);
  replyToDurable(writer, atUs, effects);
  streamSoon(writer, effects);
  durableMoved(writer, effects);
}

/** How far each group is durable; under a mutation, how far the least of them is. */
function pgclsOf({ groups, settings }: Writer): (group: GroupId) => Lsn {
  if (!mutated(settings.mutations, 'vcl-is-least-pgcl'))
    return (group) => groups.at(group)?.points.pgcl ?? 0;
  const least = Math.min(...[...groups].map(({ points }) => points.pgcl));
  return () => least;
}

/** Under a mutation, VDL goes wherever VCL goes. */
const broken = (volume: VolumePoints, mutations: readonly MutationName[]): VolumePoints =>
  mutated(mutations, 'vdl-is-vcl') && volume.vdl < volume.vcl
    ? { ...volume, vdl: volume.vcl }
    : volume;

/** Under a mutation, a commit waits for its own record and for nothing before it. */
function replyToAcked(writer: Mutable<Writer>, atUs: Micros, effects: Effect[]): void {
  const { commits, groups, volume } = writer;
  const isAcked = ({ lsn }: WaitingCommit): boolean => {
    const record = [...volume.pending].find((each) => each.lsn === lsn);
    return record !== undefined && lsn <= (groups.at(record.group)?.points.pgcl ?? 0);
  };
  const all = [...commits];
  for (const commit of all.filter(isAcked)) effects.push(...answer(commit, atUs));
  writer.commits = AppendLog.of(all.filter((commit) => !isAcked(commit)));
}

/** Each group's last record at or below the new VDL. */
function withTails(
  groups: Vector<WriterGroup>,
  before: VolumePoints,
  { vdl }: VolumePoints,
): Vector<WriterGroup> {
  let next = groups;
  for (let i = 0; ; i++) {
    const record = before.pending.at(i);
    if (record === undefined || record.lsn > vdl) return next;
    const group = next.at(record.group);
    if (group === undefined) continue;
    const moved = copyOfGroup(group);
    moved.durableTail = record.lsn;
    next = next.with(group.id, moved);
  }
}

/** Answers every client whose commit record lies at or below VDL (SIGMOD'17 §4.2.2). */
function replyToDurable(writer: Mutable<Writer>, atUs: Micros, effects: Effect[]): void {
  const { commits, volume } = writer;
  let answered = 0;
  for (let next = commits.at(0); next !== undefined && next.lsn <= volume.vdl; ) {
    effects.push(...answer(next, atUs));
    answered++;
    next = commits.at(answered);
  }
  if (answered === 0) return;
  writer.commits = commits.drop(answered);
  count(writer, 'commits', answered);
}

/** The commit's reply and its account. */
export function answer(commit: WaitingCommit, atUs: Micros): readonly Effect[] {
  const { txn, lsn, session, sinceUs, result } = commit;
  const reply: Reply = {
    type: 'REPLY',
    session,
    result,
    problem: null,
    refused: null,
    lost: false,
    commit: { txn, lsn },
  };
  return [
    note({ type: 'commit-returned', txn, lsn, session, waitedUs: atUs - sinceUs }),
    send(session === null ? LOAD : clientOf(session), reply),
  ];
}
