import { Search } from 'lucide-react';
import type { Level } from '../../protocol/narration/told.ts';
import type { FilterChip } from '../../store/app-store.ts';
import { useApp, useCommand, usePage, useSummary } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { Simulated } from '../kit/simulated.tsx';
import { PanelHeader } from '../layout/panel-header.tsx';
import { EventList } from './event-list.tsx';
import styles from './events.module.css';

const LEVELS: readonly (readonly [Level, string])[] = [
  ['beat', 'Beats'],
  ['event', 'Events'],
  ['trace', 'Trace'],
];

const CHIPS: readonly (readonly [FilterChip, string])[] = [
  ['selection', 'Selection'],
  ['transaction', 'Transaction'],
  ['failures', 'Failures'],
  ['reads', 'Reads'],
  ['changes', 'Changes'],
];

/** What happened, in sentences, around the present moment. */
export function Events() {
  return (
    <>
      <PanelHeader title="Events">
        <SearchField />
        <LevelChoice />
        <Simulated />
      </PanelHeader>
      <Chips />
      <EventList />
      <NothingToShow />
    </>
  );
}

function LevelChoice() {
  const { store } = usePage();
  const level = useApp((state) => state.filter.level);
  return (
    <label>
      <span className="visually-hidden">Detail</span>
      <select
        value={level}
        onChange={({ target }) => {
          const chosen = LEVELS.find(([name]) => name === target.value);
          if (chosen) store.getState().setFilter({ level: chosen[0] });
        }}
      >
        {LEVELS.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function SearchField() {
  const { store } = usePage();
  const text = useApp((state) => state.filter.text);
  return (
    <label className={styles['search']}>
      <Search aria-hidden="true" />
      <span className="visually-hidden">Filter events</span>
      <input
        id="events-filter"
        type="search"
        placeholder="Filter"
        value={text}
        onChange={({ target }) => store.getState().setFilter({ text: target.value })}
      />
    </label>
  );
}

function Chips() {
  const { store } = usePage();
  const chips = useApp((state) => state.filter.chips);
  return (
    <div className={styles['filters']} role="group" aria-label="Only events of">
      {CHIPS.map(([chip, words]) => (
        <button
          key={chip}
          type="button"
          className={styles['chip']}
          aria-pressed={chips.includes(chip)}
          onClick={() => store.getState().toggleChip(chip)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** A command of the registry as a button with words; what is on already is not offered. */
function Offer({ id }: { readonly id: string }) {
  const command = useCommand(id);
  // What is on depends on the run.
  useSummary((summary) => summary);
  if (command.pressed?.()) return null;
  return (
    <Button keys={command.keys[0]} onClick={() => void command.run()}>
      {command.title()}
    </Button>
  );
}

function NothingToShow() {
  const { store } = usePage();
  const empty = useSummary((summary) => summary.told.length === 0);
  const filtered = useApp(({ filter }) => filter.text !== '' || filter.chips.length > 0);
  if (!empty) return null;
  return filtered ? (
    <div className={styles['nothing']}>
      <p>No events match.</p>
      <Button onClick={() => store.getState().clearFilter()}>Clear filters</Button>
    </div>
  ) : (
    <div className={styles['nothing']}>
      <p>Nothing has happened. Press W for one write, or U for steady traffic.</p>
      <Offer id="write" />
      <Offer id="workload" />
    </div>
  );
}
