import type { LocalEvent, SentMessage } from '../../history/message.ts';
import type { Lanes } from './lanes.ts';
import type { Plan, SeenCommit, SeenEvent, SeenMessage } from './plan.ts';

/** What could not have affected what is pointed at. */
const OUTSIDE = 0.35;
/** What is not selected, while something that the picture shows is. */
const NOT_SELECTED = 0.45;
/** What other groups hear and say: it is told, but does not lie over the group in focus. */
const ELSEWHERE = 0.4;
const FULL = 1;

interface Pointed {
  readonly kind: string;
  readonly id: string;
}

/** How strongly a message is drawn. */
export function strengthOf({ look, emphasised }: Plan, seen: SeenMessage): number {
  if (look.cone) return look.cone.messages.has(seen.message.order) ? FULL : OUTSIDE;
  if (emphasised === null) return isElsewhere(seen) ? ELSEWHERE : FULL;
  return isAbout(emphasised, seen) ? FULL : NOT_SELECTED;
}

const isElsewhere = ({ from, to }: SeenMessage): boolean =>
  from.kind === 'others' || to.kind === 'others';

/** How strongly something that happened at one place is drawn. */
export function eventStrength({ look, lanes, emphasised }: Plan, event: LocalEvent): number {
  if (look.cone) return event.n <= (look.cone.until.get(event.actor) ?? -1) ? FULL : OUTSIDE;
  return emphasised === null || isOf(emphasised, event, lanes) ? FULL : NOT_SELECTED;
}

export function commitStrength({ look, emphasised }: Plan, { commit, lane }: SeenCommit): number {
  if (look.cone)
    return commit.queuedN <= (look.cone.until.get(commit.instance) ?? -1) ? FULL : OUTSIDE;
  if (emphasised === null || same(lane.stands, emphasised)) return FULL;
  const { kind, id } = emphasised;
  const about =
    (kind === 'record' && String(commit.lsn) === id) ||
    (kind === 'transaction' && String(commit.txn) === id);
  return about ? FULL : NOT_SELECTED;
}

/** What is selected, if anything in the picture is about it: nothing steps back for what is not to be seen. */
export function emphasisIn(
  selected: Pointed | null,
  messages: readonly SeenMessage[],
  events: readonly SeenEvent[],
  lanes: Lanes,
): Pointed | null {
  if (selected === null) return null;
  const shown =
    messages.some((seen) => isAbout(selected, seen)) ||
    events.some(({ event }) => isOf(selected, event, lanes));
  return shown ? selected : null;
}

const same = (a: Pointed | null, b: Pointed | null): boolean =>
  a !== null && b !== null && a.kind === b.kind && a.id === b.id;

/** Whether a message comes from, goes to or carries what is selected. */
const isAbout = (selected: Pointed, { message, from, to }: SeenMessage): boolean =>
  same(from.stands, selected) || same(to.stands, selected) || carries(message, selected);

function carries({ first, last, page, txns }: SentMessage, { kind, id }: Pointed): boolean {
  switch (kind) {
    case 'record':
      return first !== null && last !== null && Number(id) >= first && Number(id) <= last;
    case 'page':
      return String(page) === id;
    case 'transaction':
      return txns.some((txn) => String(txn) === id);
    default:
      return false;
  }
}

function isOf(selected: Pointed, { actor, lsn, page }: LocalEvent, lanes: Lanes): boolean {
  if (selected.kind === 'record') return String(lsn) === selected.id;
  if (selected.kind === 'page') return String(page) === selected.id;
  return same(lanes.of(actor)?.stands ?? null, selected);
}
