import { setup } from 'xstate';
import type { Delivery } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import { asReplica, asWriter, type Instance } from './instance.ts';
import { crash, fallOut, keepEarly, refuse } from './instance-life.ts';
import type {
  Ack,
  Attach,
  Attached,
  Feedback,
  PageAnswer,
  Query,
  Raw,
  ReadRefused,
  Signals,
  Stream,
} from './messages.ts';
import type { Overdue } from './page-fetch.ts';
import { newReplica, type ReplicaInput } from './replica.ts';
import * as reader from './replica-sessions.ts';
import { askToAttach, attached, receiveStream, sendFeedback } from './replica-stream.ts';
import { newWriter, type WriterInput } from './writer.ts';
import { acknowledge } from './writer-acks.ts';
import { type Flush, flush } from './writer-issue.ts';
import { tellPoints } from './writer-points.ts';
import * as writer from './writer-reads.ts';
import { resend } from './writer-resend.ts';
import { issueRaw, purge, runStatement, startStatement } from './writer-sessions.ts';
import { attach, heed, probe, sendStream } from './writer-stream.ts';
import type { RunSession } from './writer-wake.ts';

type InstanceEvent =
  | Delivery<Ack>
  | Delivery<Query>
  | Delivery<RunSession>
  | Delivery<Raw>
  | Delivery<Flush>
  | Delivery<PageAnswer>
  | Delivery<ReadRefused>
  | Delivery<Overdue>
  | Delivery<Feedback>
  | Delivery<Attach>
  | Delivery<Stream>
  | Delivery<Attached>
  | Signals<'SEND_STREAM' | 'PURGE' | 'PROBE' | 'RESEND' | 'TELL_POINTS'>
  | Signals<'FEEDBACK_DUE' | 'STREAM_GAP' | 'ATTACH_AGAIN' | 'CRASH' | 'RESTORE'>;

/**
 * A database instance: open for writing, or reading along with the writer; down, or on its way back.
 * There is one chart for all, because the parts they play change; they differ only in how they begin.
 */
const machineFrom = (initial: 'open' | 'following') =>
  setup({
    types: {} as { context: Instance; events: InstanceEvent; input: WriterInput | ReplicaInput },
    actions: protocolActions,
  }).createMachine({
    id: 'instance',
    context: ({ input }) => (input.role === 'writer' ? newWriter(input) : newReplica(input)),
    initial,
    states: {
      open: {
        on: {
          QUERY: { actions: step(asWriter(startStatement)) },
          RUN: { actions: step(asWriter(runStatement)) },
          RAW: { actions: step(asWriter(issueRaw)) },
          FLUSH: { actions: step(asWriter(flush)) },
          ACK: { actions: step(asWriter(acknowledge)) },
          PAGE: { actions: step(asWriter(writer.pageArrived)) },
          READ_REFUSED: { actions: step(asWriter(writer.askAnother)) },
          OVERDUE: { actions: step(asWriter(writer.askAnother)) },
          SEND_STREAM: { actions: step(asWriter(sendStream)) },
          PROBE: { actions: step(asWriter(probe)) },
          FEEDBACK: { actions: step(asWriter(heed)) },
          ATTACH: { actions: step(asWriter(attach)) },
          PURGE: { actions: step(asWriter(purge)) },
          RESEND: { actions: step(asWriter(resend)) },
          TELL_POINTS: { actions: step(asWriter(tellPoints)) },
          CRASH: { target: 'down', actions: step(crash) },
        },
      },
      following: {
        on: {
          STREAM: { actions: step(asReplica(receiveStream)) },
          QUERY: { actions: step(asReplica(reader.startRead)) },
          PAGE: { actions: step(asReplica(reader.pageArrived)) },
          READ_REFUSED: { actions: step(asReplica(reader.askAnother)) },
          OVERDUE: { actions: step(asReplica(reader.askAnother)) },
          FEEDBACK_DUE: { actions: step(asReplica(sendFeedback)) },
          STREAM_GAP: { target: 'attaching', actions: step(asReplica(fallOut)) },
          CRASH: { target: 'down', actions: step(crash) },
        },
      },
      attaching: {
        on: {
          ATTACHED: { target: 'following', actions: step(asReplica(attached)) },
          STREAM: { actions: step(asReplica(keepEarly)) },
          QUERY: { actions: step(refuse) },
          ATTACH_AGAIN: { actions: step(asReplica(askToAttach)) },
          CRASH: { target: 'down', actions: step(crash) },
        },
      },
      down: {
        on: {
          QUERY: { actions: step(refuse) },
          RESTORE: {
            guard: ({ context }) => context.role === 'replica',
            target: 'attaching',
            actions: step(asReplica(askToAttach)),
          },
        },
      },
    },
  });

/** The instance that has the volume open for writing when a run begins. */
export const writerMachine = machineFrom('open');

/** An instance that begins as a reader. */
export const readerMachine = machineFrom('following');
