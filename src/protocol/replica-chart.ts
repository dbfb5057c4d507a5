import { setup } from 'xstate';
import { emptyCache } from '../database/page-cache.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { Delivery, Outcome } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Attached, PageAnswer, Query, ReadRefused, Signals, Stream } from './messages.ts';
import { note } from './note.ts';
import type { Overdue } from './page-fetch.ts';
import { newReplica, type Replica, type ReplicaInput } from './replica.ts';
import { abandonReads, askAnother, pageArrived, startRead } from './replica-sessions.ts';
import { askToAttach, attached, receiveStream, sendFeedback } from './replica-stream.ts';
import { unanswered } from './reply.ts';

export type ReplicaEvent =
  | Delivery<Stream>
  | Delivery<Attached>
  | Delivery<Query>
  | Delivery<PageAnswer>
  | Delivery<ReadRefused>
  | Delivery<Overdue>
  | Signals<'FEEDBACK_DUE' | 'STREAM_GAP' | 'ATTACH_AGAIN' | 'CRASH' | 'RESTORE'>;

const LOST = 'The connection to the replica was lost: run the statement again.';
const REFUSED =
  'This replica is not serving: read from another instance, or wait until it is back.';

/** Nobody listens at the endpoint. */
const refuse = (replica: Replica, { message }: Delivery<Query>): Outcome<Replica> => [
  replica,
  [unanswered(message.session, REFUSED)],
];

/** Everything a replica has is memory. */
function crash(before: Replica): Outcome<Replica> {
  const [replica, told] = abandonReads(before, LOST);
  return [
    {
      ...replica,
      cache: emptyCache(replica.cache.capacity),
      queue: AppendLog.empty(),
      early: [],
      feedbackDue: false,
    },
    [
      { kind: 'disarm', timer: '*' },
      note({ type: 'instance', instance: replica.id, state: 'down' }),
      ...told,
    ],
  ];
}

/** Part of the stream is lost: start over from the volume. */
function fallOut(replica: Replica): Outcome<Replica> {
  const problem = 'The replica lost part of its stream and starts over: run the statement again.';
  const [next, told] = abandonReads(replica, problem);
  const [asking, asked] = askToAttach(next);
  return [asking, [...told, ...asked]];
}

/** A reader: following the stream, attaching to the volume, or down. */
export const replicaMachine = setup({
  types: {} as { context: Replica; events: ReplicaEvent; input: ReplicaInput },
  actions: protocolActions,
}).createMachine({
  id: 'replica',
  context: ({ input }) => newReplica(input),
  initial: 'following',
  states: {
    following: {
      on: {
        STREAM: { actions: step(receiveStream) },
        QUERY: { actions: step(startRead) },
        PAGE: { actions: step(pageArrived) },
        READ_REFUSED: { actions: step(askAnother) },
        OVERDUE: { actions: step(askAnother) },
        FEEDBACK_DUE: { actions: step(sendFeedback) },
        STREAM_GAP: { target: 'attaching', actions: step(fallOut) },
        CRASH: { target: 'down', actions: step(crash) },
      },
    },
    attaching: {
      on: {
        ATTACHED: { target: 'following', actions: step(attached) },
        STREAM: { actions: step(keepEarly) },
        QUERY: { actions: step(refuse) },
        ATTACH_AGAIN: { actions: step(askToAttach) },
        CRASH: { target: 'down', actions: step(crash) },
      },
    },
    down: {
      on: {
        QUERY: { actions: step(refuse) },
        RESTORE: { target: 'attaching', actions: step(askToAttach) },
      },
    },
  },
});

/** The stream may begin before the writer's answer arrives: kept for then. */
function keepEarly(replica: Replica, { message }: Delivery<Stream>): Outcome<Replica> {
  return [{ ...replica, early: [...replica.early, message] }, []];
}
