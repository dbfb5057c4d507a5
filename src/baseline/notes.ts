import type { Lsn, PageNo, SessionId, TxnId } from '../database/ids.ts';
import type { ActorId, Effect } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { BlockKind } from './blocks.ts';
import type { Zone } from './places.ts';

/** One step of a mirrored write, with its beginning and end. */
export interface Hop {
  readonly step: 'volume' | 'mirror' | 'to standby' | 'standby volume' | 'standby mirror' | 'ack';
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** Everything a rule of the mirrored database can report. */
export type BaselineNote =
  | {
      readonly type: 'statement';
      readonly instance: ActorId;
      readonly session: SessionId;
      readonly text: string;
    }
  | {
      readonly type: 'statement-failed';
      readonly instance: ActorId;
      readonly session: SessionId;
      readonly problem: string;
    }
  | { readonly type: 'lock-wait'; readonly session: SessionId; readonly what: string }
  | { readonly type: 'deadlock'; readonly victim: SessionId; readonly sentence: string }
  | { readonly type: 'replied'; readonly session: SessionId; readonly rows: number }
  // The five steps
  | {
      readonly type: 'write-begun';
      readonly instance: ActorId;
      readonly io: number;
      readonly block: BlockKind;
      readonly bytes: number;
      readonly ios: number;
    }
  | {
      readonly type: 'block-stored';
      readonly volume: ActorId;
      readonly block: BlockKind;
      readonly bytes: number;
      readonly ios: number;
    }
  | { readonly type: 'block-staged'; readonly instance: ActorId; readonly block: BlockKind }
  /** All five steps are done; `hops` follow each other and add up to the whole time. */
  | {
      readonly type: 'write-done';
      readonly io: number;
      readonly block: BlockKind;
      readonly tookUs: Micros;
      readonly hops: readonly Hop[];
    }
  // Commit
  | {
      readonly type: 'group-begun';
      readonly commits: number;
      readonly records: number;
      readonly last: Lsn;
    }
  | {
      readonly type: 'commit-returned';
      readonly txn: TxnId;
      readonly lsn: Lsn;
      readonly session: SessionId | null;
      readonly waitedUs: Micros;
    }
  // Pages and the log's end
  | { readonly type: 'flush-begun'; readonly pages: readonly PageNo[]; readonly urgent: boolean }
  | { readonly type: 'checkpoint'; readonly from: Lsn; readonly to: Lsn }
  | {
      readonly type: 'log-full';
      readonly session: SessionId;
      readonly records: number;
      readonly limit: number;
    }
  | { readonly type: 'log-free'; readonly records: number }
  | { readonly type: 'cache-full'; readonly session: SessionId }
  | { readonly type: 'page-read'; readonly page: PageNo; readonly waitedUs: Micros }
  // Faults
  | {
      readonly type: 'instance';
      readonly instance: ActorId;
      readonly state: 'down' | 'starting' | 'recovering' | 'open' | 'standing by' | 'resyncing';
    }
  | {
      readonly type: 'volume';
      readonly volume: ActorId;
      readonly state: 'down' | 'up' | 'slow' | 'normal speed';
    }
  | { readonly type: 'zone'; readonly az: Zone; readonly state: 'down' | 'restored' }
  | { readonly type: 'standby-lost'; readonly waitedUs: Micros }
  | { readonly type: 'standby-synced'; readonly pages: number }
  | { readonly type: 'take-over'; readonly instance: ActorId; readonly silentUs: Micros }
  | {
      readonly type: 'replay-begun';
      readonly instance: ActorId;
      readonly checkpoint: Lsn;
      readonly records: number;
    }
  | {
      readonly type: 'recovered';
      readonly instance: ActorId;
      readonly records: number;
      readonly pages: number;
      readonly cutOff: number;
      readonly tookUs: Micros;
    }
  | { readonly type: 'workload'; readonly on: boolean; readonly perSecond: number };

export type BaselineNoteType = BaselineNote['type'];
export type BaselineNoteOf<T extends BaselineNoteType> = Extract<
  BaselineNote,
  { readonly type: T }
>;

/** A typed fact for the account of this event. */
export const note = (fact: BaselineNote): Effect => ({ kind: 'note', note: fact });
