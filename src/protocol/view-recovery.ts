import { each } from '../database/sorted-map.ts';
import type { ActorId } from '../engine/effect.ts';
import { readSet, writeSet } from './membership.ts';
import { leastMembers, type Quorum, satisfies } from './quorum.ts';
import type { GroupPoll } from './recovery.ts';
import type { SegmentId } from './topology.ts';
import type { InstanceView } from './view.ts';
import { controlIn, type World } from './view-actors.ts';
import type { ControlView, EndpointView, RecoveryPhase, RecoveryView } from './view-change.ts';
import type { Writer, WriterGroup } from './writer.ts';

const PHASES: readonly RecoveryPhase[] = [
  'claiming',
  'polling',
  'truncating',
  'completing',
  'opening',
];

/** How far an instance has come with opening the volume; null when it is not about to. */
export function recoveryView(writer: Writer, chart: string): RecoveryView | null {
  const { recovery, epoch } = writer;
  const phase = PHASES.find((name) => chart.endsWith(`› ${name}`));
  if (recovery === null || phase === undefined) return null;
  return {
    phase,
    sinceUs: recovery.sinceUs,
    epoch: phase === 'claiming' ? recovery.expected + 1 : epoch,
    groups: recovery.polls.flatMap((poll, id) => {
      const group = writer.groups.at(id);
      return group === undefined ? [] : [groupView(group, poll, phase)];
    }),
    vcl: recovery.found?.vcl ?? null,
    vdl: recovery.found?.vdl ?? null,
    range: recovery.range,
  };
}

function groupView(
  group: WriterGroup,
  poll: GroupPoll,
  phase: RecoveryPhase,
): RecoveryView['groups'][number] {
  const quorum: Quorum<SegmentId> =
    phase === 'polling' ? readSet(group.membership) : writeSet(group.membership);
  const answered = answeredIn(group, poll, phase);
  return {
    id: group.id,
    answered,
    needed: leastMembers(quorum),
    complete: satisfies(quorum, (member) => answered.includes(member)),
  };
}

/** Members whose answer to the present step is in. */
function answeredIn(
  { members, points }: WriterGroup,
  { answers, truncated }: GroupPoll,
  phase: RecoveryPhase,
): readonly SegmentId[] {
  switch (phase) {
    case 'claiming':
      return [];
    case 'polling':
      return answers.map(({ segment }) => segment);
    case 'truncating':
      return truncated;
    default:
      return members.filter((_, at) => (points.scl[at] ?? 0) >= points.tail);
  }
}

/** Transactions that a crash cut off and that are not undone yet. */
export function undoLeft({ db }: Writer): number {
  let left = 0;
  each(db.sessions, (session) => {
    if (session < 0) left++;
  });
  return left;
}

type Watching = Pick<ControlView, 'failover' | 'suspects'>;

/** Whom the control plane misses, and how far it has come with replacing the writer. */
export function watchView(world: World): Watching {
  const { failover, detection, instances, heardUs } = controlIn(world).context;
  const nowUs = world.position.timeUs;
  const isMissed = (_: ActorId, i: number): boolean =>
    nowUs - (heardUs[i] ?? 0) > 2 * detection.heartbeatUs;
  return {
    failover: failover && {
      phase: failover.phase,
      from: failover.from,
      target: failover.target,
      sinceUs: failover.sinceUs,
      phaseSinceUs: failover.phaseSinceUs,
    },
    suspects: detection.on ? instances.filter(isMissed) : [],
  };
}

/** Where the cluster endpoint leads. */
export function endpointView(world: World, instances: readonly InstanceView[]): EndpointView {
  const { writer, endpointSinceUs } = controlIn(world).context;
  const there = instances.find(({ id }) => id === writer);
  return {
    writer,
    sinceUs: endpointSinceUs,
    moving: there?.state !== 'open' || there.role !== 'writer',
  };
}
