import type { ClusterView, SegmentView } from '../../protocol/view.ts';
import type { Selection } from '../../store/app-store.ts';
import { lsnText } from '../format.ts';
import styles from './log-tab.module.css';
import { segmentOf, segmentsOf } from './segments.ts';

/** The segments that a selection speaks of. */
function segmentsFor(view: ClusterView, { kind, id }: Selection): readonly SegmentView[] {
  switch (kind) {
    case 'node':
      return segmentsOf(view, view.hosts.find((host) => host.id === id)?.segments ?? []);
    case 'segment': {
      const segment = segmentOf(view, id);
      return segment ? [segment] : [];
    }
    case 'group':
      return view.groups[Number(id)]?.segments ?? [];
    case 'zone':
      return view.groups.flatMap((group) => group.segments.filter(({ az }) => az === id));
    default:
      return view.groups[0]?.segments ?? [];
  }
}

/** Each segment's newest records as a ruler: solid up to "complete up to", apart beyond a gap. */
export function LogTab(props: { readonly view: ClusterView; readonly selection: Selection }) {
  const segments = segmentsFor(props.view, props.selection).slice(0, 24);
  return (
    <table className={styles['log']}>
      <caption>Newest records of each segment; apart from the rest: above a gap.</caption>
      <thead>
        <tr>
          <th scope="col">Segment</th>
          <th scope="col">Complete up to</th>
          <th scope="col">Records</th>
        </tr>
      </thead>
      <tbody>
        {segments.map((segment) => (
          <tr key={segment.id} data-down={segment.state === 'down' || undefined}>
            <th scope="row">
              PG {segment.group} {segment.slot} <span>{segment.host}</span>
            </th>
            <td>{lsnText(segment.scl)}</td>
            <td>
              <Ruler segment={segment} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ruler({ segment: { recent, ahead } }: { readonly segment: SegmentView }) {
  const beyond = ahead.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`));
  const last = recent.at(-1);
  const words = [
    recent.length > 0 ? `${recent.length} up to ${last}` : 'none',
    ...(beyond.length > 0 ? [`then a gap, then ${beyond.join(', ')}`] : []),
  ].join(', ');
  return (
    <span className={styles['ruler']}>
      <span className={styles['ticks']} aria-hidden="true">
        {recent.map((lsn) => (
          <i key={lsn} />
        ))}
        {beyond.map((range) => (
          <b key={range} title={range} />
        ))}
      </span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
