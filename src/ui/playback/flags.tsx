import { Flag } from 'lucide-react';
import { useRef } from 'react';
import type { Micros } from '../../engine/time.ts';
import type { Act, Intervention } from '../../protocol/intervention.ts';
import { useSummary } from '../hooks/page.ts';
import { useElementSize } from '../hooks/use-element-size.ts';
import styles from './timeline.module.css';

const FAULTS: readonly Act['op'][] = [
  'crash',
  'crash-zone',
  'slow',
  'isolate',
  'drop-next',
  'loss',
];

/** Two or three words beside the flag; the tooltip of the track tells when. */
function flagText(act: Act): string {
  switch (act.op) {
    case 'crash':
    case 'restore':
      return `${act.target} ${act.op}`;
    case 'crash-zone':
      return `AZ ${act.az} down`;
    case 'restore-zone':
      return `AZ ${act.az} restore`;
    case 'slow':
      return `${act.target} ${act.on ? 'slow' : 'normal'}`;
    case 'isolate':
      return `${act.target} ${act.on ? 'isolated' : 'connected'}`;
    case 'drop-next':
      return `${act.target} drop`;
    case 'write':
      return act.count > 1 ? `${act.count} writes` : 'write';
    case 'sql':
      return 'SQL';
    default:
      return act.op;
  }
}

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
          data-fault={FAULTS.includes(act.op) || undefined}
          style={{ insetInlineStart: `${x}px` }}
        >
          <Flag />
          {text}
        </span>
      ))}
    </div>
  );
}
