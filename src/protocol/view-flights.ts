import type { Flight } from '../engine/happening.ts';
import { placesHeld } from './membership.ts';
import type {
  Ack,
  Gossip,
  GossipFill,
  PageAnswer,
  ReadPage,
  ReadRefused,
  Stream,
  Write,
} from './messages.ts';
import type { FetchBlock, Stage } from './messages-upkeep.ts';
import { LOST_REACH_PERMILLE } from './network.ts';
import type { LogRecord } from './record.ts';
import { partsOf, type SegmentId } from './topology.ts';
import type { FlightKind, FlightView } from './view.ts';
import { type World, writerIn } from './view-actors.ts';
import { orderContent } from './view-orders.ts';
import type { WriterGroup } from './writer.ts';

const KINDS: Readonly<Record<string, FlightKind>> = {
  QUERY: 'query',
  RAW: 'query',
  REPLY: 'reply',
  WRITE: 'redo',
  ACK: 'ack',
  STREAM: 'stream',
  ATTACHED: 'stream',
  RESUMED: 'stream',
  FALLEN_BEHIND: 'refusal',
  FEEDBACK: 'feedback',
  ATTACH: 'feedback',
  READ_PAGE: 'page-request',
  PAGE: 'page',
  READ_REFUSED: 'refusal',
  REFUSED: 'refusal',
  GOSSIP: 'gossip',
  GOSSIP_FILL: 'gossip-fill',
  FETCH_BLOCK: 'gossip',
  BLOCK: 'gossip-fill',
  STAGE: 'backup',
  RESTORE: 'backup',
  POINTS: 'heartbeat',
  RECOVERY_READ: 'recovery',
  RECOVERY_STATE: 'recovery-answer',
  TRUNCATE: 'recovery',
  TRUNCATED: 'recovery-answer',
  OPEN_VOLUME: 'order',
  VOLUME_OPENED: 'order',
  VOLUME_REFUSED: 'refusal',
  RECORD_RANGE: 'order',
  RANGE_RECORDED: 'order',
  VOLUME_READY: 'order',
  REGISTER: 'order',
  ROLE: 'order',
  TAKE_OVER: 'order',
  HEARTBEAT: 'heartbeat',
  RESOLVE: 'order',
  ENDPOINT: 'order',
  COPY: 'order',
  COPY_PART: 'hydration',
  JOIN: 'order',
  JOINED: 'order',
  MEMBERSHIP: 'order',
  RECORDED: 'order',
  ASK_MEMBERSHIP: 'order',
  ANSWERS: 'order',
  SUSPECT: 'order',
  RETIRING: 'order',
};

/** Messages between hosts that are on their way, in order of sending. */
export function flightViews(world: World): readonly FlightView[] {
  const { placeOf } = world.network.cluster;
  const out: FlightView[] = [];
  for (const flight of world.waiting) {
    const kind = flight.timer === null ? KINDS[flight.type] : undefined;
    if (kind === undefined) continue;
    const fromHost = placeOf(flight.from).host;
    const toHost = placeOf(flight.to).host;
    if (fromHost !== toHost) out.push(flightView(world, flight, kind, fromHost, toHost));
  }
  return out.sort((a, b) => a.id - b.id);
}

const reachOf = (flight: Flight): number => (flight.lost === null ? 1 : LOST_REACH_PERMILLE / 1000);

function flightView(
  world: World,
  flight: Flight,
  kind: FlightKind,
  fromHost: string,
  toHost: string,
): FlightView {
  return {
    id: flight.order,
    kind,
    from: flight.from,
    to: flight.to,
    fromHost,
    toHost,
    sentUs: flight.sentUs,
    dueUs: flight.atUs,
    lost: flight.lost,
    reach: reachOf(flight),
    ...contentOf(world, flight),
  };
}

type Content = Pick<
  FlightView,
  'group' | 'first' | 'last' | 'count' | 'undoes' | 'txns' | 'page' | 'label'
>;

const NOTHING: Content = {
  group: null,
  first: null,
  last: null,
  count: 0,
  undoes: 0,
  txns: [],
  page: null,
  label: '',
};

function contentOf(world: World, { message, from }: Flight): Content {
  switch (message.type) {
    case 'WRITE': {
      const { group, records } = message as Write;
      return ofRecords(records, group);
    }
    case 'STREAM':
      return ofRecords((message as Stream).records, null);
    case 'ACK':
      return ofAck(world, message as Ack);
    case 'READ_PAGE': {
      const { page, readPoint } = message as ReadPage;
      return { ...NOTHING, page, last: readPoint, label: `page ${page}` };
    }
    case 'PAGE': {
      const { page } = message as PageAnswer;
      const { group } = partsOf((message as PageAnswer).segment);
      return {
        ...NOTHING,
        group,
        page: page.no,
        last: page.lsn,
        label: `page ${page.no}@${page.lsn}`,
      };
    }
    case 'GOSSIP': {
      const { scl, segment } = message as Gossip;
      return { ...NOTHING, group: partsOf(segment).group, last: scl, label: `${scl}?` };
    }
    case 'GOSSIP_FILL': {
      const { records, segment } = message as GossipFill;
      return ofRecords(records, partsOf(segment).group);
    }
    case 'READ_REFUSED':
      return { ...NOTHING, label: (message as ReadRefused).reason };
    case 'STAGE': {
      const { records, group } = message as Stage;
      return ofRecords(records, group);
    }
    case 'FETCH_BLOCK':
    case 'BLOCK': {
      const { page, lsn, segment } = message as FetchBlock;
      const { group } = partsOf(segment);
      return { ...NOTHING, group, page, last: lsn, label: `page ${page}` };
    }
    default:
      return { ...NOTHING, ...(orderContent(message) ?? { label: from }) };
  }
}

function ofRecords(records: readonly LogRecord[], group: number | null): Content {
  const first = records[0]?.lsn ?? null;
  const last = records[records.length - 1]?.lsn ?? null;
  const txns = [...new Set(records.map(({ txn }) => txn).filter((txn) => txn !== 0))];
  const count = records.length;
  const undoes = records.filter(({ kind }) => kind === 'clr').length;
  const span = first === last ? `${first ?? ''}` : `${first}–${last} ×${count}`;
  const label = count > 0 && undoes === count ? `undo ${span}` : span;
  return { group, first, last, count, undoes, txns, page: null, label };
}

/**
 * An acknowledgement says which one it would be if it arrived now; a repeated one counts no place twice, and
 * one of a copy that is still being filled does not count.
 */
function tallyOf(group: WriterGroup, { segment, scl }: Ack): string {
  const { members, points, membership } = group;
  const isComplete = (id: SegmentId): boolean => (points.scl[members.indexOf(id)] ?? 0) >= scl;
  const before = placesHeld(membership, (id) => id !== segment && isComplete(id));
  const after = placesHeld(membership, (id) => id === segment || isComplete(id));
  const places = membership.places.length - membership.away.length;
  return after > before ? `${after} of ${places}` : '';
}

function ofAck(world: World, ack: Ack): Content {
  const { group: id, scl, got } = ack;
  const group = writerIn(world).context.groups.at(id);
  return {
    ...NOTHING,
    group: id,
    first: got[0] ?? scl,
    last: got[got.length - 1] ?? scl,
    count: got.length,
    label: group === undefined ? '' : tallyOf(group, ack),
    txns: txnsOf(world, got),
  };
}

function txnsOf(world: World, lsns: readonly number[]): readonly number[] {
  const { pending } = writerIn(world).context.volume;
  const txns = new Set<number>();
  for (const lsn of lsns) {
    const record = pending.at(pending.firstIndex((each) => each.lsn >= lsn));
    if (record?.lsn === lsn && record.txn !== 0) txns.add(record.txn);
  }
  return [...txns];
}
