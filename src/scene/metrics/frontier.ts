import { max, min, range } from 'd3';
import type { FrontierSample } from '../../history/frontier-history.ts';
import type { Metrics } from '../../history/metrics-history.ts';
import { plural } from '../words.ts';
import type { Ink, Mark, Mark2, Mark3, Panel, Plot } from './plot.ts';
import { samplesIn, type TimeRange, thinned } from './range.ts';
import { axisFromZero, roundStep } from './words.ts';

/** What was given out, what of it is durable, and where replicas read. */
export function frontierPlot(metrics: Metrics, stretch: TimeRange, nowUs: number): Plot {
  const shown = samplesIn(metrics.frontier, stretch);
  const drawn = thinned(shown, openOf);
  const last = shown.at(-1);
  const held = last ? [...drawn, { ...last, at: { timeUs: stretch.knownUs, n: 0 } }] : drawn;
  const known = shown.filter(({ at }) => at.timeUs <= nowUs);
  return {
    id: 'frontier',
    name: 'Durability frontier',
    finding: findingOf(known.length > 0 ? known : shown),
    key: 'Above: allocated, VCL, VDL and where each replica reads. Below: what is between allocated and VDL.',
    holds: true,
    panels: [frontierPanel(held, stretch), flightPanel(held, stretch)],
    points: drawn
      .filter(({ at }) => at.timeUs >= stretch.fromUs)
      .map((sample) => ({
        ...{ timeUs: sample.at.timeUs, value: sample.vdl, at: sample.at, txn: null },
        says: saysOf(sample),
      })),
  };
}

/** How far allocated, VCL, VDL and every read point have come. */
function frontierPanel(samples: readonly FrontierSample[], stretch: TimeRange): Panel {
  const lowest = min(
    samples.flatMap(({ allocated, vcl, vdl, reads }) => [allocated, vcl, vdl, ...reads.values()]),
    (lsn) => lsn || undefined,
  );
  const highest = max(samples, ({ allocated }) => allocated) ?? 1;
  const last = samples.at(-1);
  const isOne = last?.vcl === last?.vdl;
  const line = (
    ink: Ink,
    label: string | null,
    pointOf: (sample: FrontierSample) => number | undefined,
  ): Mark => ({
    ...{ kind: 'line', ink, label, stepped: true },
    points: lineOf(samples, stretch, pointOf),
  });
  return {
    unit: 'LSN',
    ...lsnAxis(Math.min(lowest ?? 0, highest - 1), highest),
    guides: [],
    marks: [
      {
        ...{ kind: 'area', ink: 'in flight', label: null, stepped: true },
        points: betweenOf(
          samples,
          stretch,
          ({ vdl }) => vdl,
          ({ allocated }) => allocated,
        ),
      },
      line('allocated', 'allocated', ({ allocated }) => allocated || undefined),
      line('complete', isOne ? null : 'VCL', ({ vcl }) => vcl || undefined),
      line('durable', isOne ? 'VCL = VDL' : 'VDL', ({ vdl }) => vdl || undefined),
      ...[...(last?.reads.keys() ?? [])]
        .toSorted()
        .map((id) => line('read point', id, ({ reads }) => reads.get(id))),
    ],
  };
}

/** The same difference by itself: beside a thousand LSNs, three in flight cannot be seen. */
function flightPanel(samples: readonly FrontierSample[], stretch: TimeRange): Panel {
  return {
    unit: 'records in flight',
    ...axisFromZero(samples.map(openOf), 4, 2),
    guides: [],
    marks: [
      {
        ...{ kind: 'area', ink: 'redo', label: 'in flight', stepped: true },
        points: betweenOf(samples, stretch, () => 0, openOf),
      },
    ],
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

/** What lies between two values, once both are known. */
const betweenOf = (
  samples: readonly FrontierSample[],
  { fromUs }: TimeRange,
  lowOf: (sample: FrontierSample) => number,
  highOf: (sample: FrontierSample) => number,
): readonly Mark3[] =>
  samples
    .filter(({ allocated, vdl }) => allocated > 0 && vdl > 0)
    .map((sample) => [Math.max(fromUs, sample.at.timeUs), lowOf(sample), highOf(sample)]);

/** LSNs are names: round ones are marked, and the axis ends where the values do. */
function lsnAxis(from: number, to: number) {
  const step = Math.max(1, roundStep(to - from, 3));
  const first = Math.ceil(from / step);
  const ticks = range(first, Math.floor(to / step) + 1).map((i) => i * step);
  return { domain: [from, to + Math.max(1, (to - from) * 0.06)] as const, ticks };
}

function findingOf(samples: readonly FrontierSample[]): string {
  const last = samples.at(-1);
  if (!last) return 'Nothing was written in this stretch of time';
  const most = max(samples, openOf) ?? 0;
  const now = openOf(last);
  return now === 0
    ? `All durable now; ${plural(most, 'record')} in flight at most`
    : `${plural(now, 'record')} in flight now, ${most} at most`;
}

function saysOf(sample: FrontierSample): string {
  const { allocated, vcl, vdl, reads } = sample;
  const read = [...reads].toSorted().map(([id, lsn]) => `${id} reads at ${lsn}`);
  return [
    `Allocated to ${allocated || 'nothing'}, VCL ${vcl || 'not moved'}, VDL ${vdl || 'not moved'}`,
    plural(openOf(sample), 'record').concat(' in flight'),
    ...read,
  ].join(', ');
}
