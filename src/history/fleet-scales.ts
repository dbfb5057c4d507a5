import { VOLUME_LIMITS } from '../protocol/volume-limits.ts';

/** A size that the rules of the run can be laid out at. */
export interface Scale {
  readonly groups: number;
  readonly size: string;
  /** Where the number comes from. */
  readonly source: string;
}

const published = (size: string): readonly Scale[] =>
  VOLUME_LIMITS.filter((limit) => limit.size === size);

/** From a volume one can count to the limits that were published. */
export const SCALES: readonly Scale[] = [
  { groups: 64, size: '640 GB', source: 'a size to count in, no limit' },
  { groups: 1_024, size: '10 TB', source: 'a size to compare with, no limit' },
  ...published('64 TB'),
  ...published('128 TiB'),
];
