import { type Delivery, NO_EFFECTS, type Outcome, send } from '../engine/effect.ts';
import type { Instance } from './instance.ts';
import type { AskMembership, MembershipIs } from './messages-membership.ts';
import { copyOf, groupAt, type Replica } from './replica.ts';
import { informed, isNews } from './seats.ts';

/** A reader learns who keeps a group: from now on it asks those for pages (SIGMOD'18 §4.1). */
export function followMembership(
  replica: Replica,
  { message }: Delivery<MembershipIs>,
): Outcome<Replica> {
  const { group: id } = message.membership;
  const group = replica.groups.at(id);
  if (group === undefined || !isNews(group, message)) return [replica, NO_EFFECTS];
  const next = copyOf(replica);
  next.groups = replica.groups.with(id, groupAt(informed(group, message, replica.id), group.tail));
  return [next, NO_EFFECTS];
}

/** A segment has seen a newer epoch in a request, and asks what it stands for. */
export function answerMembership<I extends Instance>(
  instance: I,
  { message, from }: Delivery<AskMembership>,
): Outcome<I> {
  const group = instance.groups.at(message.group);
  if (group === undefined) return [instance, NO_EFFECTS];
  const { membership, epochs } = group;
  const { geometry, volume } = epochs;
  const answer: MembershipIs = { type: 'MEMBERSHIP', membership, geometry, volume };
  return [instance, [send(from, answer)]];
}
