import type { Lsn } from '../database/ids.ts';

/**
 * What a request claims to know (SIGMOD'18 §2.4, §4.1). A segment refuses a claim older than its own and
 * adopts a newer one; nobody ever waits for a lease to run out.
 */
export interface Epochs {
  /** Raised each time the volume is opened for writing after recovery: shuts out old writers. */
  readonly volume: number;
  /** Raised by every step of a group's membership change: shuts out old member lists. */
  readonly membership: number;
  /** Raised when the volume grows or changes its quorum model: shuts out old maps. */
  readonly geometry: number;
}

export const FIRST_EPOCHS: Epochs = { volume: 1, membership: 1, geometry: 1 };

/**
 * What a recovery annulled (SIGMOD'17 §4.3, '18 §2.4): every record in (above, upTo] that was issued in
 * an older volume epoch, wherever it may still be on its way. No LSN in it is ever given again.
 */
export interface TruncationRange {
  readonly epoch: number;
  readonly above: Lsn;
  readonly upTo: Lsn;
}
