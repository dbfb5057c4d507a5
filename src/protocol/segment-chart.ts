import { setup } from 'xstate';
import type { Delivery } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type {
  Corrupt,
  DiskDone,
  Gossip,
  GossipFill,
  ReadPage,
  Signals,
  Write,
} from './messages.ts';
import type { Found } from './messages-growth.ts';
import type { Block, FetchBlock, Points, Staged } from './messages-upkeep.ts';
import type { RecoveryRead, Truncate } from './recovery-messages.ts';
import { newSegment, type Segment, type SegmentInput } from './segment.ts';
import { later } from './segment-background.ts';
import { backedUp, backUp, heedPoints } from './segment-backup.ts';
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
import { found } from './segment-growth.ts';
import { type ApplyNext, applyNext, baseRead, startRead } from './segment-read.ts';
import { answerRecovery, truncate } from './segment-recovery.ts';
import {
  damage,
  damageInService,
  giveBlock,
  repairAgain,
  scrub,
  takeBlock,
} from './segment-scrub.ts';
import { caughtUp, hostDown, hostUp, persist, receive } from './segment-write.ts';

export type SegmentEvent =
  | Delivery<Write>
  | Delivery<DiskDone>
  | Delivery<ReadPage>
  | Delivery<ApplyNext>
  | Delivery<Gossip>
  | Delivery<GossipFill>
  | Delivery<RecoveryRead>
  | Delivery<Truncate>
  | Delivery<Points>
  | Delivery<Staged>
  | Delivery<FetchBlock>
  | Delivery<Block>
  | Delivery<Corrupt>
  | Delivery<Found>
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

/**
 * A copy of a group: complete as far as it knows, catching up after its host was away, or down with
 * it. Both states that are up take writes and answer reads: whether a read is allowed is decided by
 * SCL, never by the state.
 */
export const segmentMachine = setup({
  types: {} as { context: Segment; events: SegmentEvent; input: SegmentInput },
  actions: protocolActions,
}).createMachine({
  id: 'segment',
  context: ({ input }) => newSegment(input),
  initial: 'complete',
  states: {
    complete: {
      on: {
        WRITE: { actions: step(receive) },
        DISK_DONE: { actions: step(diskDone(persistFill)) },
        READ_PAGE: { actions: step(startRead) },
        APPLY_NEXT: { actions: step(applyNext) },
        GOSSIP: { actions: step(answerGossip) },
        RECOVERY_READ: { actions: step(answerRecovery) },
        TRUNCATE: { actions: step(truncate) },
        GOSSIP_FILL: { actions: step(receiveFill) },
        GOSSIP_TICK: { actions: step(gossip) },
        FOUND: { actions: step(found) },
        ...upkeep,
        HOST_DOWN: { target: 'down', actions: step(hostDown) },
      },
    },
    catchingUp: {
      on: {
        WRITE: { actions: step(receive) },
        DISK_DONE: { actions: step(diskDone(persistFillToCatchUp)) },
        READ_PAGE: { actions: step(startRead) },
        APPLY_NEXT: { actions: step(applyNext) },
        GOSSIP: { actions: step(answerGossip) },
        RECOVERY_READ: { actions: step(answerRecovery) },
        TRUNCATE: { actions: step(truncate) },
        GOSSIP_FILL: { actions: step(receiveFillToCatchUp) },
        GOSSIP_TICK: { actions: step(gossipToCatchUp) },
        ...upkeep,
        CAUGHT_UP: { target: 'complete', actions: step(caughtUp) },
        HOST_DOWN: { target: 'down', actions: step(hostDown) },
      },
    },
    down: {
      on: {
        CORRUPT: { actions: step(damage) },
        HOST_UP: { target: 'catchingUp', actions: step(hostUp) },
      },
    },
  },
});
