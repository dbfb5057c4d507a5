import type { Happening } from '../../engine/happening.ts';
import type { AuroraNote, NoteType } from '../notes.ts';
import type { BeatKind, Level } from './told.ts';

/**
 * Which kinds of note are worth stopping at; null is told among the events, 'trace' only to those who
 * want everything. A table, so that a new kind of note has to decide.
 */
const WEIGHT: { readonly [T in NoteType]: BeatKind | null | 'trace' } = {
  statement: 'statement',
  'transaction-begun': 'txn-begun',
  'lock-wait': 'lock-wait',
  deadlock: 'rolled-back',
  'rolled-back': 'rolled-back',
  'statement-failed': 'statement-failed',
  replied: null,
  'mtr-closed': 'mtr-closed',
  'allocation-stalled': 'stalled',
  'allocation-resumed': 'stalled',
  'batch-sent': 'sent',
  acked: 'ack',
  pgcl: 'group-durable',
  vcl: null,
  vdl: 'volume-durable',
  'commit-queued': null,
  'commit-returned': 'commit-returned',
  'stream-sent': null,
  purged: null,
  received: null,
  persisted: 'persisted',
  'gap-found': 'gap-found',
  'gossip-asked': 'trace',
  'gossip-filled': 'gossip-filled',
  coalesced: 'coalesced',
  collected: 'collected',
  'segment-state': null,
  refused: 'refused',
  'epoch-adopted': null,
  truncated: 'truncated',
  'epoch-raised': 'epoch',
  'claim-refused': 'epoch',
  'range-recorded': null,
  recovery: 'recovery',
  'recovery-answered': null,
  'recovery-points': 'recovery',
  'volume-opened': 'recovery',
  fenced: 'fenced',
  failover: 'failover',
  endpoint: 'failover',
  reconnect: null,
  staged: 'trace',
  'backed-up': null,
  'block-damaged': 'block-bad',
  'block-bad': 'block-bad',
  'block-repaired': 'block-repaired',
  scrubbed: null,
  'background-deferred': null,
  throttled: 'throttled',
  'write-quorum-lost': 'quorum',
  'write-quorum-regained': 'quorum',
  'read-quorum-lost': 'quorum',
  'read-quorum-regained': 'quorum',
  'growth-asked': 'growth',
  'growth-placed': null,
  'growth-refused': 'growth',
  'group-founded': 'growth',
  'geometry-learnt': null,
  'restore-begun': 'restore',
  'group-restored': null,
  'volume-restored': 'restore',
  'page-requested': 'page-requested',
  'page-base': 'page-rebuilt',
  'record-applied': null,
  'page-answered': null,
  'page-refused': 'page-refused',
  'page-admitted': 'page-returned',
  evicted: null,
  'stream-received': 'stream-received',
  'replica-applied': 'replica-applied',
  'replica-skipped': 'replica-skipped',
  'stream-resumed': 'stream-received',
  'fallen-behind': 'instance',
  'commit-noticed': null,
  'read-view': 'read-view',
  suspected: 'membership',
  'host-chosen': null,
  'no-host': 'membership',
  membership: 'membership',
  'membership-recorded': null,
  'membership-adopted': 'trace',
  copied: null,
  hydrated: 'membership',
  geometry: 'membership',
  patch: 'node',
  node: 'node',
  instance: 'instance',
  zone: 'zone',
  'drop-armed': null,
  'loss-rate': null,
  'duplicate-rate': null,
  partition: 'node',
  control: 'instance',
  workload: null,
};

/** The beat a kind of note makes, if any. */
export function beatOfNote(type: NoteType): BeatKind | null {
  const weight = WEIGHT[type];
  return weight === 'trace' ? null : weight;
}

export function levelOfNote(type: NoteType): Level {
  const weight = WEIGHT[type];
  if (weight === null) return 'event';
  return weight === 'trace' ? 'trace' : 'beat';
}

/**
 * The beat an event makes, or null: what the step grain "beat" stops at. Where one event makes several,
 * it is the furthest in the chain: an acknowledgement that returns a commit is that commit.
 */
export function beatOf({ flight, notes }: Happening): BeatKind | null {
  let beat: BeatKind | null = flight.lost === null ? null : 'lost';
  for (const note of notes) beat = beatOfNote((note as AuroraNote).type) ?? beat;
  return beat;
}

/** Whether a client had a commit answered in this event: what the step grain "commit" stops at. */
export const isCommit = ({ notes }: Happening): boolean =>
  notes.some(({ type }) => type === 'commit-returned');
