import { setup } from 'xstate';
import { type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { RestoreVolume } from './messages.ts';
import type { Restore, Stage, Staged } from './messages-upkeep.ts';
import { note } from './note.ts';
import {
  choose,
  newObjectStore,
  type ObjectStore,
  type ObjectStoreInput,
  partsFor,
  taken,
  upToOf,
} from './object-store.ts';
import { RESTORED } from './topology.ts';

/** Log arrives from a segment: it is stored, and all members learn how far the group's log reaches. */
function stage(store: ObjectStore, { message }: Delivery<Stage>): Outcome<ObjectStore> {
  const { group, members } = message;
  const from = upToOf(store, group);
  const next = taken(store, message);
  const upTo = upToOf(next, group);
  const staged: Staged = { type: 'STAGED', group, upTo };
  const effects: Effect[] = members.map((member) => send(member, staged));
  if (upTo > from) effects.push(note({ type: 'backed-up', group, from, to: upTo }));
  return [next, effects];
}

/** A new volume is asked for, as of a time: it gets a consistent point at or before that time. */
function restore(store: ObjectStore, { message }: Delivery<RestoreVolume>): Outcome<ObjectStore> {
  const choice = choose(store, message.toUs);
  const { mark, isLatest } = choice;
  const groups = partsFor(store, choice);
  const order: Restore = { type: 'RESTORE', wantedUs: message.toUs, mark, isLatest, groups };
  return [store, [send(RESTORED, order)]];
}

export type ObjectStoreEvent = Delivery<Stage> | Delivery<RestoreVolume>;

/** The object store: it takes what segments stage, and gives what a restore needs. */
export const objectStoreMachine = setup({
  types: {} as { context: ObjectStore; events: ObjectStoreEvent; input: ObjectStoreInput },
  actions: protocolActions,
}).createMachine({
  id: 'object store',
  context: ({ input }) => newObjectStore(input),
  initial: 'available',
  states: {
    available: {
      on: {
        STAGE: { actions: step(stage) },
        RESTORE_VOLUME: { actions: step(restore) },
      },
    },
  },
});
