import { BookUp2, Flag } from 'lucide-react';
import { useRef } from 'react';
import type { EpochMark } from '../../history/track-history.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import { useSummary } from '../hooks/page.ts';
import { useElementSize } from '../hooks/use-element-size.ts';
import { flagText, isFault } from './flag-words.ts';
import styles from './timeline.module.css';
import type { TimeScale } from './timeline-scale.ts';

/** What is marked above the track: an act of a person, or a new epoch of the volume. */
interface Mark {
  readonly key: string;
  readonly atUs: number;
  readonly words: string;
  readonly kind: 'act' | 'fault' | 'epoch';
}

interface FlagPlace extends Mark {
  readonly x: number;
}

function marksOf(acts: readonly Intervention[], epochs: readonly EpochMark[]): readonly Mark[] {
  const flags = acts.map(
    ({ at, act }, index): Mark => ({
      key: `${index}`,
      atUs: at.timeUs,
      words: flagText(act),
      kind: isFault(act) ? 'fault' : 'act',
    }),
  );
  const opened = epochs.map(
    ({ epoch, atUs }): Mark => ({
      key: `epoch ${epoch} ${atUs}`,
      atUs,
      words: `epoch ${epoch}`,
      kind: 'epoch',
    }),
  );
  return [...flags, ...opened].toSorted((a, b) => a.atUs - b.atUs);
}

/** Marks from left to right; one whose words would touch the next keeps only its icon. */
function placesOf(marks: readonly Mark[], scale: TimeScale, width: number): readonly FlagPlace[] {
  let free = Number.POSITIVE_INFINITY;
  return marks.toReversed().map((mark) => {
    const x = Math.min(1, scale.toShare(mark.atUs)) * width;
    const fits = x + 14 + mark.words.length * 7 < Math.min(free, width);
    free = x;
    return { ...mark, x, words: fits ? mark.words : '' };
  });
}

interface FlagsProps {
  readonly scale: TimeScale;
  readonly epochs: readonly EpochMark[];
}

/** What people did, and who opened the volume anew, where it was. */
export function Flags({ scale, epochs }: FlagsProps) {
  const row = useRef<HTMLDivElement>(null);
  const size = useElementSize(row);
  const interventions = useSummary((summary) => summary.interventions);
  const places = size ? placesOf(marksOf(interventions, epochs), scale, size.width) : [];
  return (
    <div ref={row} className={styles['flags']} aria-hidden="true">
      {places.map(({ key, x, kind, words }) => (
        <span
          key={key}
          className={styles['flag']}
          data-kind={kind}
          style={{ insetInlineStart: `${x}px` }}
        >
          {kind === 'epoch' ? <BookUp2 /> : <Flag />}
          {words}
        </span>
      ))}
    </div>
  );
}
