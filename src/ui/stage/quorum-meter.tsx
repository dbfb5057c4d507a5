import { Check } from 'lucide-react';
import { Fragment } from 'react';
import type { GroupView, MeterView } from '../../protocol/view.ts';
import { meteredGroup } from '../../scene/console.ts';
import { lsnText } from '../format.ts';
import { useApp, useView } from '../hooks/page.ts';
import { classes } from '../kit/classes.ts';
import { Term } from '../kit/term.tsx';
import { ackedOf, briefWords, countWords, type QuorumRow, rowsOf } from './quorum-leaves.ts';
import styles from './quorum-meter.module.css';

const SLOT_WORDS: Readonly<Record<MeterView['slots'][number]['state'], string>> = {
  acked: 'acknowledged',
  stored: 'stored, acknowledgement on its way',
  sent: 'sent',
  missing: 'missing',
  down: 'down',
};

/** The group the meter speaks of: the one in focus, else the one written last. */
export function useMeteredGroup(): GroupView | null {
  const view = useView();
  const focus = useApp((state) => state.focusGroup);
  return view && meteredGroup(view, focus);
}

/** Who has the newest record, and how many are needed: one row per part of the quorum expression. */
export function QuorumMeter({ group }: { readonly group: GroupView }) {
  const { meter, healthy, copies, health } = group;
  const rows = rowsOf(group.write);
  return (
    <div className={styles['meter']} role="group" aria-label={`Write quorum of PG ${group.id}`}>
      <span className={styles['subject']}>
        <strong>
          <Term name="PG">PG {group.id}</Term>
        </strong>
        <span className={styles['record']} hidden={rows.length > 2}>
          {meter ? ` record ${lsnText(meter.lsn)}` : ' no record yet'}
        </span>
        {healthy < copies ? (
          <span className={styles['up']} data-risk={health === 'data at risk' || undefined}>
            {' '}
            {healthy} up
          </span>
        ) : null}
      </span>
      {meter && rows.length === 1
        ? rows.map((row) => (
            <WriteRow key={row.of.join('')} row={row} meter={meter} group={group} />
          ))
        : null}
      {meter && rows.length > 1 ? <Expression rows={rows} meter={meter} /> : null}
    </div>
  );
}

interface ExpressionProps {
  readonly rows: readonly QuorumRow[];
  readonly meter: MeterView;
}

/** A quorum set, as it is written: each part with its count, all of them at once; on a phone in a few words. */
function Expression({ rows, meter }: ExpressionProps) {
  const [first] = rows;
  const sizes = new Set(rows.map(({ k, of }) => `${k}/${of.length}`));
  // Four of them fill the line: what they have in common is said once.
  const once = rows.length > 2 && sizes.size === 1 && first;
  return (
    <>
      <span className={styles['expression']}>
        {once ? <span>{[...sizes][0]} of</span> : null}
        {rows.map((row) => {
          const acked = ackedOf(row, meter);
          const met = acked >= row.k;
          return (
            <Fragment key={row.of.join('')}>
              {row.joiner ? <b>{row.joiner.toUpperCase()}</b> : null}
              <span data-met={met || undefined}>
                {once ? '' : `${row.k}/${row.of.length} of `}
                {row.of.join('')}
                <em> {met ? '✓' : once ? acked : `has ${acked}`}</em>
              </span>
            </Fragment>
          );
        })}
        <span className={styles['count']} data-durable={meter.durable || undefined}>
          {meter.durable ? 'durable' : once ? '' : 'not durable yet'}
        </span>
      </span>
      <span
        className={styles['brief']}
        aria-hidden="true"
        data-durable={meter.durable || undefined}
      >
        {briefWords(rows, meter)}
      </span>
    </>
  );
}

interface WriteRowProps {
  readonly row: QuorumRow;
  readonly meter: MeterView;
  readonly group: GroupView;
}

function WriteRow({ row, meter, group }: WriteRowProps) {
  const acked = ackedOf(row, meter);
  const { count, needed, waits } = countWords(row, meter, group.health !== 'writes continue');
  const members = meter.slots.filter((member) => row.of.includes(member.member));
  return (
    <>
      {row.joiner ? <span className={styles['joiner']}>{row.joiner}</span> : null}
      <ul className={styles['who']} aria-label="Copies">
        {members.map(({ member, host, state }) => (
          <li key={member} className={classes(styles['slot'], styles[state])}>
            {host}
            <span className="visually-hidden"> {SLOT_WORDS[state]}</span>
          </li>
        ))}
      </ul>
      <span className={styles['count']} data-durable={meter.durable || undefined}>
        <span className={styles['cells']} aria-hidden="true">
          {Array.from({ length: row.k }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the cells are alike but for their place.
            <i key={index} data-filled={index < acked || undefined} />
          ))}
        </span>
        {meter.durable ? <Check className={styles['tick']} aria-hidden="true" /> : null}
        <span>
          {count}
          <span className={styles['needed']}>{needed}</span>
          <span className={styles['waits']}>{waits}</span>
        </span>
      </span>
    </>
  );
}

/** Only while copies are missing: whether recovery could still find every durable record. */
export function RecoveryQuorum({ group }: { readonly group: GroupView }) {
  if (group.healthy === group.copies) return null;
  const rows = rowsOf(group.read)
    .map(({ k, of, joiner }) => `${joiner ? `${joiner} ` : ''}${k} of ${of.length}`)
    .join(' ');
  const safe = group.health !== 'data at risk';
  return (
    <p className={styles['recovery']} data-risk={!safe || undefined}>
      {group.healthy} of {group.copies} copies up: {group.health}. Recovery needs {rows}
      {safe ? ' and has them.' : ' and has too few.'}
    </p>
  );
}
