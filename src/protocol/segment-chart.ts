import { setup } from 'xstate';
import type { Delivery } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { DiskDone, Gossip, GossipFill, ReadPage, Signals, Write } from './messages.ts';
import { newSegment, type Segment, type SegmentInput } from './segment.ts';
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
import { type ApplyNext, applyNext, baseRead, startRead } from './segment-read.ts';
import { caughtUp, hostDown, hostUp, persist, receive } from './segment-write.ts';

export type SegmentEvent =
  | Delivery<Write>
  | Delivery<DiskDone>
  | Delivery<ReadPage>
  | Delivery<ApplyNext>
  | Delivery<Gossip>
  | Delivery<GossipFill>
  | Signals<'GOSSIP_TICK' | 'COALESCE' | 'COLLECT' | 'HOST_DOWN' | 'HOST_UP' | 'CAUGHT_UP'>;

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
    }
  };

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
        GOSSIP_FILL: { actions: step(receiveFill) },
        GOSSIP_TICK: { actions: step(gossip) },
        COALESCE: { actions: step(coalesce) },
        COLLECT: { actions: step(collect) },
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
        GOSSIP_FILL: { actions: step(receiveFillToCatchUp) },
        GOSSIP_TICK: { actions: step(gossipToCatchUp) },
        COALESCE: { actions: step(coalesce) },
        COLLECT: { actions: step(collect) },
        CAUGHT_UP: { target: 'complete', actions: step(caughtUp) },
        HOST_DOWN: { target: 'down', actions: step(hostDown) },
      },
    },
    down: { on: { HOST_UP: { target: 'catchingUp', actions: step(hostUp) } } },
  },
});
