import { setup } from 'xstate';
import { clientOf } from '../database/connections.ts';
import type { Statement } from '../database/statement.ts';
import {
  burstOf,
  FIRST_TRANSACTION_US,
  nextDue,
  nextTransaction,
  RECORDS_PAGE,
  type WorkloadConfig,
} from '../database/workload.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signals, signal } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { BaselineConfig } from './config.ts';
import type { Burst, Raw, ReadOnce, SetWorkload, Submit } from './messages.ts';
import { note } from './notes.ts';
import { INSTANCES } from './places.ts';

/** The application: the same transactions, at the same pace, as the other system is given. */
export interface Load {
  readonly workload: WorkloadConfig;
  readonly source: BaselineConfig['source'];
  readonly connections: number;
  readonly count: number;
}

function setWorkload(load: Load, { message }: Delivery<SetWorkload>): Outcome<Load> {
  const { workload } = message;
  const { on, perSecond } = workload;
  const effects: Effect[] = [disarm('tick')];
  if (on || load.workload.on !== on) effects.push(note({ type: 'workload', on, perSecond }));
  if (on && perSecond > 0) effects.push(arm('tick', FIRST_TRANSACTION_US, signal('TICK')));
  return [{ ...load, workload }, effects];
}

/** One transaction starts, and the next is due after a time around the mean. */
function tick(load: Load, { luck }: Signals<'TICK'>): Outcome<Load> {
  const due = arm('tick', nextDue(load.workload), signal('TICK'));
  return [counted(load, 1), [due, transaction(load, luck)]];
}

const counted = ({ workload, source, connections, count }: Load, more: number): Load => ({
  workload,
  source,
  connections,
  count: count + more,
});

function transaction(load: Load, luck: number): Effect {
  if (load.source === 'records') {
    const raw: Raw = { type: 'RAW', page: RECORDS_PAGE };
    return send(INSTANCES.A, raw);
  }
  return submitTo(load, load.count, nextTransaction(load.workload, luck));
}

function submitTo(load: Load, turn: number, statements: readonly Statement[]): Effect {
  const submit: Submit = { type: 'SUBMIT', statements, text: '' };
  return send(clientOf((turn % load.connections) + 1), submit);
}

/** So many write transactions at once, over all connections. */
function burst(load: Load, { message, luck }: Delivery<Burst>): Outcome<Load> {
  const effects = burstOf(load.workload, message.count, luck).map((statements, i) =>
    submitTo(load, load.count + i, statements),
  );
  return [counted(load, message.count), effects];
}

/** One read of a row. */
function readOnce(load: Load, { luck }: Delivery<ReadOnce>): Outcome<Load> {
  const statements = nextTransaction({ ...load.workload, readPermille: 1000 }, luck);
  return [counted(load, 1), [submitTo(load, load.count, statements)]];
}

type LoadEvent = Delivery<SetWorkload> | Delivery<Burst> | Delivery<ReadOnce> | Signals<'TICK'>;

/** The application's load: one state, because a tick that is not armed never comes. */
export const loadMachine = setup({
  types: {} as { context: Load; events: LoadEvent; input: Load },
  actions: protocolActions,
}).createMachine({
  id: 'application',
  context: ({ input }) => input,
  initial: 'ready',
  states: {
    ready: {
      on: {
        SET_WORKLOAD: { actions: step(setWorkload) },
        TICK: { actions: step(tick) },
        BURST: { actions: step(burst) },
        READ_ONCE: { actions: step(readOnce) },
      },
    },
  },
});
