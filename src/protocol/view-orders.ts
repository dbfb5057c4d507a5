import type { Message } from '../engine/effect.ts';
import type { Refused } from './messages.ts';
import type {
  Endpoint,
  OpenVolume,
  RecordRange,
  RecoveryRead,
  RecoveryState,
  Role,
  Truncate,
  VolumeOpened,
} from './recovery-messages.ts';
import type { FlightView } from './view.ts';

type About = Pick<FlightView, 'group' | 'label'>;

const rangeText = ({ above, upTo }: { readonly above: number; readonly upTo: number }): string =>
  `annuls (${above}, ${upTo}]`;

/** What messages of recovery and of the control plane are about, in a word or two; null for all others. */
export function orderContent(message: Message): About | null {
  switch (message.type) {
    case 'RECOVERY_READ': {
      const { group, epochs } = message as RecoveryRead;
      return { group, label: `epoch ${epochs.volume}` };
    }
    case 'RECOVERY_STATE': {
      const { group, scl } = message as RecoveryState;
      return { group, label: `complete to ${scl}` };
    }
    case 'TRUNCATE': {
      const { group, ranges } = message as Truncate;
      const range = ranges[ranges.length - 1];
      return { group, label: range ? rangeText(range) : 'annuls' };
    }
    case 'REFUSED': {
      const { group, reason } = message as Refused;
      return { group, label: reason.replaceAll('-', ' ') };
    }
    default: {
      const label = wordOf(message);
      return label === null ? null : { group: null, label };
    }
  }
}

function wordOf(message: Message): string | null {
  switch (message.type) {
    case 'OPEN_VOLUME':
      return `epoch ${(message as OpenVolume).expected + 1}?`;
    case 'VOLUME_OPENED':
      return `epoch ${(message as VolumeOpened).epoch}`;
    case 'VOLUME_REFUSED':
      return 'another epoch began';
    case 'RECORD_RANGE':
      return rangeText((message as RecordRange).range);
    case 'TRUNCATED':
      return 'annulled';
    case 'RANGE_RECORDED':
      return 'recorded';
    case 'ROLE':
    case 'ENDPOINT':
      return `writer: ${(message as Role | Endpoint).writer}`;
    case 'TAKE_OVER':
      return 'take over';
    case 'VOLUME_READY':
      return 'open';
    case 'REGISTER':
      return 'registers';
    case 'RESOLVE':
      return 'who writes?';
    case 'HEARTBEAT':
    case 'POINTS':
      return '';
    default:
      return null;
  }
}
