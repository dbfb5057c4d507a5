import { setup } from 'xstate';
import { nextTransaction } from '../database/workload.ts';
import { redraw } from '../engine/chance.ts';
import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { BaselineConfig, BaselineWorkload } from './config.ts';
import type { Burst, Raw, SetWorkload, Signals, Submit } from './messages.ts';
import { signal } from './messages.ts';
import { note } from './notes.ts';
import { clientOf, INSTANCES } from './places.ts';

/** The application: the same transactions, at the same pace, as the other system is given. */
export interface Load {
  readonly workload: BaselineWorkload;
  readonly source: BaselineConfig['source'];
  readonly connections: number;
  readonly count: number;
}

const FIRST_TICK_US = 300;
const NEXT_OF_BURST = 12;
const RAW_PAGE = 1;

function setWorkload(load: Load, { message }: Delivery<SetWorkload>): Outcome<Load> {
  const { workload } = message;
  const { on, perSecond } = workload;
  const effects: Effect[] = [{ kind: 'disarm', timer: 'tick' }];
  if (on || load.workload.on !== on) effects.push(note({ type: 'workload', on, perSecond }));
  if (on && perSecond > 0) effects.push(arm('tick', FIRST_TICK_US, signal('TICK')));
  return [{ ...load, workload }, effects];
}

/** One transaction starts, and the next is due after a time around the mean. */
function tick(load: Load, { luck }: Signals<'TICK'>): Outcome<Load> {
  const meanUs = Math.max(1, Math.floor(1_000_000 / load.workload.perSecond));
  const half = Math.floor(meanUs / 2);
  const due = { fromUs: meanUs - half, toUs: meanUs + half + 1 };
  return [counted(load, 1), [arm('tick', due, signal('TICK')), transaction(load, luck)]];
}

const counted = ({ workload, source, connections, count }: Load, more: number): Load => ({
  workload,
  source,
  connections,
  count: count + more,
});

function transaction(load: Load, luck: number): Effect {
  if (load.source === 'records') {
    const raw: Raw = { type: 'RAW', page: RAW_PAGE };
    return send(INSTANCES.A, raw);
  }
  return submitTo(load, load.count, load.workload, luck);
}

function submitTo(load: Load, turn: number, workload: BaselineWorkload, luck: number): Effect {
  const statements = nextTransaction(workload, luck);
  const submit: Submit = { type: 'SUBMIT', statements, text: '' };
  return send(clientOf((turn % load.connections) + 1), submit);
}

/** So many write transactions at once, over all connections. */
function burst(load: Load, { message, luck }: Delivery<Burst>): Outcome<Load> {
  const workload = { ...load.workload, readPermille: 0 };
  const effects = Array.from({ length: message.count }, (_, i) =>
    submitTo(load, load.count + i, workload, redraw(luck, NEXT_OF_BURST + i)),
  );
  return [counted(load, message.count), effects];
}

type LoadEvent = Delivery<SetWorkload> | Delivery<Burst> | Signals<'TICK'>;

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
      },
    },
  },
});
