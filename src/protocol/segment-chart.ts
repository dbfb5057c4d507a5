import { setup } from 'xstate';
import type { Delivery } from '../engine/effect.ts';
import type { Signals } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type {
  Corrupt,
  DiskDone,
  Gossip,
  GossipFill,
  ReadPage,
  Refused,
  Write,
} from './messages.ts';
import type { Found } from './messages-growth.ts';
import type {
  AskMembership,
  CopyAnswer,
  CopyPart,
  Erase,
  Join,
  MembershipIs,
} from './messages-membership.ts';
import type { Block, FetchBlock, Points, Staged } from './messages-upkeep.ts';
import type { RecoveryRead, Truncate } from './recovery-messages.ts';
import { newSegment, type Segment, type SegmentInput } from './segment.ts';
import { later } from './segment-background.ts';
import { backedUp, backUp, heedPoints, meetWriter } from './segment-backup.ts';
import { coalesce, collect } from './segment-collect.ts';
import {
  answerGossip,
  gossip,
  gossipToCatchUp,
  persistFill,
  persistFillToCatchUp,
  receiveFill,
  receiveFillToCatchUp,
} from './segment-gossip.ts';
import { found, foundAgain } from './segment-growth.ts';
import {
  copied,
  copyAgain,
  givePart,
  goOnCopying,
  join,
  joinAgain,
  partComes,
  partDone,
} from './segment-hydrate.ts';
import {
  adoptMembership,
  answerMembership,
  eraseAll,
  lost,
  refresh,
  retire,
  wishAgain,
} from './segment-membership.ts';
import {
  type ApplyNext,
  applyNext,
  baseRead,
  refuseHydrating,
  refuseRetired,
  startRead,
} from './segment-read.ts';
import { answerRecovery, truncate } from './segment-recovery.ts';
import {
  damage,
  damageInService,
  giveBlock,
  repairAgain,
  scrub,
  takeBlock,
} from './segment-scrub.ts';
import { caughtUp, hostDown, hostUp, persist, receive, refuseWrite } from './segment-write.ts';

export type SegmentEvent =
  | Delivery<Write>
  | Delivery<DiskDone>
  | Delivery<ReadPage>
  | Delivery<ApplyNext>
  | Delivery<Gossip>
  | Delivery<GossipFill>
  | Delivery<RecoveryRead>
  | Delivery<Truncate>
  | Delivery<Found>
  | Delivery<Points>
  | Delivery<Staged>
  | Delivery<FetchBlock>
  | Delivery<Block>
  | Delivery<Corrupt>
  | Delivery<Refused>
  | Delivery<MembershipIs>
  | Delivery<AskMembership>
  | Delivery<Erase>
  | Delivery<Join>
  | Delivery<CopyPart>
  | Delivery<CopyAnswer>
  | Signals<'COPY_AGAIN' | 'PART_DONE' | 'COPIED' | 'RETIRED' | 'RETIRE_AGAIN' | 'LOST'>
  | Signals<
      | 'GOSSIP_TICK'
      | 'COALESCE'
      | 'BACK_UP'
      | 'COLLECT'
      | 'SCRUB'
      | 'REPAIR_AGAIN'
      | 'HOST_DOWN'
      | 'HOST_UP'
      | 'CAUGHT_UP'
    >;

/** What the disk did decides which rule looks at it: each ignores the jobs of the others. */
const diskDone =
  (fill: (segment: Segment, delivery: Delivery<DiskDone>) => ReturnType<typeof persist>) =>
  (segment: Segment, delivery: Delivery<DiskDone>): ReturnType<typeof persist> => {
    switch (delivery.message.job.kind) {
      case 'write':
        return persist(segment, delivery);
      case 'read':
        return baseRead(segment, delivery);
      case 'fill':
        return fill(segment, delivery);
      case 'background':
        return WORK[delivery.message.job.step](segment, delivery);
    }
  };

const WORK = { coalesce, 'back-up': backUp, collect, scrub } as const;

/** What goes on beside reads and writes, in every state in which the host is up. */
const upkeep = {
  POINTS: { actions: step(heedPoints) },
  COALESCE: { actions: step(later('coalesce')) },
  BACK_UP: { actions: step(later('back-up')) },
  STAGED: { actions: step(backedUp) },
  COLLECT: { actions: step(later('collect')) },
  SCRUB: { actions: step(later('scrub')) },
  REPAIR_AGAIN: { actions: step(repairAgain) },
  FETCH_BLOCK: { actions: step(giveBlock) },
  BLOCK: { actions: step(takeBlock) },
  CORRUPT: { actions: step(damageInService) },
} as const;

/** What ends a copy, or its host's day, whatever it is doing. */
const leaving = {
  ASK_MEMBERSHIP: { actions: step(answerMembership) },
  ERASE: { target: 'absent', actions: step(eraseAll) },
  LOST: { target: 'absent', actions: step(lost) },
  HOST_DOWN: { target: 'down', actions: step(hostDown) },
} as const;

/** What concerns every copy that has its pages and takes part. */
const everywhere = {
  ...leaving,
  MEMBERSHIP: { actions: step(adoptMembership) },
  JOIN: { actions: step(joinAgain) },
  COPY: { actions: step(givePart) },
  REFUSED: { actions: step(refresh) },
  RETIRED: { target: 'retired', actions: step(retire) },
  WRITE: { actions: step(receive) },
  READ_PAGE: { actions: step(startRead) },
  APPLY_NEXT: { actions: step(applyNext) },
  GOSSIP: { actions: step(answerGossip) },
  RECOVERY_READ: { actions: step(answerRecovery) },
  TRUNCATE: { actions: step(truncate) },
} as const;

/**
 * A copy of a group: absent, hydrating as a new member, catching up after that or after its host was
 * away, complete as far as it knows, retired when another has taken its place, or down with its host.
 * Those that catch up or are complete take writes and answer reads: whether a read is allowed is decided
 * by SCL, never by the state.
 */
const machineFrom = (initial: 'complete' | 'absent') =>
  setup({
    types: {} as { context: Segment; events: SegmentEvent; input: SegmentInput },
    actions: protocolActions,
  }).createMachine({
    id: 'segment',
    context: ({ input }) => newSegment(input),
    initial,
    states: {
      absent: {
        on: {
          FOUND: { target: 'complete', actions: step(found) },
          JOIN: { target: 'hydrating', actions: step(join) },
        },
      },
      hydrating: {
        on: {
          ...leaving,
          MEMBERSHIP: { actions: step(adoptMembership) },
          WRITE: { actions: step(receive) },
          DISK_DONE: { actions: step(persist) },
          READ_PAGE: { actions: step(refuseHydrating) },
          JOIN: { actions: step(joinAgain) },
          POINTS: { actions: step(meetWriter) },
          COPY_PART: { actions: step(partComes) },
          PART_DONE: { actions: step(partDone) },
          COPY_AGAIN: { actions: step(copyAgain) },
          COPIED: { target: 'catchingUp', actions: step(copied) },
        },
      },
      complete: {
        on: {
          ...everywhere,
          DISK_DONE: { actions: step(diskDone(persistFill)) },
          GOSSIP_FILL: { actions: step(receiveFill) },
          FOUND: { actions: step(foundAgain) },
          GOSSIP_TICK: { actions: step(gossip) },
          ...upkeep,
        },
      },
      catchingUp: {
        on: {
          ...everywhere,
          DISK_DONE: { actions: step(diskDone(persistFillToCatchUp)) },
          GOSSIP_FILL: { actions: step(receiveFillToCatchUp) },
          GOSSIP_TICK: { actions: step(gossipToCatchUp) },
          ...upkeep,
          CAUGHT_UP: { target: 'complete', actions: step(caughtUp) },
        },
      },
      retired: {
        on: {
          ...leaving,
          WRITE: { actions: step(refuseWrite) },
          READ_PAGE: { actions: step(refuseRetired) },
          GOSSIP: { actions: step(answerGossip) },
          RETIRE_AGAIN: { actions: step(wishAgain) },
        },
      },
      down: {
        on: {
          CORRUPT: { actions: step(damage) },
          HOST_UP: [
            {
              guard: ({ context }) => context.retired,
              target: 'retired',
              actions: step(wishAgain),
            },
            {
              guard: ({ context }) => context.hydration !== null,
              target: 'hydrating',
              actions: step(goOnCopying),
            },
            { target: 'catchingUp', actions: step(hostUp) },
          ],
          LOST: { target: 'absent', actions: step(lost) },
        },
      },
    },
  });

/** A member that its group begins with. */
export const segmentMachine = machineFrom('complete');

/** A member that is added later. */
export const laterSegmentMachine = machineFrom('absent');
