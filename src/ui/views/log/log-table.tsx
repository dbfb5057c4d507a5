import type { LogEntry } from '../../../history/log-history.ts';
import { columnsOf } from '../../../scene/log/columns.ts';
import { cellWords, rowsOf } from '../../../scene/log/rows.ts';
import { useApp, useView } from '../../hooks/page.ts';
import { DataTable } from '../data-table.tsx';
import { useLog } from './use-log.ts';

const MOST_ROWS = 200;

function durability({ annulled, volumeUs, durableUs }: LogEntry): string {
  if (annulled) return 'cancelled';
  if (volumeUs !== null) return 'yes';
  return durableUs === null ? 'no' : 'in its group';
}

/** The ladder as a table: one row a record, newest first. */
export function LogTable() {
  const view = useView();
  const group = useApp((state) => state.focusGroup);
  const log = useLog();
  if (!view) return null;
  const rows = rowsOf(view, group).filter(({ kind }) => kind !== 'point');
  const entries = columnsOf(log().entries, group, view)
    .flatMap((column) => (column.kind === 'record' ? [column.entry] : []))
    .slice(-MOST_ROWS)
    .reverse();
  const of = group === 'all' ? 'all protection groups' : `protection group ${group}`;
  return (
    <DataTable
      caption={`Newest ${entries.length} records of ${of}, newest first; simulated. VCL ${view.volume.vcl}, VDL ${view.volume.vdl}.`}
      heads={[
        ...['Record', 'PG', 'Page', 'Mini-transaction', 'Transaction', 'Durable'],
        ...rows.map(({ name, more }) => `${name} ${more}`),
      ]}
      rows={entries.map((entry) => [
        ...[entry.lsn, entry.group, entry.page],
        `${entry.mtr}${entry.cpl ? ', ends here' : ''}`,
        entry.txn === 0 ? 'none' : entry.txn,
        durability(entry),
        ...rows.map((row) => cellWords(row, entry)),
      ])}
    />
  );
}
