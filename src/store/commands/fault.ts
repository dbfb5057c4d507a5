import { dropNext, isolation, machineOf, power, slowness, zoneOf, zonePower } from '../acts.ts';
import type { Command, CommandContext } from '../commands.ts';
import { always } from './always.ts';
import { deedCommand } from './deed.ts';

/** Breaking things and healing them, and taking it back. */
export function faultCommands(context: CommandContext): readonly Command[] {
  const { player, store } = context;
  const selected = () => machineOf(store.getState().selection, player.view());
  return [
    crashCommand(context),
    deedCommand(context, { id: 'crash-zone', group: 'Fault', keys: ['Shift+X'] }, () =>
      zonePower(player.view(), zoneOf(store.getState().selection, player.view())),
    ),
    deedCommand(context, { id: 'slow', group: 'Fault', keys: ['Z'] }, () =>
      slowness(player.view(), selected()),
    ),
    deedCommand(context, { id: 'drop', group: 'Fault', keys: ['D'] }, () =>
      dropNext(player.view(), selected()),
    ),
    deedCommand(context, { id: 'isolate', group: 'Fault', keys: ['I'] }, () =>
      isolation(player.view(), selected()),
    ),
    killModeCommand(context),
    ...historyCommands(context),
  ];
}

/** Crash or restore the selection; a zone is taken down whole; with nothing selected, kill mode. */
function crashCommand(context: CommandContext): Command {
  const { player, store } = context;
  const deed = () => {
    const { selection } = store.getState();
    const view = player.view();
    return selection?.kind === 'zone'
      ? zonePower(view, zoneOf(selection, view))
      : power(view, machineOf(selection, view));
  };
  const toSelection = deedCommand(context, { id: 'crash', group: 'Fault', keys: ['X'] }, deed);
  const idle = (): boolean => store.getState().selection === null;
  const toggleKillMode = killModeCommand(context);
  return {
    ...toSelection,
    title: () => (idle() ? toggleKillMode.title() : toSelection.title()),
    enabled: () => idle() || toSelection.enabled(),
    pressed: () => (idle() ? store.getState().killMode : deed().on),
    act: () => (idle() ? null : deed().act),
    run: () => (idle() ? toggleKillMode.run() : toSelection.run()),
  };
}

const killModeCommand = ({ store }: CommandContext): Command => ({
  id: 'kill-mode',
  group: 'Fault',
  title: () => (store.getState().killMode ? 'Leave kill mode' : 'Kill mode: click to crash'),
  keys: [],
  enabled: always,
  pressed: () => store.getState().killMode,
  run: () => store.getState().setKillMode(!store.getState().killMode),
});

const historyCommands = ({ player, store }: CommandContext): readonly Command[] => [
  {
    id: 'undo',
    group: 'Fault',
    title: () => 'Undo the last intervention',
    keys: ['Ctrl+Z'],
    enabled: () => player.canUndo() || 'There is nothing to undo.',
    run: () => {
      player.undo();
      store.getState().dismissActions();
    },
  },
  {
    id: 'redo',
    group: 'Fault',
    title: () => 'Redo',
    keys: ['Ctrl+Shift+Z'],
    enabled: () => player.canRedo() || 'There is nothing to redo.',
    run: () => {
      player.redo();
    },
  },
  {
    id: 'switch-back',
    group: 'Fault',
    title: () => 'Switch back to the branch left last',
    keys: [],
    enabled: () => player.branches().length > 0 || 'No other branch has been left.',
    run: () => {
      const [branch] = player.branches();
      if (branch) player.switchTo(branch.id);
      store.getState().dismissActions();
    },
  },
];
