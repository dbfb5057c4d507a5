import { quantile } from 'd3';
import type { CommitMetric } from '../../history/answered-commits.ts';
import type { AuroraCommits } from '../../history/aurora-commits.ts';
import type { MirroredCommit } from '../../history/mirrored-commits.ts';
import type { Micros } from '../view-types.ts';
import type { Both } from './pairs.ts';

/** What one system's commits cost up to a moment; null for what nothing is known of yet. */
export interface Score {
  readonly commits: number;
  /** Older ones are gone: there were more than these. */
  readonly isPart: boolean;
  /** Writes that leave the database instance: on Aurora one for each copy, as the paper counts them. */
  readonly ios: number | null;
  /** Writes to disk of all copies: six segments, or four volumes. */
  readonly storedIos: number | null;
  readonly bytes: number | null;
  readonly p50Us: Micros | null;
  readonly p99Us: Micros | null;
  /** How long the latest recovery took. */
  readonly recoveryUs: Micros | null;
}

/** A commit as both kinds have it. */
interface Done {
  readonly queuedUs: Micros;
  readonly waitedUs: Micros;
  readonly ios: number;
  readonly storedIos: number;
  readonly bytes: number;
}

const ofAurora = ({ queuedUs, waitedUs, sent, stored }: CommitMetric): Done => ({
  ...{ queuedUs, waitedUs, ios: sent.writes, storedIos: stored, bytes: sent.bytes },
});
const ofMysql = ({ queuedUs, waitedUs, written }: MirroredCommit): Done => ({
  ...{ queuedUs, waitedUs, ...written },
});

const doneBy = ({ aurora, mysql }: Both, nowUs: Micros) => ({
  aurora: aurora.all.filter(({ returned }) => returned.timeUs <= nowUs).map(ofAurora),
  mysql: mysql.all.filter(({ returnedUs }) => returnedUs <= nowUs).map(ofMysql),
});

const waits = (done: readonly Done[], share: number): Micros | null =>
  quantile(done, share, ({ waitedUs }) => waitedUs) ?? null;

/** For each of the commits; where older ones are gone, what was written for those is left out. */
function each(
  done: readonly Done[],
  isWhole: boolean,
  of: (commit: Done) => number,
): number | null {
  const [first, last] = [done[0], done.at(-1)];
  if (!first || !last) return null;
  if (isWhole) return of(last) / done.length;
  return done.length === 1 ? null : (of(last) - of(first)) / (done.length - 1);
}

interface Source {
  readonly isWhole: boolean;
  readonly recoveries: AuroraCommits['recoveries'];
}

function scoreOf(done: readonly Done[], { isWhole, recoveries }: Source, nowUs: Micros): Score {
  return {
    commits: done.length,
    isPart: !isWhole,
    ios: each(done, isWhole, ({ ios }) => ios),
    storedIos: each(done, isWhole, ({ storedIos }) => storedIos),
    bytes: each(done, isWhole, ({ bytes }) => bytes),
    p50Us: waits(done, 0.5),
    p99Us: waits(done, 0.99),
    recoveryUs: recoveries.findLast(({ atUs }) => atUs <= nowUs)?.tookUs ?? null,
  };
}

/** Both systems over the run so far, or over what is kept of it. */
export function scoresAt(both: Both, nowUs: Micros): Readonly<Record<'aurora' | 'mysql', Score>> {
  const done = doneBy(both, nowUs);
  return {
    aurora: scoreOf(done.aurora, both.aurora, nowUs),
    mysql: scoreOf(done.mysql, both.mysql, nowUs),
  };
}

/** The median commit before something was done and since; null where none began to wait. */
export interface Shift {
  readonly beforeUs: Micros | null;
  readonly sinceUs: Micros | null;
}

/** What changed on both systems when something was done, up to a moment. */
export function shiftsAt(
  both: Both,
  doneUs: Micros,
  nowUs: Micros,
): Readonly<Record<'aurora' | 'mysql', Shift>> {
  const { aurora, mysql } = doneBy(both, nowUs);
  const shift = (done: readonly Done[]): Shift => ({
    beforeUs: waits(
      done.filter(({ queuedUs }) => queuedUs < doneUs),
      0.5,
    ),
    sinceUs: waits(
      done.filter(({ queuedUs }) => queuedUs >= doneUs),
      0.5,
    ),
  });
  return { aurora: shift(aurora), mysql: shift(mysql) };
}
