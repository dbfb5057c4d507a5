import {
  type LucideIcon,
  PanelLeftOpen,
  PanelRightOpen,
  Power,
  Route,
  Shapes,
  Table,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
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
  const legend = useApp((state) => state.legend);
  const wide = arrangement === 'wide';
  const columns = wide || arrangement === 'medium';
  // What there is no room for is in the menu of the page.
  const small = arrangement === 'narrow';
  const unfold = (panel: 'console' | 'inspector') => (): void => {
    store.getState().setPanel(panel, { collapsed: false });
    focusSoon(panel);
  };
  return (
    <div className={styles['bar']}>
      {wide && panels.console.collapsed ? (
        <IconButton
          id="show-console"
          label="Show story and console"
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
      {small ? null : <Toggle id="follow" label="Follow one write" icon={Route} />}
      <KillMode />
      {small ? null : <Toggle id="as-table" label="Data table" icon={Table} />}
      {small ? null : <Toggle id="legend" label="Legend" icon={Shapes} />}
      {legend ? <Legend /> : null}
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

/** A button for a command that is on or off. */
function Toggle({
  id,
  label,
  icon,
}: {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
}) {
  const command = useCommand(id);
  // Asked again whenever the store changes: it is the store that decides.
  const on = useApp(() => command.pressed?.() ?? false);
  return (
    <IconButton
      label={label}
      icon={icon}
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
