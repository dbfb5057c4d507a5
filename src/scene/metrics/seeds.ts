import type { Band, Quantiles, SeedSummary } from '../../history/seed-summary.ts';
import { plural } from '../words.ts';
import type { Mark, Mark2, Mark3, Panel, Plot } from './plot.ts';
import { axisFromZero, figure, lengthText, msOf } from './words.ts';

/** What other seeds of the same run did. */
export interface Seeds {
  readonly summary: SeedSummary;
  /** How many. */
  readonly count: number;
}

/** The scale of a chart grows no more than so many times to show what other seeds did. */
const MOST_GROWTH = 3;

/** The charts with what other seeds did laid upon those that show lengths of time. */
export const withSeeds = (plots: readonly Plot[], seeds: Seeds): readonly Plot[] =>
  plots.map((plot) => {
    const bands = bandsOf(plot.id, seeds.summary);
    const found = findingOf(plot.id, seeds);
    const [panel, ...others] = plot.panels;
    if (found === null || !panel) return plot;
    const shade = `Shade: 5 to 95 % of ${plural(seeds.count, 'seed')}; its line: half.`;
    return {
      ...plot,
      seeds: found,
      key: `${plot.key} ${shade}`,
      panels: [overlaid(panel, bands), ...others],
    };
  });

function bandsOf(id: Plot['id'], { waits, quorums, lags }: SeedSummary): readonly Band[] {
  if (id === 'latency') return waits.bands;
  if (id === 'lag') return lags.bands;
  return id === 'fan' ? quorums.bands : [];
}

function overlaid(panel: Panel, bands: readonly Band[]): Panel {
  const [, top] = panel.domain;
  const highest = Math.max(0, ...bands.map(({ p95Us }) => msOf(p95Us)));
  const axis = highest > top ? axisFromZero([Math.min(highest, MOST_GROWTH * top)], 0.5, 4) : {};
  const parts = unbroken(bands);
  const lines = parts.map((part) => lineOf(part, part === parts.at(-1) ? 'seeds' : null));
  return { ...panel, ...axis, marks: [...parts.map(shadeOf), ...panel.marks, ...lines] };
}

/** Slices that follow upon each other; where there was too little to show, nothing is drawn. */
function unbroken(bands: readonly Band[]): readonly (readonly Band[])[] {
  const begins = bands.flatMap(({ fromUs }, i) => (fromUs === bands[i - 1]?.toUs ? [] : [i]));
  return begins.map((from, i) => bands.slice(from, begins[i + 1]));
}

/** Each slice is a step as wide as itself. */
const shadeOf = (bands: readonly Band[]): Mark => ({
  ...{ kind: 'area', ink: 'seeds', label: null, stepped: false },
  points: bands.flatMap(({ fromUs, toUs, p5Us, p95Us }): readonly Mark3[] => [
    [fromUs, msOf(p5Us), msOf(p95Us)],
    [toUs, msOf(p5Us), msOf(p95Us)],
  ]),
});

const lineOf = (bands: readonly Band[], label: string | null): Mark => ({
  ...{ kind: 'line', ink: 'seeds median', label, stepped: false },
  points: bands.flatMap(({ fromUs, toUs, p50Us }): readonly Mark2[] => [
    [fromUs, msOf(p50Us)],
    [toUs, msOf(p50Us)],
  ]),
});

function findingOf(id: Plot['id'], { summary, count }: Seeds): string | null {
  const of = plural(count, 'seed');
  const { waits, lags, acks } = summary;
  if (id === 'latency' && waits.all) {
    const { p50Us, p95Us, p99Us } = waits.all;
    const [half, most, nearlyAll] = [p50Us, p95Us, p99Us].map((us) => figure(msOf(us)));
    return `${of}: half in ${half} ms, 95 % in ${most} ms, 99 % in ${nearlyAll} ms`;
  }
  if (id === 'lag' && lags.all) {
    const { p50Us, p95Us } = lags.all;
    return `${of}: half lag ${lengthText(p50Us)}, 95 % no more than ${lengthText(p95Us)}`;
  }
  if (id !== 'fan' || acks.length === 0) return null;
  const halves = acks.map(({ p50Us }) => figure(msOf(p50Us)));
  return `${of}, median acks: ${halves.join(' · ')} ms`;
}

type Row = readonly (string | number)[];

/** Heads of the rows below. */
export const SEED_HEADS = ['Measure', '5 %', '50 %', '95 %', '99 %', 'How many'] as const;

/** What other seeds did, as rows of a table, in milliseconds. */
export function seedRows({ summary }: Seeds): readonly Row[] {
  const { waits, quorums, acks, lags } = summary;
  return [
    ...rowOf('Commit latency', waits.all),
    ...acks.flatMap((ack, i) => rowOf(`Acknowledgement ${i + 1}`, ack)),
    ...rowOf('Write quorum', quorums.all),
    ...rowOf('Replica lag', lags.all),
  ];
}

function rowOf(name: string, found: Quantiles | null): readonly Row[] {
  if (found === null) return [];
  const { p5Us, p50Us, p95Us, p99Us, count } = found;
  return [[name, ...[p5Us, p50Us, p95Us, p99Us].map((us) => figure(msOf(us))), count]];
}
