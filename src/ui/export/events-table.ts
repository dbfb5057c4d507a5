import { narrate } from '../../protocol/narration/narrate.ts';
import type { LsnRange } from '../../protocol/record.ts';
import { numberText } from '../../scene/words.ts';
import type { RunPlayer } from '../../store/run-player.ts';
import { Teller } from '../../store/telling.ts';
import type { DataTable } from './table-text.ts';

const COLUMNS: DataTable['columns'] = [
  { key: 'event', head: 'Event (number in the run)' },
  { key: 'timeUs', head: 'Time (µs, simulated)' },
  { key: 'n', head: 'Event within that µs (number)' },
  { key: 'at', head: 'At (actor)' },
  { key: 'beat', head: 'Beat (kind; empty: none)' },
  { key: 'sentence', head: 'What happened' },
  { key: 'why', head: 'Why' },
  { key: 'source', head: 'Rule published in' },
  { key: 'lsns', head: 'Records (LSN)' },
  { key: 'groups', head: 'Protection groups (number)' },
  { key: 'segments', head: 'Segments (PG/slot)' },
  { key: 'hosts', head: 'Storage nodes (name)' },
  { key: 'transactions', head: 'Transactions (number)' },
];

type Told = Pick<RunPlayer, 'run' | 'count' | 'kept' | 'happening' | 'writerAt'>;

/** Everything told of the run up to the present moment: as far back as accounts of events are kept. */
export function eventsTable(player: Told, link: string): DataTable {
  const { scenario, seed } = player.run();
  const teller = new Teller(narrate, player);
  const last = player.count();
  const first = Math.max(1, player.kept().from);
  const rows: DataTable['rows'][number][] = [];
  for (let count = first; count <= last; count++) {
    const happening = player.happening(count);
    if (!happening) continue;
    for (const told of teller.rows(happening)) {
      const { lsns, groups, segments, hosts, txns } = told.refs;
      rows.push([
        ...[count, happening.timeUs, happening.n, happening.flight.to, told.beat],
        ...[told.sentence, told.why, told.source],
        ...[lsns.map(rangeText), groups, segments, hosts, txns].map((list) => list.join(' ')),
      ]);
    }
  }
  const range = rangeOf(first, last);
  return { name: 'events', columns: COLUMNS, rows, range, link, scenario: scenario.title, seed };
}

const rangeText = ({ first, last }: LsnRange): string =>
  first === last ? `${first}` : `${first}..${last}`;

function rangeOf(first: number, last: number): string {
  if (last < first) return 'No event yet.';
  const all = `Events ${numberText(first)} to ${numberText(last)}, up to this moment.`;
  if (first === 1) return all;
  return `${all} Accounts of earlier events are not kept: go back in time to read them.`;
}
