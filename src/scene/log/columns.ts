import type { LogEntry } from '../../history/log-history.ts';
import type { ClusterView } from '../../protocol/view.ts';

type Lsn = LogEntry['lsn'];

/** What stands in one column of the ladder. */
export type Column =
  | { readonly kind: 'record'; readonly entry: LogEntry }
  /** Records of other groups, folded into one column. */
  | {
      readonly kind: 'others';
      readonly count: number;
      readonly first: Lsn;
      readonly last: Lsn;
      readonly groups: readonly number[];
    }
  /** LSNs that a recovery cancelled and that were never given to a record. */
  | { readonly kind: 'cancelled'; readonly first: Lsn; readonly last: Lsn };

/**
 * The columns for the records of one group, or of all, in the order of LSNs. A recovery leaves a hole in
 * them: its bounds stand in one column.
 */
export function columnsOf(
  entries: readonly LogEntry[],
  group: number | 'all',
  { volume }: Pick<ClusterView, 'volume'>,
): readonly Column[] {
  const columns: Column[] = [];
  const ranges = [...volume.ranges];
  const cancel = (before: Lsn): void => {
    const [range] = ranges;
    if (range === undefined || range.upTo >= before) return;
    ranges.shift();
    const last = columns.findLast((column) => column.kind === 'record');
    const first = Math.max(range.above, last?.kind === 'record' ? last.entry.lsn : 0) + 1;
    if (first <= range.upTo) columns.push({ kind: 'cancelled', first, last: range.upTo });
  };
  for (const entry of entries) {
    cancel(entry.lsn);
    if (group === 'all' || entry.group === group) columns.push({ kind: 'record', entry });
    else fold(columns, entry);
  }
  cancel(Number.POSITIVE_INFINITY);
  return columns;
}

function fold(columns: Column[], { lsn, group }: LogEntry): void {
  const last = columns.at(-1);
  if (last?.kind !== 'others') {
    columns.push({ kind: 'others', count: 1, first: lsn, last: lsn, groups: [group] });
    return;
  }
  const groups = last.groups.includes(group) ? last.groups : [...last.groups, group];
  columns[columns.length - 1] = { ...last, count: last.count + 1, last: lsn, groups };
}
