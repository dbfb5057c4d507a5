import { useMemo } from 'react';
import { type Sender, sendersOf } from '../../../protocol/chart-senders.ts';
import type { ClusterView } from '../../../protocol/view.ts';
import { type ChartView, statesOf } from '../../../protocol/view-chart.ts';
import { plainName } from '../../../scene/chart/words.ts';
import type { Selection } from '../../../store/app-store.ts';
import { actionsFor } from '../../actions.ts';
import { usePage } from '../../hooks/page.ts';
import { ActionButton } from '../action-button.tsx';
import styles from './chart-tab.module.css';
import { deedsFor, type OwnDeed } from './deeds.ts';
import { SENDERS } from './words.ts';

interface AcceptsProps {
  readonly view: ClusterView;
  readonly selection: Selection;
  readonly chart: ChartView;
  /** The event that came last. */
  readonly lastEvent: string | null;
}

/** Every event that the machine would take where it stands: what a person can cause to press, the rest by who sends it. */
export function Accepts({ view, selection, chart, lastEvent }: AcceptsProps) {
  const deeds = useDeeds(view, selection, chart);
  const events = acceptedIn(chart);
  const own = deeds.filter(({ event }) => events.includes(event));
  const others = events.filter((event) => own.every((deed) => deed.event !== event));
  return (
    <>
      {own.length > 0 ? (
        <section>
          <h3 className={styles['title']}>You can send it</h3>
          <div role="group" aria-label="Events you can send" className={styles['deeds']}>
            {own.map(({ event, action }) => (
              <ActionButton key={event} action={{ ...action, short: plainName(event) }} />
            ))}
          </div>
        </section>
      ) : null}
      <section>
        <h3 className={styles['title']}>
          {own.length > 0 ? 'It also takes' : 'It takes'}, sent by
        </h3>
        <dl className={styles['senders']}>
          {bySender(chart.chart.id, others).map(([sender, sent]) => (
            <div key={sender}>
              <dt>{SENDERS[sender]}</dt>
              {sent.map((event) => (
                <dd key={event} data-last={event === lastEvent || undefined}>
                  {plainName(event)}
                </dd>
              ))}
            </div>
          ))}
        </dl>
        {others.length === 0 ? <p className={styles['none']}>Nothing else.</p> : null}
      </section>
    </>
  );
}

/** Trying them takes a while: done again only when something else can be done, or from elsewhere in the chart. */
function useDeeds(view: ClusterView, selection: Selection, chart: ChartView): readonly OwnDeed[] {
  const { player } = usePage();
  const actions = actionsFor(view, selection);
  const stands = chart.active.join(' ');
  const can = JSON.stringify(actions.map(({ does, blocked }) => [does, blocked]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what can be done is the same when it says the same.
  return useMemo(
    () => deedsFor(player, selection.id, actions),
    [player, selection.id, stands, can],
  );
}

const acceptedIn = ({ chart, active }: ChartView): readonly string[] => [
  ...new Set(
    statesOf(chart)
      .filter(({ path }) => active.includes(path))
      .flatMap(({ moves }) => moves.map(({ event }) => event)),
  ),
];

function bySender(
  machine: string,
  events: readonly string[],
): readonly (readonly [Sender, readonly string[]])[] {
  const groups = new Map<Sender, string[]>();
  for (const event of events) {
    const [sender = 'self'] = sendersOf(machine, event);
    groups.set(sender, [...(groups.get(sender) ?? []), event]);
  }
  return [...groups].toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

const ORDER = Object.keys(SENDERS);
