import type { BaselineNote } from '../baseline/notes.ts';
import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { ReadPage, Write } from '../protocol/messages.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { recordBytes } from '../protocol/record-bytes.ts';
import { openMirrored } from './mirrored.ts';
import { openTimeline } from './open.ts';
import type { Run } from './run.ts';

/** Requests of one kind, what a volume counts for them, and their bytes. */
interface Written {
  readonly writes: number;
  readonly ios: number;
  readonly bytes: number;
}

/** What one of the two systems did with the same work. */
interface Side {
  readonly transactions: number;
  /** Write I/Os that leave the database instance, in all and for each transaction. */
  readonly ios: number;
  readonly iosPerTransaction: number;
  readonly bytesPerTransaction: number;
  readonly byKind: Readonly<Record<string, Written>>;
  /** Of these, how many one storage volume, or one segment of each group, has to take. */
  readonly iosPerTransactionAtOneCopy: number;
  readonly pageReads: number;
  readonly commitUs: Percentiles;
  /** Messages that have to follow one another before a commit is answered. */
  readonly synchronousHops: number;
  readonly recoveryUs: readonly Micros[];
}

interface Percentiles {
  readonly p50: Micros;
  readonly p90: Micros;
  readonly p99: Micros;
  readonly p999: Micros;
}

export interface Comparison {
  readonly aurora: Side;
  readonly mysql: Side;
}

/** What is added up while a run goes on. */
interface Tally {
  readonly kinds: Map<string, Written>;
  readonly commitsUs: number[];
  readonly recoveryUs: number[];
  reads: number;
}

const newTally = (): Tally => ({ kinds: new Map(), commitsUs: [], recoveryUs: [], reads: 0 });

function add({ kinds }: Tally, kind: string, ios: number, bytes: number): void {
  const sofar = kinds.get(kind) ?? { writes: 0, ios: 0, bytes: 0 };
  kinds.set(kind, {
    writes: sofar.writes + 1,
    ios: sofar.ios + ios,
    bytes: sofar.bytes + bytes,
  });
}

/** Network I/O as measured for the paper: write-only load, 100 GB, 30 minutes (SIGMOD'17 §3.2, Table 1). */
export const PUBLISHED = {
  source: "SIGMOD'17 §3.2",
  aurora: { transactions: 27_378_000, iosPerTransaction: 0.95 },
  mysql: { transactions: 780_000, iosPerTransaction: 7.4 },
} as const;

/** Both systems under the same work and the matching faults, until the same time. */
export const compare = (run: Run, untilUs: Micros): Comparison => ({
  aurora: auroraSide(run, untilUs),
  mysql: mysqlSide(run, untilUs),
});

function* happeningsOf<N, I extends { at: { timeUs: number; n: number } }>(
  timeline: Timeline<N, I>,
  untilUs: Micros,
): Generator<Happening> {
  for (let at = timeline.nextUs(); at !== null && at <= untilUs; at = timeline.nextUs()) {
    const happening = timeline.stepForward();
    if (happening === null) return;
    yield happening;
  }
}

/** Every batch goes out once for each member of its group, and each of these is an I/O (SIGMOD'17 §3.2). */
function auroraSide(run: Run, untilUs: Micros): Side {
  const tally = newTally();
  for (const { notes, sent } of happeningsOf(openTimeline(run), untilUs)) {
    for (const { message } of sent) countMessage(tally, message as Write | ReadPage);
    for (const note of notes as readonly AuroraNote[]) {
      if (note.type === 'commit-returned') tally.commitsUs.push(note.waitedUs);
      if (note.type === 'volume-opened') tally.recoveryUs.push(note.tookUs);
    }
  }
  return sideOf(tally, COPIES, AURORA_HOPS);
}

const COPIES = 6;
/** There and back: the six copies of a batch travel side by side. */
const AURORA_HOPS = 2;

function countMessage(tally: Tally, message: Write | ReadPage): void {
  if (message.type === 'READ_PAGE') tally.reads++;
  if (message.type !== 'WRITE') return;
  add(
    tally,
    'redo',
    1,
    message.records.reduce((sum, record) => sum + recordBytes(record), 0),
  );
}

/** Each of the four volumes takes every I/O; all but the first of them are not the instance's own. */
function mysqlSide(run: Run, untilUs: Micros): Side {
  const tally = newTally();
  for (const { notes, sent } of happeningsOf(openMirrored(run), untilUs)) {
    for (const { message } of sent) if (message.type === 'PAGE_READ') tally.reads++;
    for (const note of notes as readonly BaselineNote[]) countNote(tally, note);
  }
  return sideOf(tally, 1, MYSQL_HOPS);
}

/** Redo and then the binary log, each through six hops, the acknowledgement included. */
const MYSQL_HOPS = 12;

function countNote(tally: Tally, note: BaselineNote): void {
  if (note.type === 'write-begun') add(tally, note.block, note.ios, note.bytes);
  if (note.type === 'commit-returned') tally.commitsUs.push(note.waitedUs);
  if (note.type === 'recovered') tally.recoveryUs.push(note.tookUs);
}

function sideOf(tally: Tally, copies: number, synchronousHops: number): Side {
  const { kinds, commitsUs, recoveryUs, reads } = tally;
  const transactions = commitsUs.length;
  const each = (total: number): number =>
    transactions === 0 ? 0 : Math.round((total * 1_000) / transactions) / 1_000;
  const all = [...kinds.values()];
  const ios = all.reduce((sum, kind) => sum + kind.ios, 0);
  const bytes = all.reduce((sum, kind) => sum + kind.bytes, 0);
  return {
    transactions,
    ios,
    iosPerTransaction: each(ios),
    bytesPerTransaction: each(bytes),
    byKind: Object.fromEntries(kinds),
    iosPerTransactionAtOneCopy: each(ios / copies),
    pageReads: reads,
    commitUs: percentilesOf(commitsUs),
    synchronousHops,
    recoveryUs,
  };
}

function percentilesOf(commitsUs: readonly number[]): Percentiles {
  const sorted = commitsUs.toSorted((a, b) => a - b);
  const at = (permille: number): Micros =>
    sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * permille) / 1_000))] ?? 0;
  return { p50: at(500), p90: at(900), p99: at(990), p999: at(999) };
}
