import type { CommitMetric } from '../../history/answered-commits.ts';
import type { LogEntry } from '../../history/log-history.ts';
import type { Hop, MirroredCommit, PathWrite } from '../../history/mirrored-commits.ts';
import type { SegmentView } from '../../protocol/view.ts';
import { lengthText } from '../metrics/words.ts';
import type { Micros } from '../view-types.ts';
import { BLOCKS } from './blocks.ts';

/** A stretch of a commit's wait, in time since the commit began to wait. */
export interface Bar {
  readonly id: string;
  readonly lane: number;
  readonly fromUs: Micros;
  readonly toUs: Micros;
  /** Redo and binary log are drawn apart; `back` is an answer; `wait` is time in which nothing moves. */
  readonly kind: 'redo' | 'binlog' | 'metadata' | 'back' | 'wait';
  /** The commit would have been answered earlier had this been shorter. */
  readonly critical: boolean;
  readonly says: string;
}

/** What one commit waited for: who takes part down, time across. */
export interface Waterfall {
  readonly lanes: readonly string[];
  readonly bars: readonly Bar[];
  /** From waiting to answered. */
  readonly waitedUs: Micros;
  /** Messages on the critical path: each follows the one before. */
  readonly hops: number;
  /** When the write quorum was complete, and how many copies that took; null on a chain of mirrors. */
  readonly quorum: { readonly atUs: Micros; readonly copies: number } | null;
}

const between = (fromUs: Micros, toUs: Micros): string =>
  `${lengthText(toUs - fromUs)}, from ${lengthText(fromUs)} to ${lengthText(toUs)}`;

interface Copy {
  readonly id: string;
  readonly member: string;
  readonly host: string;
  /** When the writer heard of it; null when it has not. */
  readonly ackUs: Micros | null;
}

/** The group's members now, and, of those gone since, the ones that answered. */
function copiesOf(
  { acks, queuedUs }: CommitMetric,
  segments: readonly SegmentView[],
): readonly Copy[] {
  const gone = acks.filter(({ segment }) => !segments.some(({ id }) => id === segment));
  return [
    ...segments.map(({ id, member, host }) => ({ id, member, host })),
    ...gone.map(({ segment, member, host }) => ({ id: segment, member, host })),
  ].map((copy) => {
    const ack = acks.find(({ segment }) => segment === copy.id);
    return { ...copy, ackUs: ack ? ack.atUs - queuedUs : null };
  });
}

/** The fan-out of a commit on Aurora: six copies side by side, as far as they have come by now. */
export function auroraWaterfall(
  commit: CommitMetric,
  record: LogEntry | null,
  segments: readonly SegmentView[],
  nowUs: Micros,
): Waterfall {
  const { queuedUs, quorumUs, waitedUs, acks } = commit;
  const copies = copiesOf(commit, segments);
  const deciding = acks.findIndex(({ seals }) => seals);
  const sealedUs = quorumUs === null ? null : quorumUs - queuedUs;
  const bars = copies.flatMap((copy, lane): readonly Bar[] => {
    const { ackUs, id, host } = copy;
    const isCritical = id === acks[deciding]?.segment;
    const since = (us: Micros | null | undefined): Micros | null =>
      us === null || us === undefined || us > nowUs ? null : Math.max(0, us - queuedUs);
    const sentUs = since(record?.sentUs) ?? 0;
    const storedUs = since(record?.stored.get(copy.id as SegmentView['id'])?.atUs);
    const heardUs = ackUs !== null && queuedUs + ackUs <= nowUs ? ackUs : null;
    const there = storedUs ?? heardUs;
    const bar = (part: string, fromUs: Micros, toUs: Micros, says: string): Bar => ({
      ...{ id: `${id} ${part}`, lane, fromUs, toUs, critical: isCritical },
      kind: part === 'there' ? 'redo' : 'back',
      says: `Aurora, ${says}: ${between(fromUs, toUs)}`,
    });
    if (there === null) return [];
    const sent = bar('there', Math.min(sentUs, there), there, `log to ${host}, and stored there`);
    if (storedUs === null || heardUs === null) return [sent];
    const rank = acks.findIndex(({ segment }) => segment === id) + 1;
    return [sent, bar('back', storedUs, heardUs, `ack ${rank} of ${copies.length}, from ${host}`)];
  });
  const lane = copies.findIndex(({ id }) => id === acks[deciding]?.segment);
  const early = sealedUs ?? waitedUs;
  return {
    lanes: copies.map(({ host, member }) => `${host} · ${member}`),
    bars: [...bars, ...waitOf(Math.max(lane, 0), early, waitedUs)],
    waitedUs,
    hops: bars.filter(({ critical }) => critical).length,
    quorum: sealedUs === null ? null : { atUs: sealedUs, copies: deciding + 1 },
  };
}

/** Durable in its own group, and waiting for records before it in others. */
const waitOf = (lane: number, fromUs: Micros, toUs: Micros): readonly Bar[] =>
  toUs <= fromUs
    ? []
    : [
        {
          ...{ id: 'earlier records', lane, fromUs, toUs, kind: 'wait', critical: true },
          says: `Aurora, waiting for earlier records of other groups: ${between(fromUs, toUs)}`,
        },
      ];

const STEPS: readonly Hop['step'][] = [
  'volume',
  'mirror',
  'to standby',
  'standby volume',
  'standby mirror',
  'ack',
];
const LANES = ['EBS volume', 'its mirror', 'to standby', 'standby’s EBS', 'its mirror', 'ack back'];
const DEEDS: Readonly<Record<Hop['step'], string>> = {
  volume: 'to the EBS volume',
  mirror: 'from the volume to its mirror',
  'to standby': 'to the standby in the other zone',
  'standby volume': 'to the standby’s EBS volume',
  'standby mirror': 'from that volume to its mirror',
  ack: 'confirmation from the standby',
};

/** The chain of a commit on mirrored MySQL: every step begins where the one before ends. */
export function mirroredWaterfall(commit: MirroredCommit): Waterfall {
  const { queuedUs, begunUs, path, waitedUs } = commit;
  const bars = path.flatMap((write) => write.hops.map((hop) => barOf(write, hop, queuedUs)));
  const ahead = begunUs - queuedUs;
  const wait: readonly Bar[] =
    ahead <= 0
      ? []
      : [
          {
            ...{ id: 'group ahead', lane: 0, fromUs: 0, toUs: ahead, kind: 'wait', critical: true },
            says: `MySQL, waiting for the group of commits ahead: ${between(0, ahead)}`,
          },
        ];
  return { lanes: LANES, bars: [...wait, ...bars], waitedUs, hops: bars.length, quorum: null };
}

function barOf({ block }: PathWrite, { step, fromUs, toUs }: Hop, queuedUs: Micros): Bar {
  const [from, to] = [fromUs - queuedUs, toUs - queuedUs];
  return {
    id: `${block} ${step}`,
    lane: STEPS.indexOf(step),
    fromUs: from,
    toUs: to,
    kind: step === 'ack' ? 'back' : block === 'binlog' || block === 'metadata' ? block : 'redo',
    critical: true,
    says: `MySQL, ${BLOCKS[block].name} ${DEEDS[step]}: ${between(from, to)}`,
  };
}
