const CHANNELS = [1, 3, 5] as const;

const channel = (colour: string, at: number): number =>
  Number.parseInt(colour.slice(at, at + 2), 16);

const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0');

/**
 * A colour between two, both as `#rrggbb`: `share` 0 gives the first, 1 the second. Ours, because the
 * colour library weighs more than the whole drawing of a storage node.
 */
export function mixed(from: string, to: string, share: number): string {
  const parts = CHANNELS.map((at) => channel(from, at) * (1 - share) + channel(to, at) * share);
  return `#${parts.map(hex).join('')}`;
}
