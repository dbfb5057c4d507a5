import { max, min } from 'd3';
import type { FrontierSample } from '../../history/frontier-history.ts';
import type { Metrics } from '../../history/metrics-history.ts';
import type { Mark, Mark2, Mark3, Plot } from './plot.ts';
import { samplesIn, type TimeRange, thinned } from './range.ts';
import { countText } from './words.ts';

/** What was given out, what of it is durable, and where replicas read. */
export function frontierPlot(metrics: Metrics, range: TimeRange, nowUs: number): Plot {
  const shown = samplesIn(metrics.frontier, range);
  const drawn = thinned(shown, openOf);
  const last = shown.at(-1);
  const held = last ? [...drawn, { ...last, at: { timeUs: range.knownUs, n: 0 } }] : drawn;
  const known = shown.filter(({ at }) => at.timeUs <= nowUs);
  const replicas = [...(last?.reads.keys() ?? [])].toSorted();
  const line = (
    mark: Pick<Extract<Mark, { kind: 'line' }>, 'ink' | 'label'>,
    pointOf: (sample: FrontierSample) => number | undefined,
  ): Mark => ({
    kind: 'line',
    ...mark,
    stepped: true,
    points: lineOf(held, range, pointOf),
  });
  const lowest = min(
    drawn.filter(({ vdl }) => vdl > 0),
    ({ vdl, reads }) => Math.min(vdl, ...reads.values()),
  );
  const highest = max(drawn, ({ allocated }) => allocated) ?? 1;
  const from = Math.min(lowest ?? 0, highest - 1);
  return {
    id: 'frontier',
    name: 'Durability frontier',
    finding: findingOf(known.length > 0 ? known : shown),
    key: 'Shaded: given out, not yet durable. Dotted: where each replica reads.',
    holds: true,
    panels: [
      {
        unit: 'LSN',
        ...lsnAxis(from, highest),
        guides: [],
        marks: [
          {
            kind: 'area',
            ink: 'in flight',
            label: null,
            stepped: true,
            points: flightOf(held, range),
          },
          ...replicas.map((id, i) =>
            line({ ink: i % 2 === 0 ? 'replica' : 'other replica', label: id }, ({ reads }) =>
              reads.get(id),
            ),
          ),
          line({ ink: 'allocated', label: 'allocated' }, ({ allocated }) => allocated || undefined),
          line({ ink: 'complete', label: 'VCL' }, ({ vcl }) => vcl || undefined),
          line({ ink: 'durable', label: 'VDL' }, ({ vdl }) => vdl || undefined),
        ],
      },
    ],
    points: drawn
      .filter(({ at }) => at.timeUs >= range.fromUs)
      .map((sample) => ({
        ...{ timeUs: sample.at.timeUs, value: sample.vdl, at: sample.at, txn: null },
        says: saysOf(sample),
      })),
  };
}

const openOf = ({ allocated, vdl }: FrontierSample): number =>
  allocated > 0 && vdl > 0 ? Math.max(0, allocated - vdl) : 0;

/** Values as they hold from the range's beginning to its last sample. */
function lineOf(
  samples: readonly FrontierSample[],
  { fromUs }: TimeRange,
  pointOf: (sample: FrontierSample) => number | undefined,
): readonly Mark2[] {
  return samples.flatMap((sample): readonly Mark2[] => {
    const value = pointOf(sample);
    return value === undefined ? [] : [[Math.max(fromUs, sample.at.timeUs), value]];
  });
}

const flightOf = (samples: readonly FrontierSample[], { fromUs }: TimeRange): readonly Mark3[] =>
  samples
    .filter(({ allocated, vdl }) => allocated > 0 && vdl > 0)
    .map(({ at, allocated, vdl }) => [Math.max(fromUs, at.timeUs), vdl, allocated]);

/** LSNs are names: round ones are marked, and the axis ends where the values do. */
function lsnAxis(from: number, to: number) {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000];
  const step = steps.find((each) => (to - from) / each <= 4) ?? 1_000_000;
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  const ticks = Array.from({ length: count }, (_, i) => (first + i) * step);
  return { domain: [from, to + Math.max(1, (to - from) * 0.06)] as const, ticks };
}

function findingOf(samples: readonly FrontierSample[]): string {
  const last = samples.at(-1);
  if (!last) return 'Nothing was written in this stretch of time';
  const most = max(samples, openOf) ?? 0;
  const now = openOf(last);
  return now === 0
    ? `All durable now; ${countText(most, 'record')} in flight at most`
    : `${countText(now, 'record')} in flight now, ${most} at most`;
}

function saysOf(sample: FrontierSample): string {
  const { allocated, vcl, vdl, reads } = sample;
  const read = [...reads].toSorted().map(([id, lsn]) => `${id} reads at ${lsn}`);
  return [
    `Given out to ${allocated || 'nothing'}, VCL ${vcl || 'not moved'}, VDL ${vdl || 'not moved'}`,
    countText(openOf(sample), 'record').concat(' in flight'),
    ...read,
  ].join(', ');
}
