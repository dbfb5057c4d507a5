import type { ClusterView, FlightView } from '../../protocol/view.ts';
import { plural } from '../../scene/words.ts';
import type { Selection } from '../../store/app-store.ts';
import { clockText } from '../../store/clock-text.ts';
import { EventGlyph } from '../kit/event-glyph.tsx';
import styles from './network-tab.module.css';

/** Beyond this many rows a table no longer helps; the caption says how many there are. */
const MOST_ROWS = 40;

function concerns(flight: FlightView, { kind, id }: Selection, view: ClusterView): boolean {
  switch (kind) {
    case 'node':
    case 'instance':
    case 'client':
    case 'service':
      return flight.fromHost === id || flight.toHost === id;
    case 'segment':
      return flight.from === id || flight.to === id;
    case 'group':
      return flight.group === Number(id);
    case 'zone':
      return view.hosts.some(
        (host) => host.az === id && (flight.fromHost === host.id || flight.toHost === host.id),
      );
    case 'record':
      return (
        flight.first !== null && flight.first <= Number(id) && Number(id) <= (flight.last ?? 0)
      );
    case 'transaction':
      return flight.txns.includes(Number(id));
    case 'page':
      return flight.page === Number(id);
  }
}

const GLYPHS: Readonly<Record<FlightView['kind'], string>> = {
  query: 'sql',
  reply: 'commit',
  redo: 'redo',
  ack: 'ack',
  stream: 'stream',
  feedback: 'setting',
  'page-request': 'page-request',
  page: 'page',
  refusal: 'fail',
  gossip: 'gossip',
  'gossip-fill': 'gossip',
  recovery: 'recovery',
  'recovery-answer': 'recovery-answer',
  hydration: 'hydration',
  backup: 'backup',
  heartbeat: 'heartbeat',
  order: 'order',
};

function contents({ first, last, page }: FlightView): string {
  if (first !== null) return first === last || last === null ? `${first}` : `${first}–${last}`;
  return page === null ? '–' : `page ${page}`;
}

/** Messages on their way to and from the selection: the moving marks of the stage, as a table. */
export function NetworkTab(props: { readonly view: ClusterView; readonly selection: Selection }) {
  const flights = props.view.flights.filter((f) => concerns(f, props.selection, props.view));
  return (
    <table className={styles['network']}>
      <caption>{plural(flights.length, 'message')} in flight</caption>
      <thead>
        <tr>
          <th scope="col">Message</th>
          <th scope="col">From, to</th>
          <th scope="col">Carries</th>
          <th scope="col">Arrives</th>
        </tr>
      </thead>
      <tbody>
        {flights.slice(0, MOST_ROWS).map((flight) => (
          <tr key={flight.id}>
            <td>
              <span className={styles['kind']}>
                <EventGlyph name={GLYPHS[flight.kind]} /> {flight.kind.replace('-', ' ')}
              </span>
            </td>
            <td>
              {flight.fromHost} → {flight.toHost}
            </td>
            <td>{contents(flight)}</td>
            <td>{flight.lost ? `lost: ${flight.lost}` : clockText(flight.dueUs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
