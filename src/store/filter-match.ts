import { unreachable } from '../engine/assert.ts';
import type { BeatKind, Glyph, Told } from '../protocol/narration/told.ts';
import type { LsnRange } from '../protocol/record.ts';
import { zoneOfInstance } from '../protocol/topology.ts';
import type { EventFilter, FilterChip, Selection } from './app-store.ts';

/** What chips refer to. */
export interface FilterSubject {
  readonly selection: Selection | null;
  readonly followedTxn: number | null;
}

const WEIGHTS = { beat: 0, event: 1, trace: 2 } as const;
const FAILURES: readonly (BeatKind | Glyph)[] = [
  ...(['fail', 'lost', 'stalled', 'gap-found'] as const),
  ...(['refused', 'fenced', 'block-bad', 'throttled', 'quorum'] as const),
];
/** Who writes, who keeps copies, and what is done about both and about the backup. */
const CHANGES: readonly BeatKind[] = [
  ...(['epoch', 'recovery', 'truncated', 'fenced', 'failover'] as const),
  ...(['membership', 'growth', 'block-bad', 'block-repaired', 'restore'] as const),
];
const READS: readonly Glyph[] = ['page', 'page-request'];

const holds = (range: LsnRange, lsn: number): boolean => range.first <= lsn && lsn <= range.last;

/** Whether an account is about what is selected. */
export function isAbout({ refs }: Told, { kind, id }: Selection): boolean {
  switch (kind) {
    case 'node':
      return refs.hosts.includes(id);
    case 'instance':
      return refs.instances.includes(id);
    case 'segment':
      return refs.segments.some((segment) => segment === id);
    case 'group':
      return refs.groups.includes(Number(id));
    case 'record':
      return refs.lsns.some((range) => holds(range, Number(id)));
    case 'transaction':
      return refs.txns.includes(Number(id));
    case 'page':
      return refs.pages.includes(Number(id));
    case 'zone':
      return (
        refs.hosts.some((host) => host.startsWith(id)) ||
        refs.instances.some((instance) => zoneOfInstance(instance) === id)
      );
    case 'client':
    case 'service':
      // Accounts name sessions and services in their sentences only.
      return false;
    default:
      return unreachable(kind);
  }
}

function passesChip(told: Told, chip: FilterChip, subject: FilterSubject): boolean {
  switch (chip) {
    case 'selection':
      return subject.selection === null || isAbout(told, subject.selection);
    case 'transaction':
      return subject.followedTxn === null || told.refs.txns.includes(subject.followedTxn);
    case 'failures':
      return FAILURES.includes(told.glyph) || (told.beat !== null && FAILURES.includes(told.beat));
    case 'changes':
      return told.beat !== null && CHANGES.includes(told.beat);
    case 'reads':
      return READS.includes(told.glyph);
    default:
      return unreachable(chip);
  }
}

/** Whether a filter lets everything of its level through. */
export const isOpenFilter = ({ text, chips }: EventFilter): boolean =>
  text.trim() === '' && chips.length === 0;

/** A filter as a test of single accounts. */
export function passing(filter: EventFilter, subject: FilterSubject): (told: Told) => boolean {
  const text = filter.text.trim().toLowerCase();
  const weight = WEIGHTS[filter.level];
  return (told) =>
    WEIGHTS[told.level] <= weight &&
    (text === '' || told.sentence.toLowerCase().includes(text)) &&
    filter.chips.every((chip) => passesChip(told, chip, subject));
}
