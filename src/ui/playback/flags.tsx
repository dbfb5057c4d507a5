import { Flag } from 'lucide-react';
import { useRef } from 'react';
import type { Micros } from '../../engine/time.ts';
import type { Act, Intervention } from '../../protocol/intervention.ts';
import { useSummary } from '../hooks/page.ts';
import { useElementSize } from '../hooks/use-element-size.ts';
import { flagText, isFault } from './flag-words.ts';
import styles from './timeline.module.css';

interface FlagPlace {
  readonly key: string;
  readonly x: number;
  readonly act: Act;
  readonly text: string;
}

/** Flags from left to right; one whose words would touch the next keeps only its icon. */
function placesOf(acts: readonly Intervention[], endUs: Micros, width: number): FlagPlace[] {
  let free = Number.POSITIVE_INFINITY;
  return acts
    .map((intervention, index) => ({ intervention, index }))
    .reverse()
    .map(({ intervention: { at, act }, index }) => {
      const x = (at.timeUs / endUs) * width;
      const words = flagText(act);
      const fits = x + 14 + words.length * 7 < Math.min(free, width);
      free = x;
      return { key: `${index}`, x, act, text: fits ? words : '' };
    });
}

/** What people did, where they did it. */
export function Flags({ endUs }: { readonly endUs: Micros }) {
  const row = useRef<HTMLDivElement>(null);
  const size = useElementSize(row);
  const interventions = useSummary((summary) => summary.interventions);
  const places = size ? placesOf(interventions, endUs, size.width) : [];
  return (
    <div ref={row} className={styles['flags']} aria-hidden="true">
      {places.map(({ key, x, act, text }) => (
        <span
          key={key}
          className={styles['flag']}
          data-fault={isFault(act) || undefined}
          style={{ insetInlineStart: `${x}px` }}
        >
          <Flag />
          {text}
        </span>
      ))}
    </div>
  );
}
