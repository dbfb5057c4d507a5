import type { Quorum } from '../../protocol/quorum.ts';
import type { MeterView } from '../../protocol/view.ts';

/** One row of the meter: k of these members, joined to the row before by a word. */
export interface QuorumRow {
  readonly k: number;
  readonly of: readonly string[];
  readonly joiner: 'and' | 'or' | null;
}

/** A quorum expression as rows, in reading order. Nothing is taken for granted about 4 or 6. */
export function rowsOf(quorum: Quorum, joiner: QuorumRow['joiner'] = null): QuorumRow[] {
  if ('k' in quorum) return [{ k: quorum.k, of: quorum.of, joiner }];
  const [word, parts] =
    'and' in quorum ? (['and', quorum.and] as const) : (['or', quorum.or] as const);
  return parts.flatMap((part, index) => rowsOf(part, index === 0 ? joiner : word));
}

/** How many members of a row have acknowledged the record at hand. */
export function ackedOf(row: QuorumRow, meter: MeterView): number {
  const acked = new Set(meter.slots.filter((s) => s.state === 'acked').map((s) => s.member));
  return row.of.filter((member) => acked.has(member)).length;
}

/** All sets of a quorum in a few words: "4/6 in all 4 sets: has 3", "4/6 or 3/3: has 3, 2". */
export function briefWords(rows: readonly QuorumRow[], meter: MeterView): string {
  if (meter.durable) return 'durable';
  const sizeOf = ({ k, of }: QuorumRow): string => `${k}/${of.length}`;
  const acked = rows.map((row) => ackedOf(row, meter));
  const sizes = [...new Set(rows.map(sizeOf))];
  if (rows.some(({ joiner }) => joiner === 'or') || sizes.length > 1)
    return `${rows.map((row) => `${row.joiner ? `${row.joiner} ` : ''}${sizeOf(row)}`).join(' ')}: has ${acked.join(', ')}`;
  const all = rows.length === 2 ? 'both' : `all ${rows.length}`;
  return `${sizes[0]} in ${all} sets: has ${Math.min(...acked)}`;
}

/** A count in words. All but the count itself goes out of sight where room is scarce. */
interface CountWords {
  readonly count: string;
  readonly needed: string;
  readonly waits: string;
}

/** How far a row has come, and what it waits for. */
export function countWords(row: QuorumRow, meter: MeterView, waits: boolean): CountWords {
  if (meter.durable) return { count: 'durable', needed: '', waits: '' };
  const acked = Math.min(ackedOf(row, meter), row.k);
  const missing = row.k - acked;
  const so = { count: `${acked} of ${row.k}`, needed: ' needed' };
  if (missing === 0) return { ...so, waits: ', waiting for earlier records' };
  if (waits) return { ...so, waits: ', writes wait for a copy to return' };
  const acks = missing === 1 ? 'one more ack' : `${missing} more acks`;
  return { ...so, waits: `, waiting for ${acks}` };
}
