import type { FaultNote } from './notes-faults.ts';
import type { GrowthNote } from './notes-growth.ts';
import type { MembershipNote } from './notes-membership.ts';
import type { PageNote } from './notes-pages.ts';
import type { RecoveryNote } from './notes-recovery.ts';
import type { ReplicaNote } from './notes-replicas.ts';
import type { SqlNote } from './notes-sql.ts';
import type { StorageNote } from './notes-storage.ts';
import type { UpkeepNote } from './notes-upkeep.ts';
import type { WritePathNote } from './notes-write-path.ts';

/**
 * Everything a rule can report. Narration, pictures, the trace file, metrics and the checker are made of
 * these and of message deliveries, and of nothing else. Each family has its narration in a file of the
 * same name.
 */
export type AuroraNote =
  | SqlNote
  | WritePathNote
  | StorageNote
  | PageNote
  | ReplicaNote
  | FaultNote
  | RecoveryNote
  | UpkeepNote
  | GrowthNote
  | MembershipNote;

export type NoteType = AuroraNote['type'];
export type NoteOf<T extends NoteType> = Extract<AuroraNote, { readonly type: T }>;
