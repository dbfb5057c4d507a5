import { breakpoints } from '../../scene/tokens.ts';
import { useMedia } from './use-media.ts';

/**
 * How the regions stand: three columns, two, one, or a phone on its side, where height is what
 * there is least of. A page zoomed to 200 % is small in both directions and counts as the last.
 */
export type Arrangement = 'wide' | 'medium' | 'narrow' | 'short';

const SHORT = '(max-height: 499px) and (min-width: 480px)';

export function useArrangement(): Arrangement {
  const short = useMedia(SHORT);
  const wide = useMedia(`(min-width: ${breakpoints.lg}px)`);
  const medium = useMedia(`(min-width: ${breakpoints.md}px)`);
  if (short) return 'short';
  if (wide) return 'wide';
  return medium ? 'medium' : 'narrow';
}
