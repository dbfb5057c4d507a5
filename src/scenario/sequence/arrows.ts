import type { Flight } from '../../engine/happening.ts';
import { contentOf, flightKind } from '../../protocol/flight-content.ts';
import type { Ack, Query, Reply, Stream } from '../../protocol/messages.ts';
import type { NoteOf } from '../../protocol/notes.ts';
import type { FlightKind } from '../../protocol/view.ts';

/** One message as a line of the diagram. */
export interface Arrow {
  readonly flight: Flight;
  readonly from: string;
  readonly to: string;
  readonly kind: FlightKind;
  /** Why it was for nothing; null when it was heard. */
  readonly lost: string | null;
  /** What the writer made of an acknowledgement; null where it did not count. */
  readonly acked: NoteOf<'acked'> | null;
}

/** What nobody waits for, what answers, and what asks. */
const HEADS: Readonly<Partial<Record<FlightKind, string>>> = {
  ack: '-->>',
  reply: '-->>',
  page: '-->>',
  refusal: '-->>',
  'recovery-answer': '-->>',
  stream: '-)',
  feedback: '-)',
  gossip: '-)',
  'gossip-fill': '-)',
  backup: '-)',
  heartbeat: '-)',
  order: '-)',
  hydration: '-)',
};
const ASKS = '->>';
const LOST = '-x';

export const headOf = ({ kind, lost }: Arrow): string =>
  lost === null ? (HEADS[kind] ?? ASKS) : LOST;

/** What a line says of its message. */
export const sayOf = (arrow: Arrow): string =>
  arrow.lost === null ? contentText(arrow.flight) : `${contentText(arrow.flight)} (${arrow.lost})`;

function contentText({ message, type, from }: Flight): string {
  const { label, group } = contentOf(message, from);
  switch (type) {
    case 'QUERY':
      return (message as Query).text;
    case 'REPLY':
      return replyText(message as Reply);
    case 'WRITE':
      return `redo ${label} of PG ${group}`;
    case 'ACK':
      return ackText(message as Ack);
    case 'STREAM':
      return streamText(message as Stream, label);
    case 'GOSSIP':
      return `gossip: PG ${group} complete to ${label.replace('?', '')}`;
    case 'GOSSIP_FILL':
      return label === ''
        ? `gossip: nothing to fill in PG ${group}`
        : `fills ${label} of PG ${group}`;
    case 'READ_PAGE':
      return `reads ${label}`;
    default:
      return label === '' || label === from ? wordsOf(type) : `${wordsOf(type)} ${label}`;
  }
}

/** SCL first: how far the segment is complete is what a quorum is counted by. */
function ackText({ group, scl, got }: Ack): string {
  const stored = got.length === 0 ? 'nothing new' : spanText(got);
  return `PG ${group} complete to ${scl}, stored ${stored}`;
}

function streamText({ vdl }: Stream, label: string): string {
  return label === '' ? `stream: VDL ${vdl}` : `stream ${label}, VDL ${vdl}`;
}

function replyText({ problem, lost, commit, result }: Reply): string {
  if (commit !== null) return `committed transaction ${commit.txn} at ${commit.lsn}`;
  if (problem !== null) return problem;
  if (lost) return 'the connection is gone';
  return result === null ? 'done' : 'result';
}

const wordsOf = (type: string): string => type.toLowerCase().replaceAll('_', ' ');

/** Record numbers as "7" or "7–9 ×3". */
export function spanText(lsns: readonly number[]): string {
  const [first] = lsns;
  const last = lsns.at(-1);
  return first === last ? `${first ?? ''}` : `${first}–${last} ×${lsns.length}`;
}

/** Whether anybody outside a host sees such a message; a lost one is always worth a line. */
export function kindOf({ type, lost }: Flight): FlightKind | null {
  return flightKind(type) ?? (lost === null ? null : 'order');
}
