import type { TxnId } from '../../database/ids.ts';
import type { Selection } from '../app-store.ts';
import type { Command, CommandContext } from '../commands.ts';
import { VIEWS } from '../views.ts';
import { always } from './always.ts';
import { zoomCommands } from './zoom.ts';

const GROUP_KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** What is looked at: selection, groups, panels. */
export function lookCommands(context: CommandContext): readonly Command[] {
  const { store } = context;
  return [
    ...VIEWS.map(
      (view, i): Command => ({
        id: `view-${view.id}`,
        group: 'Inspect',
        title: () => `${view.title} view`,
        keys: [`${i + 1}`],
        enabled: always,
        pressed: () => store.getState().tab === view.id,
        run: () => store.getState().setTab(view.id),
      }),
    ),
    {
      id: 'as-table',
      group: 'Inspect',
      title: () =>
        store.getState().asTable ? 'Show the picture again' : 'Show the view as a table',
      keys: ['Shift+T'],
      enabled: always,
      pressed: () => store.getState().asTable,
      run: () => store.getState().setAsTable(!store.getState().asTable),
    },
    {
      id: 'legend',
      group: 'Inspect',
      title: () => (store.getState().legend ? 'Hide the legend' : 'Show the legend'),
      keys: [],
      enabled: always,
      pressed: () => store.getState().legend,
      run: () => store.getState().setLegend(!store.getState().legend),
    },
    ...zoomCommands(context),
    ...GROUP_KEYS.map((digit) => focusGroupCommand(context, digit)),
    menuCommand(context),
    followCommand(context),
    escapeCommand(context),
    {
      id: 'console',
      group: 'Page',
      title: () =>
        store.getState().settings.panels.console.collapsed
          ? 'Show story and console'
          : 'Hide story and console',
      keys: ['T'],
      enabled: always,
      pressed: () => !store.getState().settings.panels.console.collapsed,
      run: () => {
        const { settings, setPanel } = store.getState();
        setPanel('console', { collapsed: !settings.panels.console.collapsed });
      },
    },
  ];
}

function focusGroupCommand({ player, store }: CommandContext, digit: number): Command {
  const group = digit - 1;
  return {
    id: `focus-group-${group}`,
    group: 'Inspect',
    title: () => `Look at protection group ${group}`,
    keys: [`Shift+${digit}`],
    enabled: () =>
      group < player.view().groups.length || `This volume has no protection group ${group}.`,
    pressed: () => store.getState().focusGroup === group,
    run: () => store.getState().setFocusGroup(group),
  };
}

/** Actions for what keyboard focus is on, else for the selection. */
function menuCommand({ shell, store }: CommandContext): Command {
  const subject = (): Selection | null => shell.focused() ?? store.getState().selection;
  return {
    id: 'menu',
    group: 'Inspect',
    title: () => (shell.focused() ? 'Actions for what has focus' : 'Actions for the selection'),
    keys: ['M'],
    stageKeys: ['F2'],
    enabled: () => subject() !== null || 'Select something first.',
    run: () => store.getState().openMenu(subject()),
  };
}

/** Leads the eye along one write: the transaction selected, else the newest; or along none when it does already. */
function followCommand({ store }: CommandContext): Command {
  const wanted = (): TxnId | null => {
    const { selection, summary } = store.getState();
    if (selection?.kind === 'transaction') return Number(selection.id);
    const told = summary.told.findLast(({ future, refs }) => !future && refs.txns.length > 0);
    return summary.view?.transactions.at(-1)?.txn ?? told?.refs.txns.at(-1) ?? null;
  };
  return {
    id: 'follow',
    group: 'Inspect',
    title: () => (store.getState().followedTxn === null ? 'Follow one write' : 'Stop following'),
    keys: [],
    enabled: () =>
      store.getState().followedTxn !== null ||
      wanted() !== null ||
      'No write to follow yet. Press W for one.',
    pressed: () => store.getState().followedTxn !== null,
    run: () => store.getState().follow(store.getState().followedTxn === null ? wanted() : null),
  };
}

/** One layer at a time: menu, dialog, legend, kill mode, followed write, selection. */
const escapeCommand = ({ store }: CommandContext): Command => ({
  id: 'escape',
  group: 'Inspect',
  title: () => 'Close, leave kill mode, or clear the selection',
  keys: ['Escape'],
  enabled: always,
  run: () => {
    const state = store.getState();
    if (state.menu) state.openMenu(null);
    else if (state.dialog) state.openDialog(null);
    else if (state.legend) state.setLegend(false);
    else if (state.killMode) state.setKillMode(false);
    else if (state.followedTxn !== null) state.follow(null);
    else state.select(null);
  },
});
