import { type Arrangement, arrangementFor, QUERIES } from '../layout/arrangement.ts';
import { useMedia } from './use-media.ts';

/** How the regions stand now. */
export function useArrangement(): Arrangement {
  const short = useMedia(QUERIES.short);
  const wide = useMedia(QUERIES.wide);
  const medium = useMedia(QUERIES.medium);
  return arrangementFor({ short, wide, medium });
}
