import { setup } from 'xstate';
import type { RunSession } from '../database/turn.ts';
import type { Delivery } from '../engine/effect.ts';
import type { Signals } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import { beat } from './heartbeat.ts';
import { asReplica, asWriter, type Instance } from './instance.ts';
import {
  epochIn,
  fallOut,
  fence,
  followEndpoint,
  followStream,
  keepEarly,
  type News,
} from './instance-fence.ts';
import {
  becomeReader,
  crash,
  launch,
  refuse,
  register,
  restart,
  standBack,
} from './instance-life.ts';
import { answerMembership, followMembership } from './instance-membership.ts';
import type {
  Ack,
  Attach,
  Attached,
  FallenBehind,
  Feedback,
  PageAnswer,
  Query,
  Raw,
  ReadRefused,
  Refused,
  Resumed,
  Stream,
} from './messages.ts';
import type { GeometryIs } from './messages-growth.ts';
import type { AskMembership, MembershipIs } from './messages-membership.ts';
import type { Overdue } from './page-fetch.ts';
import { claimAgain, recoverInPlace, takeOver, volumeOpened } from './recovery-claim.ts';
import { complete, completeAgain, stored, truncatedLate } from './recovery-complete.ts';
import type {
  Endpoint,
  RangeRecorded,
  RecoveryState,
  Role,
  TakeOver,
  Truncated,
  VolumeOpened,
  VolumeRefused,
} from './recovery-messages.ts';
import { opened, readUndo, readyAgain, readyKnown, undoPageArrived } from './recovery-open.ts';
import { decide, heard, pollAgain } from './recovery-poll.ts';
import { rangeRecorded, truncateAgain, truncated } from './recovery-truncate.ts';
import { newReplica, type ReplicaInput } from './replica.ts';
import { fallBehind, resumed } from './replica-resume.ts';
import * as reader from './replica-sessions.ts';
import { askToAttach, attached, receiveStream, sendFeedback } from './replica-stream.ts';
import { newWriter, type WriterInput } from './writer.ts';
import { acknowledge } from './writer-acks.ts';
import { adoptGeometry, askForGroupAgain } from './writer-growth.ts';
import { type Flush, flush } from './writer-issue.ts';
import { adoptInRecovery, adoptMembership, refresh } from './writer-membership.ts';
import { tellPoints } from './writer-points.ts';
import * as writer from './writer-reads.ts';
import { resend } from './writer-resend.ts';
import { issueRaw, purge, runStatement, startStatement } from './writer-sessions.ts';
import { attach, heed, probe, sendStream } from './writer-stream.ts';
import { watch } from './writer-suspects.ts';

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
  | Delivery<Resumed>
  | Delivery<FallenBehind>
  | Delivery<Refused>
  | Delivery<Role>
  | Delivery<TakeOver>
  | Delivery<Endpoint>
  | Delivery<VolumeOpened>
  | Delivery<VolumeRefused>
  | Delivery<RecoveryState>
  | Delivery<RangeRecorded>
  | Delivery<Truncated>
  | Signals<'SEND_STREAM' | 'PURGE' | 'PROBE' | 'RESEND' | 'READY_AGAIN' | 'START_OVER'>
  | Delivery<GeometryIs>
  | Delivery<MembershipIs>
  | Delivery<AskMembership>
  | Signals<'TELL_POINTS' | 'ASK_AGAIN_TO_GROW' | 'WATCH'>
  | Signals<'RECOVERY_AGAIN' | 'GRACE_OVER' | 'TRUNCATION_DONE' | 'COMPLETED' | 'OPENED'>
  | Signals<'HEARTBEAT_DUE' | 'REGISTER_DUE'>
  | Signals<'FEEDBACK_DUE' | 'STREAM_GAP' | 'ATTACH_AGAIN' | 'CRASH' | 'RESTORE'>;

/** Storage has collected what this reader still reads: its read point has not counted for a while. */
const isBelowFloor = ({ event }: { readonly event: InstanceEvent }): boolean =>
  (event as Delivery<ReadRefused>).message.reason === 'below-floor';

/** That a message is of a newer volume epoch than this instance knows. */
const isNews = ({ context, event }: { context: Instance; event: InstanceEvent }): boolean =>
  epochIn(event as News) > context.epoch;

/** That an answer of the control plane is for this start of the instance, not for an earlier one. */
const isForThisBoot = ({ context, event }: { context: Instance; event: InstanceEvent }): boolean =>
  (event as Delivery<Role | VolumeOpened | VolumeRefused>).message.boot === context.boot;

const isTheWriter = (args: { context: Instance; event: InstanceEvent }): boolean =>
  isForThisBoot(args) && (args.event as Delivery<Role>).message.writer === args.context.id;

const isNotOlder = ({ context, event }: { context: Instance; event: InstanceEvent }): boolean =>
  (event as Delivery<Attached | Resumed | FallenBehind>).message.epoch >= context.epoch;

/** That the endpoint leads to another writer than the one this reader tries to attach to. */
const leadsElsewhere = ({
  context,
  event,
}: {
  context: Instance;
  event: InstanceEvent;
}): boolean => {
  const { writer, epoch } = (event as Delivery<Endpoint>).message;
  if (context.role !== 'replica' || writer === context.id) return false;
  return epoch > context.epoch || (epoch === context.epoch && writer !== context.writer);
};

/** What happens to an instance in every state in which its process runs. */
const RUNNING = {
  HEARTBEAT_DUE: { actions: step(beat) },
  CRASH: { target: 'down', actions: step(crash) },
} as const;

/** While a writer works, it may learn that it was replaced. */
const FENCED = { guard: isNews, target: 'fenced', actions: step(fence) } as const;

/** Open for writing: all of it is the writer's work, but for the news that it was replaced. */
const OPEN = {
  on: {
    ...RUNNING,
    QUERY: { actions: step(asWriter(startStatement)) },
    RUN: { actions: step(asWriter(runStatement)) },
    RAW: { actions: step(asWriter(issueRaw)) },
    FLUSH: { actions: step(asWriter(flush)) },
    ACK: { actions: step(asWriter(acknowledge)) },
    PAGE: { actions: step(asWriter(writer.pageArrived)) },
    READ_REFUSED: [FENCED, { actions: step(asWriter(writer.askAnother)) }],
    OVERDUE: { actions: step(asWriter(writer.askAnother)) },
    SEND_STREAM: { actions: step(asWriter(sendStream)) },
    PROBE: { actions: step(asWriter(probe)) },
    FEEDBACK: { actions: step(asWriter(heed)) },
    ATTACH: { actions: step(asWriter(attach)) },
    PURGE: { actions: step(asWriter(purge)) },
    RESEND: { actions: step(asWriter(resend)) },
    WATCH: { actions: step(asWriter(watch)) },
    MEMBERSHIP: { actions: step(asWriter(adoptMembership)) },
    ASK_MEMBERSHIP: { actions: step(asWriter(answerMembership)) },
    TELL_POINTS: { actions: step(asWriter(tellPoints)) },
    GEOMETRY: { actions: step(asWriter(adoptGeometry)) },
    ASK_AGAIN_TO_GROW: { actions: step(asWriter(askForGroupAgain)) },
    READY_AGAIN: { actions: step(asWriter(readyAgain)) },
    ENDPOINT: [FENCED, { actions: step(asWriter(readyKnown)) }],
    REFUSED: [FENCED, { actions: step(asWriter(refresh)) }],
    STREAM: FENCED,
  },
} as const;

/** On its way to open the volume, phase by phase (SIGMOD'17 §4.3, '18 §2.4). */
const RECOVERING = {
  initial: 'claiming',
  on: {
    ...RUNNING,
    QUERY: { actions: step(refuse) },
    REFUSED: [FENCED, { actions: step(asWriter(refresh)) }],
    MEMBERSHIP: { actions: step(asWriter(adoptInRecovery)) },
    ASK_MEMBERSHIP: { actions: step(asWriter(answerMembership)) },
    VOLUME_REFUSED: {
      guard: isForThisBoot,
      target: 'restarting',
      actions: step(standBack),
    },
  },
  states: {
    claiming: {
      on: {
        VOLUME_OPENED: {
          guard: isForThisBoot,
          target: 'polling',
          actions: step(asWriter(volumeOpened)),
        },
        RECOVERY_AGAIN: { actions: step(asWriter(claimAgain)) },
      },
    },
    polling: {
      on: {
        RECOVERY_STATE: { actions: step(asWriter(heard)) },
        RECOVERY_AGAIN: { actions: step(asWriter(pollAgain)) },
        GRACE_OVER: { target: 'truncating', actions: step(asWriter(decide)) },
      },
    },
    truncating: {
      on: {
        RANGE_RECORDED: { actions: step(asWriter(rangeRecorded)) },
        TRUNCATED: { actions: step(asWriter(truncated)) },
        RECOVERY_AGAIN: { actions: step(asWriter(truncateAgain)) },
        TRUNCATION_DONE: { target: 'completing', actions: step(asWriter(complete)) },
      },
    },
    completing: {
      on: {
        ACK: { actions: step(asWriter(stored)) },
        TRUNCATED: { actions: step(asWriter(truncatedLate)) },
        RECOVERY_AGAIN: { actions: step(asWriter(completeAgain)) },
        COMPLETED: { target: 'opening', actions: step(asWriter(readUndo)) },
      },
    },
    opening: {
      on: {
        PAGE: { actions: step(asWriter(undoPageArrived)) },
        // It only reads by now: nothing else would tell it.
        READ_REFUSED: [
          { ...FENCED, target: '#instance.fenced' },
          { actions: step(asWriter(writer.askAnother)) },
        ],
        OVERDUE: { actions: step(asWriter(writer.askAnother)) },
        OPENED: { target: '#instance.open', actions: step(asWriter(opened)) },
      },
    },
  },
} as const;

/** Reading along with the writer. */
const FOLLOWING = {
  on: {
    ...RUNNING,
    STREAM: [
      { guard: isNews, target: 'attaching', actions: step(asReplica(followStream)) },
      { actions: step(asReplica(receiveStream)) },
    ],
    QUERY: { actions: step(asReplica(reader.startRead)) },
    PAGE: { actions: step(asReplica(reader.pageArrived)) },
    READ_REFUSED: [
      { guard: isBelowFloor, target: 'attaching', actions: step(asReplica(fallOut)) },
      { actions: step(asReplica(reader.askAnother)) },
    ],
    OVERDUE: { actions: step(asReplica(reader.askAnother)) },
    FEEDBACK_DUE: { actions: step(asReplica(sendFeedback)) },
    MEMBERSHIP: { actions: step(asReplica(followMembership)) },
    ASK_MEMBERSHIP: { actions: step(asReplica(answerMembership)) },
    STREAM_GAP: { target: 'attaching', actions: step(asReplica(fallOut)) },
    ENDPOINT: {
      guard: isNews,
      target: 'attaching',
      actions: step(asReplica(followEndpoint)),
    },
    TAKE_OVER: { target: 'recovering', actions: step(asReplica(takeOver)) },
  },
} as const;

/** On its way to read along: it asks the writer where to begin. */
const ATTACHING = {
  on: {
    ...RUNNING,
    ATTACHED: {
      guard: isNotOlder,
      target: 'following',
      actions: step(asReplica(attached)),
    },
    RESUMED: { guard: isNotOlder, target: 'following', actions: step(asReplica(resumed)) },
    FALLEN_BEHIND: {
      guard: isNotOlder,
      target: 'restarting',
      actions: step(asReplica(fallBehind)),
    },
    STREAM: { actions: step(asReplica(keepEarly)) },
    QUERY: { actions: step(refuse) },
    MEMBERSHIP: { actions: step(asReplica(followMembership)) },
    ATTACH_AGAIN: { actions: step(asReplica(askToAttach)) },
    ENDPOINT: { guard: leadsElsewhere, actions: step(asReplica(followEndpoint)) },
    TAKE_OVER: { target: 'recovering', actions: step(asReplica(takeOver)) },
  },
} as const;

/**
 * A database instance: open for writing, on its way there, or reading along with the writer; down, or on
 * its way back. There is one chart for all, because the parts they play change; they differ only in how
 * they begin.
 */
const machineFrom = (initial: 'open' | 'following' | 'absent') =>
  setup({
    types: {} as { context: Instance; events: InstanceEvent; input: WriterInput | ReplicaInput },
    actions: protocolActions,
  }).createMachine({
    id: 'instance',
    context: ({ input }) => (input.role === 'writer' ? newWriter(input) : newReplica(input)),
    initial,
    states: {
      open: OPEN,
      recovering: RECOVERING,
      fenced: {
        on: {
          ...RUNNING,
          QUERY: { actions: step(refuse) },
          START_OVER: { target: 'restarting', actions: step(restart) },
        },
      },
      following: FOLLOWING,
      attaching: ATTACHING,
      down: {
        on: {
          QUERY: { actions: step(refuse) },
          RESTORE: { target: 'restarting', actions: step(restart) },
        },
      },
      restarting: {
        on: {
          ...RUNNING,
          QUERY: { actions: step(refuse) },
          REGISTER_DUE: { actions: step(register) },
          ROLE: [
            { guard: isTheWriter, target: 'recovering', actions: step(recoverInPlace) },
            { guard: isForThisBoot, target: 'attaching', actions: step(becomeReader) },
          ],
        },
      },
      absent: {
        on: {
          QUERY: { actions: step(refuse) },
          TAKE_OVER: { target: 'restarting', actions: step(launch) },
        },
      },
    },
  });

/** The instance that has the volume open for writing when a run begins. */
export const writerMachine = machineFrom('open');

/** An instance that begins as a reader. */
export const readerMachine = machineFrom('following');

/** An instance that is started only when the control plane needs one. */
export const absentMachine = machineFrom('absent');
