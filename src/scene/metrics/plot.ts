import type { FrontierSample } from '../../history/frontier-history.ts';

/** A place in the run that a point of a chart stands for. */
export type Moment = FrontierSample['at'];

/** Time in microseconds, and a value in the unit of the panel. */
export type Mark2 = readonly [timeUs: number, value: number];
/** Time in microseconds, and a stretch of values. */
export type Mark3 = readonly [timeUs: number, from: number, to: number];

/** What a mark means: how it looks is the painter's affair. */
export type Ink =
  | 'commit'
  | 'waiting'
  | 'median'
  | 'high'
  | 'highest'
  | 'counted'
  | 'seal'
  | 'late'
  | 'allocated'
  | 'in flight'
  | 'complete'
  | 'durable'
  | 'read point'
  | 'replica'
  | 'other replica'
  | 'copies'
  | 'short of copies'
  | 'redo'
  | 'ack'
  | 'stream'
  | 'seeds'
  | 'seeds median';

/** One way of drawing values. `label` stands where the mark ends. */
export type Mark =
  | {
      readonly kind: 'line';
      readonly ink: Ink;
      readonly label: string | null;
      readonly points: readonly Mark2[];
      readonly stepped: boolean;
    }
  | {
      readonly kind: 'area';
      readonly ink: Ink;
      readonly label: string | null;
      readonly points: readonly Mark3[];
      readonly stepped: boolean;
    }
  | {
      /** Rings are of what is not over yet. */
      readonly kind: 'dots' | 'rings';
      readonly ink: Ink;
      readonly label: null;
      readonly points: readonly Mark2[];
    }
  | {
      readonly kind: 'bars';
      readonly ink: Ink;
      readonly label: string | null;
      readonly points: readonly Mark3[];
    }
  /** Heavy ends of bars. */
  | {
      readonly kind: 'caps';
      readonly ink: Ink;
      readonly label: string | null;
      readonly points: readonly Mark2[];
    }
  /** Signs at the edge for bars that go on beyond it. */
  | {
      readonly kind: 'cuts';
      readonly ink: Ink;
      readonly label: null;
      readonly points: readonly Mark2[];
    };

/** A value that matters, whatever is measured. */
interface Guide {
  readonly value: number;
  readonly label: string;
}

/** One value axis and what is drawn against it. */
export interface Panel {
  readonly unit: string;
  readonly domain: readonly [from: number, to: number];
  readonly ticks: readonly number[];
  readonly guides: readonly Guide[];
  readonly marks: readonly Mark[];
}

/** Something in a chart that can be read out and gone to. */
export interface PlotPoint {
  /** Where it stands. */
  readonly timeUs: number;
  /** What it stands at in the first panel. */
  readonly value: number;
  readonly at: Moment;
  /** Whose commit it is; null where it is nobody's. */
  readonly txn: number | null;
  readonly says: string;
}

export interface Plot {
  readonly id: 'latency' | 'fan' | 'frontier' | 'lag' | 'copies' | 'traffic';
  readonly name: string;
  /** What it shows, in words and figures. */
  readonly finding: string;
  /** The same of other seeds, where these are shown. */
  readonly seeds?: string;
  /** What its marks mean. */
  readonly key: string;
  /** What was measured holds until the next point; otherwise it belongs to its point alone. */
  readonly holds: boolean;
  /** One above the other. */
  readonly panels: readonly Panel[];
  readonly points: readonly PlotPoint[];
}
