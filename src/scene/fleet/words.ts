import type { Fleet, FleetCopy } from '../../history/fleet.ts';
import { ownersWords } from './owner-words.ts';
import { badgeOf } from './states.ts';

const grouped = (n: number): string => `${n}`.replace(/\B(?=(\d{3})+$)/g, ',');

/** Whether writes go on, in words, in the order of `HEALTHS`. */
const HEALTH_WORDS = [
  'data at risk: no read quorum',
  'writes wait',
  'writes go on',
  'writes go on',
  'writes go on',
] as const;

/** One group in a sentence: how it fares, whose its pages are, and how far it has come. */
export function groupWords(fleet: Fleet, group: number): string {
  const pages = fleet.pages(group);
  const parts = [
    fareWords(fleet, group),
    ...(pages ? [ownersWords(pages)] : []),
    farWords(fleet, group),
  ];
  return `PG ${grouped(group)}: ${parts.join(' ')}`;
}

/** How many copies of a group answer and what follows from it. */
function fareWords(fleet: Fleet, group: number): string {
  const held = fleet.held[group] ?? 0;
  const health = HEALTH_WORDS[fleet.health[group] ?? 0];
  return `${held} of ${countedIn(fleet, group)} copies answer, ${health}.`;
}

function farWords(fleet: Fleet, group: number): string {
  const live = fleet.detail(group);
  return live
    ? `PGCL ${live.pgcl}, membership epoch ${live.membershipEpoch}.`
    : 'Laid out by rule, not simulated.';
}

function countedIn(fleet: Fleet, group: number): number {
  const copies = [0, 1, 2, 3, 4, 5].map((k) => fleet.copy(group, k));
  return copies.filter((copy) => copy !== null && copy.state !== 'not counted').length;
}

/** One copy of a group in a sentence. */
export function copyWords(fleet: Fleet, group: number, copy: FleetCopy): string {
  return `PG ${grouped(group)}, slot ${copy.slot} on ${copy.host.id}: ${stateWords(fleet, group, copy)}. ${fareWords(fleet, group)} ${farWords(fleet, group)}`;
}

/** The state of a copy, and who is on the way to take its place. */
export function stateWords(fleet: Fleet, group: number, { slot, state, host }: FleetCopy): string {
  const place = fleet.detail(group)?.places.find((each) => each.slot === slot);
  const coming = place?.replacement;
  if (!coming) return state === 'up' ? 'up' : badgeOf(state, null);
  const filled = coming.hydrated ? 'filled' : `${coming.percent} % filled`;
  if (coming.host === host.id) return `${filled}, in the place of ${place?.member}`;
  return `${state}, ${coming.member} on ${coming.host} is ${filled}`;
}

interface Left {
  readonly segments: number;
  readonly least: number;
  /** How many groups have how many copies left. */
  readonly tally: readonly number[];
  /** They are down already. */
  readonly lost: boolean;
}

/** What the loss of a node, or of several, would leave. */
export function lossWords(name: string, { segments, least, tally, lost }: Left): string {
  const held = `${grouped(segments)} segment${segments === 1 ? '' : 's'}`;
  const all = tally.reduce((sum, count) => sum + count, 0);
  const few = tally[least] ?? 0;
  const them = few === all ? '' : `, ${grouped(few)} of them no more`;
  const left = `every group has at least ${least} of 6${them}`;
  return lost
    ? `${name} is down with ${held}; ${left}.`
    : `${name} holds ${held}; without it ${left}.`;
}
