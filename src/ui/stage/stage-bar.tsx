import {
  PanelLeftOpen,
  PanelRightOpen,
  Power,
  Route,
  Shapes,
  Table,
  TriangleAlert,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { GroupView } from '../../protocol/view.ts';
import { VIEWS } from '../../store/views.ts';
import { useApp, useCommand, usePage, useView } from '../hooks/page.ts';
import { useArrangement } from '../hooks/use-arrangement.ts';
import { IconButton } from '../kit/button.tsx';
import { later } from '../kit/later.tsx';
import { Tab, TabList } from '../kit/tabs.tsx';
import { focusSoon } from '../regions.ts';
import styles from './stage-bar.module.css';

const Legend = later(async () => (await import('./legend.tsx')).Legend);

/** More chips than this do not fit beside the tabs. */
const MOST_CHIPS = 6;

export interface StageBarProps {
  /** What stands between the views and the buttons; empty room without it. */
  readonly middle: ReactNode;
}

/** What is looked at: views, protection groups, kill mode, legend, and ways back to folded panels. */
export function StageBar({ middle }: StageBarProps) {
  const { store } = usePage();
  const arrangement = useArrangement();
  const panels = useApp((state) => state.settings.panels);
  const tab = useApp((state) => state.tab);
  const wide = arrangement === 'wide';
  const columns = wide || arrangement === 'medium';
  const unfold = (panel: 'console' | 'inspector') => (): void => {
    store.getState().setPanel(panel, { collapsed: false });
    focusSoon(panel);
  };
  return (
    <div className={styles['bar']}>
      {wide && panels.console.collapsed ? (
        <IconButton
          id="show-console"
          label="Show the console"
          icon={PanelLeftOpen}
          onClick={unfold('console')}
        />
      ) : null}
      <TabList label="Views">
        {VIEWS.map(({ id, title }) => (
          <Tab
            key={id}
            id={id}
            group="views"
            selected={tab === id}
            onSelect={() => store.getState().setTab(id)}
          >
            {title}
          </Tab>
        ))}
      </TabList>
      <div className={styles['middle']}>{middle}</div>
      <GroupSwitcher />
      <FollowButton />
      <KillMode />
      <TableButton />
      <LegendButton />
      {columns && panels.inspector.collapsed ? (
        <IconButton
          id="show-side"
          label="Show inspector and events"
          icon={PanelRightOpen}
          onClick={unfold('inspector')}
        />
      ) : null}
    </div>
  );
}

function GroupSwitcher() {
  const { store } = usePage();
  const view = useView();
  const focus = useApp((state) => state.focusGroup);
  const pinned = useApp((state) => state.focusPinned);
  const groups = view?.groups ?? [];
  const arrangement = useArrangement();
  const small = arrangement !== 'wide';
  const choose = (id: number | 'all'): void =>
    store.getState().setFocusGroup(pinned && focus === id ? null : id);
  if (groups.length < 2) return null;
  if (groups.length > MOST_CHIPS || small) return <GroupSelect groups={groups} />;
  return (
    <div className={styles['groups']} role="group" aria-label="Protection group in focus">
      {groups.map((group) => (
        <button
          key={group.id}
          type="button"
          aria-label={withTrouble(group)}
          aria-pressed={focus === group.id}
          onClick={() => choose(group.id)}
        >
          {group.writesOk ? null : <TriangleAlert aria-hidden="true" />}
          {group.id === 0 ? 'PG 0' : group.id}
        </button>
      ))}
      <button
        type="button"
        aria-label="All protection groups"
        aria-pressed={focus === 'all'}
        onClick={() => choose('all')}
      >
        all
      </button>
      <button
        type="button"
        aria-label="The protection group of the newest write"
        aria-pressed={!pinned}
        onClick={() => store.getState().setFocusGroup(null)}
      >
        newest
      </button>
    </div>
  );
}

/** A group's name, and what it has lost where it has lost a quorum. */
const withTrouble = ({ id, writesOk, health }: GroupView): string =>
  writesOk ? `PG ${id}` : `PG ${id}, ${health}`;

function GroupSelect({ groups }: { readonly groups: readonly GroupView[] }) {
  const { store } = usePage();
  const focus = useApp((state) => (state.focusPinned ? state.focusGroup : 'newest'));
  return (
    <label>
      <span className="visually-hidden">Protection group in focus</span>
      <select
        value={focus}
        onChange={({ target: { value } }) =>
          store
            .getState()
            .setFocusGroup(value === 'newest' ? null : value === 'all' ? 'all' : Number(value))
        }
      >
        <option value="newest">Newest</option>
        <option value="all">All PGs</option>
        {groups.map((group) => (
          <option key={group.id} value={group.id}>
            {withTrouble(group)}
          </option>
        ))}
      </select>
    </label>
  );
}

function TableButton() {
  const command = useCommand('as-table');
  const on = useApp((state) => state.asTable);
  return (
    <IconButton
      label="Data table"
      icon={Table}
      keys={command.keys[0]}
      aria-pressed={on}
      onClick={() => void command.run()}
    />
  );
}

function KillMode() {
  const { store } = usePage();
  const on = useApp((state) => state.killMode);
  const command = useCommand('crash');
  return (
    <IconButton
      label="Kill mode"
      icon={Power}
      keys={command.keys[0]}
      aria-pressed={on}
      onClick={() => store.getState().setKillMode(!on)}
    />
  );
}

/** Follows the newest write there is: the last one begun, or the last one told of. */
function FollowButton() {
  const { store } = usePage();
  const view = useView();
  const followed = useApp((state) => state.followedTxn);
  const toggle = (): void => {
    const { follow, toast, summary } = store.getState();
    const told = summary.told.findLast(({ future, refs }) => !future && refs.txns.length > 0);
    const newest = view?.transactions.at(-1)?.txn ?? told?.refs.txns.at(-1) ?? null;
    if (followed === null && newest === null) {
      toast('No write to follow yet. Press W for one.', { tone: 'problem' });
    } else follow(followed === null ? newest : null);
  };
  return (
    <IconButton
      label="Follow one write"
      icon={Route}
      aria-pressed={followed !== null}
      onClick={toggle}
    />
  );
}

function LegendButton() {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles['legend']}>
      <IconButton
        label="Legend"
        icon={Shapes}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return;
          event.stopPropagation();
          setOpen(false);
        }}
      />
      {open ? <Legend /> : null}
    </div>
  );
}
