import type { LogEntry } from '../../history/log-history.ts';
import type { Column } from './columns.ts';
import { cellOf, cellWords, type LadderRow } from './rows.ts';

/** A record and who has it, in a sentence. */
export function recordWords(entry: LogEntry, rows: readonly LadderRow[]): string {
  const { lsn, group, page, cpl, volumeUs, durableUs, annulled } = entry;
  const of = `Record ${lsn}, PG ${group}, page ${page}${cpl ? ', end of its mini-transaction' : ''}`;
  if (annulled) return `${of}: cancelled by recovery.`;
  const copies = rows.filter((row) => row.kind === 'copy' && row.segment.group === group);
  const has = copies.filter((row) => {
    if (row.kind !== 'copy') return false;
    const state = cellOf(row.segment, entry);
    return state === 'stored' || state === 'acknowledged';
  });
  const durable =
    volumeUs !== null ? 'durable' : durableUs !== null ? 'durable in its group' : 'not durable yet';
  const held = copies.length > 0 ? `${has.length} of ${copies.length} copies have it, ` : '';
  return `${of}: ${held}${durable}.`;
}

/** The cell under the cursor, in words. */
export function cursorWords(
  { columns, rows }: { readonly columns: readonly Column[]; readonly rows: readonly LadderRow[] },
  row: number,
  column: number,
): string {
  const at = columns[column];
  const of = rows[row];
  if (at === undefined || of === undefined) return '';
  if (at.kind === 'others') return `${at.count} records of other groups, ${at.first} to ${at.last}`;
  if (at.kind === 'cancelled') return `LSNs ${at.first} to ${at.last} were cancelled by recovery`;
  return `Record ${at.entry.lsn}, ${of.name}: ${cellWords(of, at.entry)}. ${recordWords(at.entry, rows)}`;
}
