import { describe, expect, it } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { activeStates, type Chart, chartOf, statesOf } from '../engine/chart.ts';
import { begin } from '../engine/driver.ts';
import { birthOf } from './aurora.ts';
import { clientMachine } from './client.ts';
import { buildCluster } from './cluster.ts';
import { controlMachine } from './control.ts';
import { absentMachine, readerMachine, writerMachine } from './instance-chart.ts';
import { loadMachine } from './load.ts';
import { objectStoreMachine } from './object-store-chart.ts';
import { restoredVolumeMachine } from './restored-chart.ts';
import { laterSegmentMachine, segmentMachine } from './segment-chart.ts';
import { storageNodeMachine } from './storage-node-chart.ts';
import { config } from './trial.testkit.ts';

const MACHINES: readonly AnyStateMachine[] = [
  ...[writerMachine, readerMachine, absentMachine, storageNodeMachine],
  ...[segmentMachine, laterSegmentMachine, clientMachine, controlMachine],
  ...[objectStoreMachine, restoredVolumeMachine, loadMachine],
];

interface Written {
  readonly initial?: string;
  readonly type?: string;
  readonly states?: Readonly<Record<string, Written>>;
  readonly on?: Readonly<Record<string, unknown>>;
}

const within = (outer: string, name: string): string => (outer === '' ? name : `${outer}.${name}`);

/** Where a target as it is written leads: a neighbour's name, or `#machine.path` from the outside. */
function resolved(target: string, path: string): string {
  if (target.startsWith('#')) return target.slice(target.indexOf('.') + 1);
  return within(path.split('.').slice(0, -1).join('.'), target);
}

/** Every state and transition, read from a machine as it was written down. */
function written(node: Written, path = ''): readonly string[] {
  const moves = Object.entries(node.on ?? {}).flatMap(([event, wanted]) =>
    [wanted].flat().map((one) => {
      const { target, guard } = one as { target?: string; guard?: unknown };
      const to = target === undefined ? 'stays' : resolved(target, path);
      return `${path}: ${event} ${to}${guard === undefined ? '' : ' if'}`;
    }),
  );
  const inner = Object.entries(node.states ?? {}).flatMap(([name, state]) => [
    `${within(path, name)} ${state.type ?? (state.states ? 'nested' : 'simple')} ${state.initial ?? '-'}`,
    ...written(state, within(path, name)),
  ]);
  return [...moves, ...inner];
}

const told = (chart: Chart): readonly string[] =>
  statesOf(chart).flatMap(({ path, kind, initial, moves }) => [
    `${path} ${kind} ${initial ?? '-'}`,
    ...moves.map(
      ({ event, to, guarded }) => `${path}: ${event} ${to ?? 'stays'}${guarded ? ' if' : ''}`,
    ),
  ]);

describe('a chart as data', () => {
  for (const machine of MACHINES)
    it(`has every state and every transition of ${machine.id}, ${machine.config.initial} first`, () => {
      const chart = chartOf(machine);
      expect([...told(chart)].toSorted()).toEqual(
        [...written(machine.config as Written)].toSorted(),
      );
      expect(chart.root.initial).toBe(machine.config.initial);
    });

  it('leads only to states that there are', () => {
    const strays = (chart: Chart): readonly (string | null)[] => {
      const states = statesOf(chart);
      const known = [null, ...states.map(({ path }) => path)];
      return states
        .flatMap(({ moves }) => moves.map(({ to }) => to))
        .filter((to) => !known.includes(to));
    };
    expect(MACHINES.map(chartOf).flatMap(strays)).toEqual([]);
  });

  it('is made once for a machine', () => {
    expect(chartOf(segmentMachine)).toBe(chartOf(segmentMachine));
  });

  it('is lit where an actor stands, in each of its regions', () => {
    const { machine, input } = birthOf(buildCluster(config()), 'A1');
    expect(activeStates(begin(machine, input).snapshot.value)).toEqual([
      ...['up', 'up.speed', 'up.speed.normal', 'up.link', 'up.link.connected'],
    ]);
  });
});
