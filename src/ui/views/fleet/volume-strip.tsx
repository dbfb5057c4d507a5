import { Plus } from 'lucide-react';
import type { ClusterView, GroupView } from '../../../protocol/view.ts';
import { VOLUME_LIMITS, volumeLimitsText } from '../../../protocol/volume-limits.ts';
import { durationText, numberText, plural } from '../../../scene/words.ts';
import { useView } from '../../hooks/page.ts';
import { useIntervene } from '../../hooks/use-perform.ts';
import { Button } from '../../kit/button.tsx';
import { Simulated } from '../../kit/simulated.tsx';
import styles from './volume-strip.module.css';

/** A group that something was written to in this run. */
const isWritten = ({ meter }: GroupView): boolean => meter !== null;

/** How large the volume is, how large it may become, and which copies are under way. */
export function VolumeStrip() {
  const view = useView();
  if (!view) return null;
  return (
    <div className={styles['strip']}>
      <Volume view={view} />
      <RepairLane view={view} />
    </div>
  );
}

function Volume({ view }: { readonly view: ClusterView }) {
  const intervene = useIntervene();
  const { groups, control } = view;
  const written = groups.filter(isWritten).length;
  const limit = VOLUME_LIMITS[VOLUME_LIMITS.length - 1];
  return (
    <section className={styles['volume']} aria-label="Volume">
      <div className={styles['cells']} aria-hidden="true">
        {groups.map((group) => (
          <span key={group.id} data-written={isWritten(group) || undefined} />
        ))}
        {control.growing ? <span data-coming="" /> : null}
      </div>
      <p>
        <span>{`${numberText(groups.length * 10)} GB in ${plural(groups.length, 'group')}, ${written} written to`}</span>{' '}
        <Simulated />
        {limit ? (
          <span className={styles['limit']} title={`Published limits. ${volumeLimitsText()}`}>
            {`Published limit ${limit.size}: ${limit.source}`}
          </span>
        ) : null}
      </p>
      <Button
        icon={Plus}
        aria-label="Grow the volume by 10 GB"
        aria-disabled={control.growing !== null || control.state !== 'available'}
        onClick={() => intervene({ op: 'grow' })}
      >
        10 GB
      </Button>
    </section>
  );
}

interface CopyUnderWay {
  readonly id: string;
  readonly percent: number;
  readonly from: string;
  readonly words: string;
}

function copiesIn({ groups, timeUs }: ClusterView): readonly CopyUnderWay[] {
  return groups.flatMap(({ id, places, segments }) =>
    places.flatMap(({ slot, replacement }) => {
      if (replacement === null || replacement.hydrated) return [];
      const { segment, host, percent, source, doneAtUs } = replacement;
      const peer = segments.find((each) => each.id === source)?.host;
      const rest =
        doneAtUs === null ? '' : `, ${durationText(Math.max(0, doneAtUs - timeUs))} left`;
      return [
        {
          id: segment,
          percent,
          from: peer ? `from ${peer}` : 'waiting for a peer',
          words: `PG ${id} ${slot} to ${host}, ${percent} %${rest}`,
        },
      ];
    }),
  );
}

/** Copies of segments on their way, with their sources. */
function RepairLane({ view }: { readonly view: ClusterView }) {
  const copies = copiesIn(view);
  return (
    <section className={styles['repairs']} aria-label="Repairs under way">
      {copies.length === 0 ? <p>No copy under way.</p> : null}
      <ul>
        {copies.map(({ id, percent, from, words }) => (
          <li key={id}>
            <progress max={100} value={percent} aria-label={words} />
            <span>{words}</span>
            <small>{from}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
