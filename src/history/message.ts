import type { Lsn, PageNo } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { FlightView } from '../protocol/view.ts';

/** How far apart two ends of a message are, as far as delays go. */
export type Distance = 'same zone' | 'across zones' | 'to a client' | 'to a service';

/** One message from sending to its end. `N` counts events of the run: what has the lower one came first. */
export interface SentMessage extends Omit<FlightView, 'id' | 'fromHost' | 'toHost'> {
  /** Its order among everything sent: unique in the run. */
  readonly order: number;
  readonly sentN: number;
  /** Null while it is on its way, and for ever when it is lost. */
  readonly arrivedN: number | null;
  /** It arrived, and its receiver was in no state to take it. */
  readonly unheard: boolean;
  readonly distance: Distance;
}

/** What an actor does by itself, as far as it is worth a mark on its lane. */
export type Deed =
  | 'persist'
  | 'gap'
  | 'fill'
  | 'coalesce'
  | 'collect'
  | 'truncate'
  | 'new epoch'
  | 'replay'
  | 'close'
  | 'queue'
  | 'durable'
  | 'return'
  | 'apply'
  | 'skip'
  | 'read view'
  | 'page in'
  | 'stall'
  | 'recover'
  | 'open'
  | 'fenced'
  | 'failover'
  | 'member'
  | 'bad block'
  | 'down'
  | 'up';

/** Something that happened at one actor. */
export interface LocalEvent {
  readonly id: string;
  readonly n: number;
  readonly atUs: Micros;
  /** The actor, or a host. */
  readonly actor: ActorId;
  readonly deed: Deed;
  readonly lsn: Lsn | null;
  readonly page: PageNo | null;
  /** The same as a sentence without its subject. */
  readonly says: string;
}

/** A host or an instance being down. */
export interface Outage {
  readonly id: ActorId;
  readonly fromUs: Micros;
  /** Null while it lasts. */
  readonly toUs: Micros | null;
}
