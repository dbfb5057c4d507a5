import { statusNow } from '../announcer.ts';
import type { DialogName } from '../app-store.ts';
import type { Command, CommandContext, CommandGroup } from '../commands.ts';
import { workloadOf } from '../workload.ts';
import { always } from './always.ts';

/** Dialogs, links, status, and ways around the page. */
export function aboutCommands(context: CommandContext): readonly Command[] {
  const { shell, store } = context;
  return [
    {
      id: 'copy-link',
      group: 'Copy',
      title: () => 'Copy link at this moment',
      keys: ['C'],
      enabled: always,
      run: () => shell.copyLink(),
    },
    dialogCommand(context, { id: 'share', group: 'Copy', title: 'Share', keys: ['S'] }),
    {
      id: 'print',
      group: 'Copy',
      title: () => 'Print this moment',
      keys: [],
      enabled: always,
      run: () => shell.print(),
    },
    statusCommand(context),
    {
      id: 'filter',
      group: 'Page',
      title: () => 'Filter events',
      keys: ['/'],
      enabled: always,
      run: () => shell.focusFilter(),
    },
    regionCommand(context, 1),
    regionCommand(context, -1),
    dialogCommand(context, {
      id: 'palette',
      group: 'Page',
      title: 'Do anything, go anywhere',
      keys: ['Ctrl+K', 'G'],
    }),
    dialogCommand(context, { id: 'help', group: 'Page', title: 'Keyboard help', keys: ['?'] }),
    dialogCommand(context, {
      id: 'scenario',
      group: 'Page',
      title: 'Scenario settings',
      keys: ['E'],
    }),
    dialogCommand(context, { id: 'settings', group: 'Page', title: 'Settings', keys: [] }),
    dialogCommand(context, { id: 'about', group: 'Page', title: 'About Redoscope', keys: [] }),
    {
      id: 'reload',
      group: 'Page',
      title: () => 'Reload with the newer version',
      keys: [],
      enabled: () => store.getState().newer || 'This is the newest version known here.',
      run: () => shell.reload(),
    },
  ];
}

interface DialogSpec {
  readonly id: DialogName;
  readonly group: CommandGroup;
  readonly title: string;
  readonly keys: readonly string[];
}

const dialogCommand = (
  { store }: CommandContext,
  { id, group, title, keys }: DialogSpec,
): Command => ({
  id,
  group,
  title: () => title,
  keys,
  enabled: always,
  run: () => store.getState().openDialog(id),
});

const statusCommand = ({ player, shell }: CommandContext): Command => ({
  id: 'say-status',
  group: 'Page',
  title: () => 'Say the status now',
  keys: ['N'],
  enabled: always,
  run: () =>
    shell.say(
      statusNow(player.view(), {
        shownUs: player.shownUs(),
        state: player.state(),
        workload: workloadOf(player),
      }),
    ),
});

const regionCommand = ({ shell }: CommandContext, direction: 1 | -1): Command => ({
  id: direction === 1 ? 'next-region' : 'previous-region',
  group: 'Page',
  title: () => (direction === 1 ? 'Next region of the page' : 'Previous region of the page'),
  keys: [direction === 1 ? 'F6' : 'Shift+F6'],
  enabled: always,
  run: () => shell.focusRegion(direction),
});
