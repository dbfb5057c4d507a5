import { Command as Menu } from 'cmdk';
import { useState } from 'react';
import type { ClusterView } from '../../protocol/view.ts';
import type { Selection } from '../../store/app-store.ts';
import { clockText } from '../../store/clock-text.ts';
import type { Command } from '../../store/commands.ts';
import { lsnIn, momentIn } from '../../store/destination.ts';
import { openScenario } from '../../store/open-scenario.ts';
import { usePage, useSummary } from '../hooks/page.ts';
import { usePerform } from '../hooks/use-perform.ts';
import { Dialog } from './dialog.tsx';
import styles from './palette.module.css';
import { commandItem, type PaletteDeed, useDeeds } from './palette-deeds.ts';
import { PaletteForesight } from './palette-foresight.tsx';
import { scoreOf } from './palette-score.ts';

/** Before the dialog looks for something to focus itself. */
const takeFocus = (input: HTMLInputElement | null): void => input?.focus();

/** Everything there is to do and everywhere there is to go, found by typing a part of its name. */
export function Palette() {
  const [text, setText] = useState('');
  const deeds = useDeeds(text);
  return (
    <Dialog title="Do anything, go anywhere">
      <Menu
        label="Commands and places"
        className={styles['palette']}
        filter={(_, typed, names) => scoreOf(names?.[0] ?? '', typed)}
        loop
      >
        <Menu.Input
          ref={takeFocus}
          value={text}
          onValueChange={setText}
          placeholder="A command, B2, 1042, 12.85 ms, a scenario"
          className={styles['input']}
        />
        <Menu.List className={styles['list']}>
          <Menu.Empty className={styles['empty']}>
            Nothing is called that. Try “crash”, “B2”, “1042” or “12.85 ms”.
          </Menu.Empty>
          <Destinations text={text} />
          <Commands />
          <Things />
          <Deeds deeds={deeds} />
          <Scenarios />
          <Branches />
        </Menu.List>
        <PaletteForesight deeds={deeds} />
      </Menu>
    </Dialog>
  );
}

/** What can be done to what is selected, or to what was typed. */
function Deeds({ deeds }: { readonly deeds: readonly PaletteDeed[] }) {
  const perform = usePerform();
  if (deeds.length === 0) return null;
  return (
    <Menu.Group heading="Do to it">
      {deeds.map(({ item, action }) => (
        <Item
          key={item}
          id={item}
          name={action.label}
          why={action.blocked}
          onChoose={() => perform(action)}
        />
      ))}
    </Menu.Group>
  );
}

interface ItemProps {
  readonly id: string;
  readonly name: string;
  readonly keys?: string | undefined;
  /** Why it cannot be done now. */
  readonly why?: string | undefined;
  readonly always?: boolean;
  onChoose(): void;
}

/** One line. The palette closes before anything is done, so that focus is back where it was. */
function Item({ id, name, keys, why, always = false, onChoose }: ItemProps) {
  const { store } = usePage();
  return (
    <Menu.Item
      value={id}
      keywords={[name]}
      forceMount={always}
      className={styles['item']}
      onSelect={() => {
        store.getState().openDialog(null);
        onChoose();
      }}
    >
      <span>{name}</span>
      {why ? <small>{why}</small> : null}
      {keys ? <kbd>{keys}</kbd> : null}
    </Menu.Item>
  );
}

/** A moment or a record that was typed. */
function Destinations({ text }: { readonly text: string }) {
  const { player, store } = usePage();
  const allocated = useSummary((summary) => summary.view?.volume.allocated ?? 0);
  const timeUs = momentIn(text);
  const lsn = lsnIn(text);
  const isThere = lsn !== null && lsn <= allocated;
  if (timeUs === null && !isThere) return null;
  return (
    <Menu.Group heading="Go to" forceMount>
      {timeUs === null ? null : (
        <Item
          always
          id={`moment ${timeUs}`}
          name={`Go to ${clockText(timeUs)}`}
          onChoose={() => player.seek({ timeUs, n: Number.MAX_SAFE_INTEGER })}
        />
      )}
      {isThere ? (
        <Item
          always
          id={`record ${lsn}`}
          name={`Look at record ${lsn}`}
          onChoose={() => store.getState().select({ kind: 'record', id: String(lsn) })}
        />
      ) : null}
    </Menu.Group>
  );
}

function Commands() {
  const { commands } = usePage();
  return (
    <Menu.Group heading="Do">
      {commands.filter(isOffered).map((command) => {
        const enabled = command.enabled();
        return (
          <Item
            key={command.id}
            id={commandItem(command)}
            name={command.title()}
            keys={command.keys[0]}
            why={enabled === true ? undefined : enabled}
            onChoose={() => void command.run()}
          />
        );
      })}
    </Menu.Group>
  );
}

/** Not itself, nor what leads to groups that are not there. */
const isOffered = ({ id, enabled }: Command): boolean =>
  id !== 'palette' && (!id.startsWith('focus-group-') || enabled() === true);

interface Thing {
  readonly name: string;
  readonly selection: Selection;
}

function thingsIn(view: ClusterView): readonly Thing[] {
  const of = (kind: Selection['kind'], id: string, name: string): Thing => ({
    name,
    selection: { kind, id },
  });
  return [
    ...view.instances.map(({ id, role }) => of('instance', id, `${id}, ${role}`)),
    ...view.hosts.map(({ id, az }) => of('node', id, `${id}, storage node in zone ${az}`)),
    ...view.zones.map(({ az }) => of('zone', az, `Availability Zone ${az}`)),
    ...view.groups.map(({ id }) => of('group', String(id), `PG ${id}, protection group`)),
  ];
}

function Things() {
  const { store } = usePage();
  const view = useSummary((summary) => summary.view);
  return (
    <Menu.Group heading="Look at">
      {(view ? thingsIn(view) : []).map(({ name, selection }) => (
        <Item
          key={name}
          id={`see ${selection.kind} ${selection.id}`}
          name={name}
          onChoose={() => store.getState().select(selection)}
        />
      ))}
    </Menu.Group>
  );
}

function Scenarios() {
  const { player } = usePage();
  return (
    <Menu.Group heading="Open a scenario">
      {player.scenarios().map((scenario) => (
        <Item
          key={scenario.id}
          id={`scenario ${scenario.id}`}
          name={scenario.title}
          onChoose={() => openScenario(player, scenario.id)}
        />
      ))}
    </Menu.Group>
  );
}

/** Runs that were left when their past was changed. */
function Branches() {
  const { player } = usePage();
  const branches = useSummary((summary) => summary.branches);
  if (branches.length === 0) return null;
  return (
    <Menu.Group heading="Switch back">
      {branches.map(({ id, title, leftAt }) => (
        <Item
          key={id}
          id={`branch ${id}`}
          name={`${title}, left at ${clockText(leftAt.timeUs)}`}
          onChoose={() => player.switchTo(id)}
        />
      ))}
    </Menu.Group>
  );
}
