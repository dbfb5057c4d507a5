import { type Fleet, liveFleet } from '../../../history/fleet.ts';
import { pagesWords } from '../../../scene/fleet/owner-words.ts';
import { stateWords } from '../../../scene/fleet/words.ts';
import { numberText } from '../../../scene/words.ts';
import { lsnText } from '../../format.ts';
import { useView } from '../../hooks/page.ts';
import { usePageOwners } from '../../hooks/use-page-owners.ts';
import { DataTable } from '../data-table.tsx';

const SLOTS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

function memberWords(fleet: Fleet, group: number, k: number): string {
  const copy = fleet.copy(group, k);
  return copy ? `${copy.host.id}: ${stateWords(fleet, group, copy)}` : 'no such place';
}

/** The fleet as a table: one row a protection group. */
export function FleetTable() {
  const view = useView();
  const owners = usePageOwners();
  if (!view) return null;
  const fleet = liveFleet(view);
  return (
    <DataTable
      caption={`${view.groups.length} protection groups of 10 GB on ${view.hosts.length} storage nodes; simulated.`}
      heads={[
        'PG',
        ...SLOTS.map((slot) => `Slot ${slot}`),
        ...['Copies', 'Writes', 'Recovery', 'PGCL', 'Epoch', 'Pages by database'],
      ]}
      rows={view.groups.map((group) => [
        `PG ${group.id}`,
        ...SLOTS.map((_, k) => memberWords(fleet, group.id, k)),
        `${group.healthy} of ${group.copies}`,
        group.writesOk ? 'go on' : 'wait',
        group.readsOk ? 'possible' : 'not possible',
        lsnText(group.pgcl),
        numberText(group.membershipEpoch),
        pagesWords(owners().group(group.id)),
      ])}
    />
  );
}
