import type { CopiesSample } from '../../history/copies-history.ts';
import type { Metrics } from '../../history/metrics-history.ts';
import type { Mark2, Plot } from './plot.ts';
import { samplesIn, type TimeRange } from './range.ts';

/** How many copies a write, and a recovery, needs. */
export interface Needs {
  readonly write: number;
  readonly read: number;
}

/** How many copies of the group that is worst off are well. */
export function copiesPlot(
  metrics: Metrics,
  range: TimeRange,
  nowUs: number,
  { write, read }: Needs,
): Plot {
  const shown = samplesIn(metrics.copies, range);
  const now = shown.findLast(({ at }) => at.timeUs <= nowUs) ?? shown[0];
  const most = Math.max(6, ...shown.map(({ copies }) => copies));
  const changes = shown.map(
    ({ at, healthy }): Mark2 => [Math.max(range.fromUs, at.timeUs), healthy],
  );
  const line = changes.concat(changes.slice(-1).map(([, healthy]) => [range.knownUs, healthy]));
  return {
    id: 'copies',
    name: 'Healthy copies',
    finding: now ? findingOf(now, write) : 'Nothing is known of the copies',
    key: 'Of the protection group that is worst off.',
    holds: true,
    panels: [
      {
        unit: 'copies',
        domain: [0, most + 0.6],
        ticks: [0, 2, 4, 6].filter((tick) => tick <= most),
        guides: [
          { value: write, label: `write ${write}` },
          { value: read, label: `read ${read}` },
        ],
        marks: [
          {
            kind: 'area',
            ink: 'short of copies',
            label: null,
            stepped: true,
            points: line.map(([timeUs, healthy]) => [timeUs, Math.min(healthy, write), write]),
          },
          { kind: 'line', ink: 'copies', label: null, stepped: true, points: line },
        ],
      },
    ],
    points: shown.map((sample) => ({
      timeUs: Math.max(range.fromUs, sample.at.timeUs),
      value: sample.healthy,
      at: sample.at,
      txn: null,
      says: `${findingOf(sample, write)}; a write needs ${write}, a recovery ${read}`,
    })),
  };
}

function findingOf({ group, healthy, copies }: CopiesSample, write: number): string {
  if (healthy === copies) return `All ${copies} copies of every group are well`;
  const then = healthy >= write ? 'writes go on' : 'its writes wait';
  return `PG ${group} has ${healthy} of ${copies} copies: ${then}`;
}
