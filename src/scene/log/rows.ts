import type { LogEntry } from '../../history/log-history.ts';
import type { ClusterView, SegmentView } from '../../protocol/view.ts';

/** What one row of the ladder tells. */
export type LadderRow = {
  readonly id: string;
  readonly name: string;
  /** The same where room is scarce. */
  readonly short: string;
  /** What stands beside the name. */
  readonly more: string;
} & (
  | { readonly kind: 'writer' }
  | { readonly kind: 'copy'; readonly segment: SegmentView }
  /** How far something reaches. */
  | {
      readonly kind: 'point';
      readonly lsn: number;
      readonly tone: 'durable' | 'read' | 'past';
    }
);

/** Writer, copies of the groups shown, then the points of group, volume and readers. */
export function rowsOf(view: ClusterView, group: number | 'all'): readonly LadderRow[] {
  const groups = view.groups.filter(({ id }) => group === 'all' || id === group);
  const writer = view.instances.find(({ role }) => role === 'writer');
  const { vcl, vdl, pgmrpl } = view.volume;
  const floors = groups.flatMap(({ segments }) => segments.map(({ floor }) => floor));
  return [
    { kind: 'writer', id: writer?.id ?? 'W', name: 'Writer', short: 'Writer', more: 'sent' },
    ...groups.flatMap((each) => groupRows(each, group === 'all')),
    point('vcl', 'Volume complete', 'VCL', vcl, 'durable'),
    point('vdl', 'Durable up to', 'VDL', vdl, 'durable'),
    ...view.instances
      .filter(({ role }) => role === 'replica')
      .map(({ id, readPoint }) => point(id, `${id} reads`, 'read view', readPoint, 'read')),
    point('pgmrpl', 'Oldest read view', 'PGMRPL', pgmrpl, 'past'),
    ...(floors.length > 0
      ? [point('floor', 'Log kept above', 'floor', Math.min(...floors), 'past')]
      : []),
  ];
}

function groupRows(
  { id, segments, pgcl }: ClusterView['groups'][number],
  amongOthers: boolean,
): readonly LadderRow[] {
  const copies = segments.map(
    (segment): LadderRow => ({
      kind: 'copy',
      id: segment.id,
      name: segment.host,
      short: amongOthers ? `${segment.host} ${id}` : segment.host,
      more: amongOthers ? `PG ${id} ${segment.member}` : segment.member,
      segment,
    }),
  );
  return [...copies, point(`pgcl ${id}`, `PG ${id} durable`, 'PGCL', pgcl, 'durable')];
}

function point(
  id: string,
  name: string,
  more: string,
  lsn: number,
  tone: 'durable' | 'read' | 'past',
): LadderRow {
  const short = tone === 'read' ? id : more;
  return { kind: 'point', id, name, short, more, lsn, tone };
}

/** Whether a copy has a record, and what is missing when it has not. */
export type CellState =
  | 'elsewhere'
  | 'annulled'
  | 'acknowledged'
  | 'stored'
  | 'gap'
  | 'sent'
  | 'waits';

export function cellOf(segment: SegmentView, entry: LogEntry): CellState {
  if (entry.group !== segment.group) return 'elsewhere';
  if (entry.annulled) return 'annulled';
  const { lsn } = entry;
  const beyond = segment.ahead.some(({ first, last }) => lsn >= first && lsn <= last);
  if (lsn <= segment.scl || beyond)
    return segment.ackedScl >= lsn || entry.acked.has(segment.id) ? 'acknowledged' : 'stored';
  if (entry.sentUs === null) return 'waits';
  return segment.highest > lsn ? 'gap' : 'sent';
}

const SAID: Readonly<Record<CellState, string>> = {
  elsewhere: 'of another group',
  annulled: 'cancelled by recovery',
  acknowledged: 'acknowledged',
  stored: 'stored',
  gap: 'missing, though later ones are there',
  sent: 'sent, not stored yet',
  waits: 'not sent yet',
};

/** One cell in words. */
export function cellWords(row: LadderRow, entry: LogEntry): string {
  switch (row.kind) {
    case 'writer':
      return entry.sentUs === null ? 'waits in the boxcar' : 'sent';
    case 'point':
      return entry.lsn <= row.lsn ? 'reached' : 'not reached';
    case 'copy': {
      const how = entry.stored.get(row.segment.id)?.how;
      const by = how === 'gossip' ? ', by gossip' : how === 'base page' ? ', in a base page' : '';
      return `${SAID[cellOf(row.segment, entry)]}${by}`;
    }
  }
}
