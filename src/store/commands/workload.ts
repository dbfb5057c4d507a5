import { machineOf, perform, readAt, writes } from '../acts.ts';
import type { Command, CommandContext } from '../commands.ts';
import { workloadOf } from '../workload.ts';
import { deedCommand } from './deed.ts';

const BURST = 20;

/** Reads and writes of the built-in workload. */
export function workloadCommands(context: CommandContext): readonly Command[] {
  const { player, store } = context;
  const selected = () => machineOf(store.getState().selection, player.view());
  return [
    deedCommand(context, { id: 'write', group: 'Workload', keys: ['W'] }, () =>
      writes(player.view(), 1),
    ),
    deedCommand(context, { id: 'read', group: 'Workload', keys: ['R'] }, () =>
      readAt(player.view(), selected()),
    ),
    deedCommand(context, { id: 'burst', group: 'Workload', keys: ['B'] }, () =>
      writes(player.view(), BURST),
    ),
    {
      id: 'workload',
      group: 'Workload',
      title: () => (workloadOf(player).on ? 'Stop the steady workload' : 'Start a steady workload'),
      keys: ['U'],
      enabled: () => true,
      pressed: () => workloadOf(player).on,
      run: () => {
        const workload = workloadOf(player);
        perform(player, store, { op: 'workload', workload: { ...workload, on: !workload.on } });
      },
    },
  ];
}
