import { expect, it } from 'vitest';
import { chartOf, statesOf } from '../engine/chart.ts';
import type { Flight, Happening } from '../engine/happening.ts';
import { type Sender, sendersOf } from './chart-senders.ts';
import { LIVES } from './charts-instances.testkit.ts';
import { MEMBERSHIP_SCRIPTS } from './charts-membership.testkit.ts';
import { SCRIPTS } from './charts-scripts.testkit.ts';
import { clientMachine } from './client.ts';
import { isSegment } from './cluster.ts';
import { controlMachine } from './control.ts';
import { writerMachine } from './instance-chart.ts';
import { loadMachine } from './load.ts';
import { objectStoreMachine } from './object-store-chart.ts';
import { restoredVolumeMachine } from './restored-chart.ts';
import { segmentMachine } from './segment-chart.ts';
import { storageNodeMachine } from './storage-node-chart.ts';
import { CONTROL, isInstance, LOAD, RESTORED, STORE } from './topology.ts';

const MACHINES = [
  ...[writerMachine, storageNodeMachine, segmentMachine, clientMachine, controlMachine],
  ...[objectStoreMachine, restoredVolumeMachine, loadMachine],
];

it('of every event of every chart it is known who sends it', () => {
  const unknown = MACHINES.flatMap((machine) =>
    statesOf(chartOf(machine))
      .flatMap(({ moves }) => moves)
      .filter(({ event }) => sendersOf(machine.id, event).length === 0)
      .map(({ event }) => `${machine.id}: ${event}`),
  );
  expect(unknown).toEqual([]);
});

const NAMED: Readonly<Record<string, Sender>> = {
  outside: 'person',
  [CONTROL]: 'control',
  [LOAD]: 'application',
  [STORE]: 'store',
  [RESTORED]: 'restored',
};

function senderOf({ from, to, timer }: Flight): Sender {
  if (timer !== null) return 'clock';
  if (from === to) return 'self';
  if (isSegment(from)) return 'segment';
  if (isInstance(from)) return 'instance';
  return NAMED[from] ?? (/^[ABC]\d/.test(from) ? 'node' : 'client');
}

it('nobody else sends it in runs in which everything happens', () => {
  const strangers = new Set<string>();
  for (const [ms, script] of [...SCRIPTS, ...LIVES, ...MEMBERSHIP_SCRIPTS]) {
    const trial = script();
    trial.watch(({ flight, accepted }: Happening) => {
      const machine = trial.kernel.actor(flight.to)?.machine.id;
      if (machine === undefined || !accepted) return;
      const sender = senderOf(flight);
      if (!sendersOf(machine, flight.type).includes(sender))
        strangers.add(`${machine}: ${flight.type} from ${sender}`);
    });
    trial.to(ms);
  }
  expect([...strangers]).toEqual([]);
});
