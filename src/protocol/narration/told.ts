import type { Lsn, PageNo, TxnId } from '../../database/ids.ts';
import type { ActorId } from '../../engine/effect.ts';
import type { NoteOf, NoteType } from '../notes.ts';
import type { GroupId, LsnRange } from '../record.ts';
import type { HostId, SegmentId } from '../topology.ts';
import type { Rule } from './rules.ts';

/** The pictures an account can carry: one small set, so that shape and word always agree. */
export type Glyph =
  | 'sql'
  | 'redo'
  | 'undo'
  | 'store'
  | 'ack'
  | 'durable'
  | 'commit'
  | 'wait'
  | 'stream'
  | 'page-request'
  | 'page'
  | 'gossip'
  | 'collect'
  | 'node'
  | 'fail'
  | 'heal'
  | 'setting';

/** How much somebody wants to hear: beats only, every event of the protocol, or every message too. */
export type Level = 'beat' | 'event' | 'trace';

/** The moments worth stopping at. */
export type BeatKind =
  | 'statement'
  | 'txn-begun'
  | 'lock-wait'
  | 'rolled-back'
  | 'statement-failed'
  | 'mtr-closed'
  | 'stalled'
  | 'sent'
  | 'persisted'
  | 'ack'
  | 'group-durable'
  | 'volume-durable'
  | 'commit-returned'
  | 'stream-received'
  | 'replica-applied'
  | 'replica-skipped'
  | 'read-view'
  | 'gap-found'
  | 'gossip-filled'
  | 'page-requested'
  | 'page-rebuilt'
  | 'page-refused'
  | 'page-returned'
  | 'coalesced'
  | 'collected'
  | 'refused'
  | 'truncated'
  | 'epoch'
  | 'recovery'
  | 'fenced'
  | 'failover'
  | 'membership'
  | 'block-bad'
  | 'block-repaired'
  | 'throttled'
  | 'quorum'
  | 'growth'
  | 'restore'
  | 'lost'
  | 'node'
  | 'instance'
  | 'zone';

/** What an account is about, for filters and links. A missing list is an empty one. */
export interface Refs {
  readonly hosts: readonly HostId[];
  readonly segments: readonly SegmentId[];
  readonly groups: readonly GroupId[];
  /** Runs of LSNs, both ends included. Only records of `groups` are meant, when there are any. */
  readonly lsns: readonly LsnRange[];
  readonly txns: readonly TxnId[];
  readonly pages: readonly PageNo[];
  readonly instances: readonly ActorId[];
}

/** One line of the story: what happened, why, by which rule, and who says so. */
export interface Told {
  readonly beat: BeatKind | null;
  readonly level: Level;
  /** Of a kind that comes several times for one step forward: acknowledgements short of the quorum. */
  readonly minor: boolean;
  readonly glyph: Glyph;
  /** At most 90 characters, the actor first. */
  readonly sentence: string;
  /** Why it happened here, with this event's own numbers. */
  readonly why: string;
  /** The general rule it follows. */
  readonly rule: string;
  /** Where the rule is published, as listed in docs/sources.md. */
  readonly source: string;
  readonly refs: Refs;
}

/** What a sentence needs to know beyond its own event. */
export interface Lookups {
  readonly hostOf: (segment: SegmentId) => HostId;
  readonly groupOf: (page: PageNo) => GroupId;
  /** Who the writer was as the event began. */
  readonly writer: ActorId;
}

/** What a teller says of one note; the rest of `Told` follows from the note's type. */
export interface Tale {
  readonly glyph: Glyph;
  readonly sentence: string;
  readonly why: string;
  readonly rule: Rule;
  readonly refs: Partial<Refs>;
  readonly minor?: boolean;
}

/** The other notes of the same event, where it happened, and the lookups. */
export interface Setting extends Lookups {
  /** Who reports: the actor that the event came to. */
  readonly at: ActorId;
  /** An actor by its name on screen. */
  readonly nameOf: (actor: ActorId) => string;
  readonly notes: readonly { readonly type: string }[];
}

type NoteMap = { readonly [T in NoteType]: NoteOf<T> };
/** One teller for each of the given types of note: a missing one is a compile error. */
export type Tellers<T extends NoteType> = {
  readonly [K in T]: (note: NoteMap[K], setting: Setting) => Tale;
};
export type { NoteMap };

/** One LSN as a run of one. */
export const only = (lsn: Lsn): LsnRange => ({ first: lsn, last: lsn });
