import { useView } from '../hooks/page.ts';
import { DataTable } from './data-table.tsx';

/** The stage as a table: every storage node and what it holds. */
export function ClusterTable() {
  const view = useView();
  if (!view) return null;
  const segments = new Map(
    view.groups.flatMap((group) => group.segments.map((each) => [each.id, each] as const)),
  );
  return (
    <DataTable
      caption="Storage nodes and the copies they hold; simulated."
      heads={['Node', 'Zone', 'State', 'Copies, each complete up to', 'Disk queue']}
      rows={view.hosts.map((host) => [
        host.id,
        host.az,
        [host.state, host.slow ? 'slow' : '', host.isolated ? 'isolated' : '']
          .filter(Boolean)
          .join(', '),
        host.segments
          .map((id) => {
            const segment = segments.get(id);
            return segment ? `PG ${segment.group} ${segment.member}: ${segment.scl}` : id;
          })
          .join('; '),
        host.diskQueue,
      ])}
    />
  );
}
