/** How large a volume may become, by whom and when that was said. */
export interface VolumeLimit {
  readonly size: string;
  /** Protection groups of 10 GB that it takes; six segments each. */
  readonly groups: number;
  readonly source: string;
}

/** Published limits, the oldest first. Which engine version has which is only partly published. */
export const VOLUME_LIMITS: readonly VolumeLimit[] = [
  { size: '64 TB', groups: 6_400, source: "SIGMOD'17 §2.2 (2017)" },
  { size: '128 TiB', groups: 13_108, source: 'Aurora MySQL 1.23 and 2.09 (2020)' },
  { size: '256 TiB', groups: 26_215, source: 'AWS FAQ (2025)' },
];

/** The published limits in words, each with its source. */
export const volumeLimitsText = (): string =>
  VOLUME_LIMITS.map(
    ({ size, groups, source }) => `${size}, or ${grouped(groups)} groups: ${source}`,
  ).join('; ');

const grouped = (n: number): string => `${n}`.replace(/\B(?=(\d{3})+$)/g, ',');
