import { Ellipsis, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ClusterView } from '../../protocol/view.ts';
import type { Selection } from '../../store/app-store.ts';
import type { TermKey } from '../../stories/glossary.ts';
import { actionsFor } from '../actions.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { usePageOwners } from '../hooks/use-page-owners.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { later } from '../kit/later.tsx';
import { Simulated } from '../kit/simulated.tsx';
import { Tab, TabList } from '../kit/tabs.tsx';
import { Term } from '../kit/term.tsx';
import { ActionButton, KINDS } from './action-button.tsx';
import { FactList } from './fact-list.tsx';
import { type Facts, factsOf } from './facts.ts';
import styles from './inspector.module.css';
import { LogTab } from './log-tab.tsx';
import { NetworkTab } from './network-tab.tsx';
import { NothingSelected } from './nothing-selected.tsx';
import { RestoreForm } from './restore-form.tsx';

interface SelectionProps {
  readonly view: ClusterView;
  readonly selection: Selection;
}

/** What is selected, or the cluster where that is not there at this moment. */
export function Selected({ view, selection }: SelectionProps) {
  const owners = usePageOwners();
  const facts = factsOf(view, selection, (group) => owners().group(group));
  if (!facts) return <NothingSelected view={view} />;
  return <Details key={`${selection.kind} ${selection.id}`} {...{ view, selection, facts }} />;
}

interface SelectedProps {
  readonly view: ClusterView;
  readonly selection: Selection;
  readonly facts: Facts;
}

const TERMS: Readonly<Partial<Record<Selection['kind'], TermKey>>> = {
  node: 'node',
  segment: 'segment',
  group: 'PG',
  record: 'LSN',
  zone: 'AZ',
};

const TABS = ['State', 'Chart', 'Log', 'Network'] as const;

/** Somebody asked for the statechart of what is selected. */
function useChartAsked({ kind, id }: Selection, show: () => void): void {
  const { store } = usePage();
  const isAsked = useApp(
    ({ chartAsked }) => chartAsked?.kind === kind && chartAsked.id === id && ACTORS.has(kind),
  );
  useEffect(() => {
    if (!isAsked) return;
    show();
    store.getState().askChart(null);
  });
}

/** What has a machine of its own. */
const ACTORS: ReadonlySet<Selection['kind']> = new Set([
  ...(['node', 'instance', 'segment', 'client', 'service'] as const),
]);

const ChartTab = later(async () => (await import('./chart/chart-tab.tsx')).ChartTab);

function Details({ view, selection, facts }: SelectedProps) {
  const { store } = usePage();
  const [tab, setTab] = useState<(typeof TABS)[number]>('State');
  useChartAsked(selection, () => setTab('Chart'));
  const term = TERMS[selection.kind];
  return (
    <>
      <div className={styles['head']}>
        <div className={styles['heading']}>
          {facts.kind === facts.name ? null : (
            <p className={styles['kind']}>
              {term ? <Term name={term}>{facts.kind}</Term> : facts.kind}
            </p>
          )}
          <h2 className={styles['name']}>{facts.name}</h2>
        </div>
        <Simulated />
        <IconButton
          label="Clear the selection"
          icon={X}
          keys="Esc"
          onClick={() => store.getState().select(null)}
        />
      </div>
      <Actions view={view} selection={selection} />
      <p className={styles['says']}>{facts.says}</p>
      {selection.id === 'S3' && view.store ? <RestoreForm store={view.store} /> : null}
      <TabList label={`About ${facts.name}`}>
        {TABS.filter((name) => name !== 'Chart' || ACTORS.has(selection.kind)).map((name) => (
          <Tab
            key={name}
            id={name}
            group="inspector"
            selected={tab === name}
            onSelect={() => setTab(name)}
          >
            {name}
          </Tab>
        ))}
      </TabList>
      <div
        className={styles['body']}
        role="tabpanel"
        tabIndex={0}
        id={`inspector-${tab}-panel`}
        aria-labelledby={`inspector-${tab}-tab`}
      >
        {tab === 'State' ? <FactList facts={facts} /> : null}
        {tab === 'Chart' ? <ChartTab view={view} selection={selection} name={facts.name} /> : null}
        {tab === 'Log' ? <LogTab view={view} selection={selection} /> : null}
        {tab === 'Network' ? <NetworkTab view={view} selection={selection} /> : null}
      </div>
    </>
  );
}

/** The rest is one press further, in the menu that explains each. */
const ACTIONS_AT_MOST = 4;

function Actions({ view, selection }: Pick<SelectedProps, 'view' | 'selection'>) {
  const { store } = usePage();
  const actions = actionsFor(view, selection);
  if (actions.length === 0) return null;
  const more = actions.length > ACTIONS_AT_MOST + 1;
  const shown = more ? actions.slice(0, ACTIONS_AT_MOST) : actions;
  return (
    <div className={styles['actions']} role="group" aria-label="Actions">
      {shown.map((action, index) => (
        <ActionButton
          key={action.id}
          action={action}
          // Only the first may stand out: a row of red buttons warns of nothing.
          kind={index === 0 ? KINDS[action.group] : 'plain'}
        />
      ))}
      {more ? (
        <Button
          icon={Ellipsis}
          keys="M"
          aria-haspopup="menu"
          onClick={() => store.getState().openMenu(selection)}
        >
          More
        </Button>
      ) : null}
    </div>
  );
}
