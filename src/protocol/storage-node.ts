import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import type { Disk } from './messages.ts';
import type { HostId, SegmentId } from './topology.ts';

/** A job that waits for the disk. */
export interface WaitingJob {
  readonly disk: Disk;
  readonly sinceUs: Micros;
}

/** A storage host: power, and the disk that all its segments share (SIGMOD'17 §5). */
export interface StorageNode {
  readonly id: HostId;
  readonly segments: readonly SegmentId[];
  /** Reads and writes, first in, first out; the head is on the disk. */
  readonly queue: readonly WaitingJob[];
  /** What can wait: done one by one while the disk has little else to do. */
  readonly background: readonly WaitingJob[];
  /** Background work was put off, because of reads and writes. */
  readonly deferring: boolean;
  /** Reads and writes are slowed down, because background work waited too long. */
  readonly throttling: boolean;
  /** What was done to it while it was starting: it takes effect once there is something to slow down or cut off. */
  readonly onceUp: readonly Change[];
  /** Segments that are not complete again since it was taken down for a patch; null when it was not. */
  readonly patching: readonly SegmentId[] | null;
}

export type Change = 'SLOW' | 'NORMAL' | 'ISOLATE' | 'CONNECT';

/** A host with nothing to do. */
export const newNode = (id: HostId, segments: readonly SegmentId[]): StorageNode => ({
  id,
  segments,
  queue: [],
  background: [],
  deferring: false,
  throttling: false,
  onceUp: [],
  patching: null,
});

/** Written out: a spread costs V8 twenty times as much, and the disk is busy. */
export const copyOf = (node: StorageNode): Mutable<StorageNode> => ({
  id: node.id,
  segments: node.segments,
  queue: node.queue,
  background: node.background,
  deferring: node.deferring,
  throttling: node.throttling,
  onceUp: node.onceUp,
  patching: node.patching,
});
