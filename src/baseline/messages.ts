import type { Stamped } from '../database/delta.ts';
import type { Lsn, PageNo, SessionId } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import type { QueryResult, Statement } from '../database/statement.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import type { Micros } from '../engine/time.ts';
import type { Block, Store } from './blocks.ts';

/** Step 1, and on the standby step 4: a block for the instance's own volume. */
export interface WriteBlock {
  readonly type: 'WRITE_BLOCK';
  readonly io: number;
  readonly block: Block;
}
/** Steps 2 and 5: the volume passes the block to its mirror in the same zone. */
export interface MirrorBlock {
  readonly type: 'MIRROR_BLOCK';
  readonly io: number;
  readonly block: Block;
}
export interface Mirrored {
  readonly type: 'MIRRORED';
  readonly io: number;
}
/** The volume's answer: the block is on the volume and on its mirror. */
export interface Written {
  readonly type: 'WRITTEN';
  readonly io: number;
  readonly persistedUs: Micros;
  readonly mirroredUs: Micros;
}
/** Step 3: the same block, to the standby in the other zone. */
export interface Stage {
  readonly type: 'STAGE';
  readonly io: number;
  readonly block: Block;
}
export interface Staged {
  readonly type: 'STAGED';
  readonly io: number;
  readonly arrivedUs: Micros;
  readonly persistedUs: Micros;
  readonly mirroredUs: Micros;
}

/** What an instance reads from its own volume. */
export interface ReadVolume {
  readonly type: 'READ_VOLUME';
  readonly what: Reading;
}
export type Reading =
  | { readonly kind: 'page'; readonly page: PageNo }
  | { readonly kind: 'log' }
  | { readonly kind: 'all' };
export interface PageRead {
  readonly type: 'PAGE_READ';
  readonly page: Page;
}
export interface LogRead {
  readonly type: 'LOG_READ';
  readonly checkpoint: Lsn;
  readonly records: readonly Stamped[];
}
export interface AllRead {
  readonly type: 'ALL_READ';
  readonly store: Store;
}

/** "I am back: what was I, and what are you?" The higher term knows better. */
export interface Hello {
  readonly type: 'HELLO';
  readonly role: 'active' | 'standby';
  readonly term: number;
}
/** The answer: the part the other one has to play. */
export interface Role {
  readonly type: 'ROLE';
  readonly role: 'active' | 'standby';
}
/** The whole volume as the active instance has it. */
export interface Sync {
  readonly type: 'SYNC';
  readonly store: Store;
}

export interface Query {
  readonly type: 'QUERY';
  readonly session: SessionId;
  readonly statement: Statement;
  readonly text: string;
}
export interface Reply {
  readonly type: 'REPLY';
  readonly session: SessionId;
  readonly result: QueryResult | null;
  readonly problem: string | null;
  /** Nobody is open here: try the other instance next. */
  readonly elsewhere: boolean;
}
export interface Submit {
  readonly type: 'SUBMIT';
  readonly statements: readonly Statement[];
  readonly text: string;
}
/** A single log write that is a transaction of its own. */
export interface Raw {
  readonly type: 'RAW';
  readonly page: PageNo;
}
export interface SetWorkload {
  readonly type: 'SET_WORKLOAD';
  readonly workload: WorkloadConfig;
}
export interface Burst {
  readonly type: 'BURST';
  readonly count: number;
}
export interface ReadOnce {
  readonly type: 'READ_ONCE';
}
