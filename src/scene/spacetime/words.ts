import type { CommitLife } from '../../history/commits.ts';
import type { LocalEvent, SentMessage } from '../../history/message.ts';
import type { ClusterView, FlightKind } from '../../protocol/view.ts';
import type { Micros } from '../view-types.ts';
import { durationText, rangeText } from '../words.ts';

const KINDS: Readonly<Record<FlightKind, string>> = {
  query: 'Statement',
  reply: 'Reply',
  redo: 'Redo',
  ack: 'Acknowledgement',
  stream: 'Log stream',
  feedback: 'Replica feedback',
  'page-request': 'Page request',
  page: 'Page',
  refusal: 'Refusal',
  gossip: 'Gossip',
  'gossip-fill': 'Gossip fill',
  recovery: 'Recovery question',
  'recovery-answer': 'Recovery answer',
  hydration: 'Copy being filled',
  backup: 'Backup',
  heartbeat: 'Heartbeat',
  order: 'Order',
};

export const kindWords = (kind: FlightKind): string => KINDS[kind];

const SERVICES: Readonly<Record<string, string>> = {
  control: 'the control plane',
  S3: 'the object store',
  cluster: 'the endpoint',
  restored: 'the restored volume',
};

/** An actor as it is called on screen: `PG 0 c on B2`, `W`, `app1`. */
export function actorWords({ groups }: Pick<ClusterView, 'groups'>, actor: string): string {
  const [group, member] = actor.split('/');
  if (member === undefined) return SERVICES[actor] ?? actor;
  const segment = groups[Number(group)]?.segments.find(({ id }) => id === actor);
  return `PG ${group} ${member.split('@')[0]}${segment ? ` on ${segment.host}` : ''}`;
}

/** What a message carries, in words; empty when that says nothing. */
export function cargoWords({ kind, first, last, count, page, label }: SentMessage): string {
  if (page !== null)
    return `page ${page}${kind === 'page' && last !== null ? ` as of ${last}` : ''}`;
  if (kind === 'ack') return `complete up to ${last}`;
  if (kind === 'gossip') return `complete up to ${last}?`;
  if (count > 0) return rangeText(first, last, count);
  if (kind === 'stream') return 'durable point only';
  return kind === 'query' || kind === 'reply' || kind === 'feedback' ? '' : label;
}

export type Fate = 'on its way' | 'arrived' | 'slow' | 'not taken' | 'lost';

export function fateOf(message: SentMessage, nowUs: Micros, slow: boolean): Fate {
  if (message.dueUs > nowUs) return 'on its way';
  if (message.lost !== null) return 'lost';
  if (message.unheard) return 'not taken';
  return slow ? 'slow' : 'arrived';
}

/** A moment in milliseconds. */
export const momentText = (us: Micros): string => `${(us / 1_000).toFixed(3)} ms`;

/** A message in a sentence. */
export function messageWords(
  view: Pick<ClusterView, 'groups'>,
  message: SentMessage,
  nowUs: Micros,
  slow: boolean,
): string {
  const { kind, from, to, sentUs, dueUs, lost } = message;
  const cargo = cargoWords(message);
  const what = `${KINDS[kind]}${cargo ? ` ${cargo}` : ''}`;
  const way = `${actorWords(view, from)} to ${actorWords(view, to)}`;
  const took = durationText(dueUs - sentUs);
  const ends = {
    'on its way': 'on its way',
    arrived: `took ${took}`,
    slow: `slow: took ${took}`,
    'not taken': `took ${took}, and was not taken`,
    lost: `lost: ${lost}`,
  }[fateOf(message, nowUs, slow)];
  return `${what}, ${way}, sent at ${momentText(sentUs)}, ${ends}.`;
}

/** What somebody did, in a sentence. */
export const eventWords = (
  view: Pick<ClusterView, 'groups'>,
  { actor, says, atUs }: LocalEvent,
): string => `${actorWords(view, actor)} ${says}, at ${momentText(atUs)}.`;

/** A run of deeds of one kind. */
export function runWords(view: Pick<ClusterView, 'groups'>, events: readonly LocalEvent[]): string {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return '';
  if (events.length === 1) return eventWords(view, first);
  const span = last.atUs > first.atUs ? ` within ${durationText(last.atUs - first.atUs)}` : '';
  return `${actorWords(view, first.actor)}: ${first.deed}, ${events.length} times in a row${span}; the last ${last.says}, at ${momentText(last.atUs)}.`;
}

/** A commit's wait in a sentence. */
export function commitWords(
  { lsn, txn, acks, closedUs, durableUs, brokenUs }: CommitLife,
  nowUs: Micros,
): string {
  const heard = acks.filter(({ atUs }) => atUs <= (durableUs ?? nowUs)).length;
  const of = `Commit ${lsn} of transaction ${txn}`;
  if (durableUs !== null)
    return `${of}: durable ${durationText(durableUs - closedUs)} after its mini-transaction closed, at acknowledgement ${heard}.`;
  if (brokenUs !== null) return `${of}: its writer went away before it was durable.`;
  return `${of}: waits for ${durationText(nowUs - closedUs)}, ${heard} acknowledgements so far.`;
}
