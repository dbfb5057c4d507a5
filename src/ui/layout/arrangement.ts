import { breakpoints } from '../../scene/tokens.ts';

/**
 * How the regions stand: three columns, two, one, or a phone on its side, where height is what
 * there is least of. A page zoomed to 200 % is small in both directions and counts as the last.
 */
export type Arrangement = 'wide' | 'medium' | 'narrow' | 'short';

/** The media queries that decide, as they are asked. */
export const QUERIES = {
  short: '(max-height: 499px) and (min-width: 480px)',
  wide: `(min-width: ${breakpoints.lg}px)`,
  medium: `(min-width: ${breakpoints.md}px)`,
} as const;

export function arrangementFor(
  holds: Readonly<Record<keyof typeof QUERIES, boolean>>,
): Arrangement {
  if (holds.short) return 'short';
  if (holds.wide) return 'wide';
  return holds.medium ? 'medium' : 'narrow';
}

/** How much of a phone's page the panel takes; its handle and two buttons go through them in order. */
export const DETENTS = ['folded', 'half', 'full'] as const;
export type Detent = (typeof DETENTS)[number];

/** Below this the stage needs all there is, until somebody asks for a panel. */
const LITTLE_HEIGHT = 640;

/** `sheet`: the panel stands at the side of the stage rather than under it. */
export const firstDetent = (sheet: boolean): Detent =>
  sheet || innerHeight < LITTLE_HEIGHT ? 'folded' : 'half';
