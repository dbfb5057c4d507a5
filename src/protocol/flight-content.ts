import type { Message } from '../engine/effect.ts';
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
import type { LogRecord } from './record.ts';
import { partsOf } from './topology.ts';
import type { FlightKind, FlightView } from './view.ts';
import { orderContent } from './view-orders.ts';

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

/** What a message is to those who watch; undefined for what nobody outside a host sees. */
export const flightKind = (type: string): FlightKind | undefined => KINDS[type];

/** What a message carries. */
export type Content = Pick<
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

/** What can be told of a message by itself, without the state of anybody. */
export function contentOf(message: Message, from: string): Content {
  switch (message.type) {
    case 'WRITE': {
      const { group, records } = message as Write;
      return ofRecords(records, group);
    }
    case 'STREAM':
      return ofRecords((message as Stream).records, null);
    case 'ACK':
      return ofAck(message as Ack);
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

function ofAck({ group, scl, got }: Ack): Content {
  const [first = scl] = got;
  return { ...NOTHING, group, first, last: got.at(-1) ?? scl, count: got.length };
}
