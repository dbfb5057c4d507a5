import type { GroupView, MeterView } from '../protocol/view.ts';
import type { RecoveryView } from '../protocol/view-change.ts';

type MeterState = MeterView['slots'][number]['state'];

/** One member's sector: what it has of the record, and whether its place changes hands. */
export interface Copy {
  readonly slot: MeterView['slots'][number]['slot'];
  readonly member: string;
  /** Struck: its zone was given up, and its place counts no more. */
  readonly state: MeterState | 'struck';
  readonly part: 'settled' | 'old' | 'new';
}

/** One part of a quorum expression, as the hexagon that has to be sealed. */
export interface Reading {
  /** How it is joined to the one before. */
  readonly joiner: 'and' | 'or' | null;
  readonly members: readonly string[];
  readonly copies: readonly Copy[];
  readonly acked: number;
  readonly sealed: boolean;
}

type Expression = GroupView['write'];

/** The outermost parts of an expression, in reading order. */
function partsOf(quorum: Expression): readonly (readonly [Reading['joiner'], Expression])[] {
  if ('k' in quorum) return [[null, quorum]];
  const [word, parts] =
    'and' in quorum ? (['and', quorum.and] as const) : (['or', quorum.or] as const);
  return parts.map((part, k) => [k === 0 ? null : word, part] as const);
}

/** Whether these members satisfy an expression. */
function isMet(quorum: Expression, has: ReadonlySet<string>): boolean {
  if ('k' in quorum) return quorum.of.filter((member) => has.has(member)).length >= quorum.k;
  return 'and' in quorum
    ? quorum.and.every((part) => isMet(part, has))
    : quorum.or.some((part) => isMet(part, has));
}

function membersIn(quorum: Expression): readonly string[] {
  if ('k' in quorum) return quorum.of;
  return [...new Set(('and' in quorum ? quorum.and : quorum.or).flatMap(membersIn))];
}

/** Which part a member takes in a change of its place. */
function partOf({ places }: GroupView, member: string): Copy['part'] {
  if (places.some(({ replacement }) => replacement?.member === member)) return 'new';
  const own = places.find((place) => place.member === member);
  return own?.replacement ? 'old' : 'settled';
}

type Known = Pick<Copy, 'slot' | 'member' | 'state'>;

function readings(group: GroupView, quorum: Expression, all: readonly Known[]) {
  const has = new Set(all.filter(({ state }) => state === 'acked').map(({ member }) => member));
  return partsOf(quorum).map(([joiner, part]): Reading => {
    const members = membersIn(part);
    const copies = all.flatMap((copy): readonly Copy[] => {
      const struck = group.places.some(({ member, struck }) => struck && member === copy.member);
      if (!struck && !members.includes(copy.member)) return [];
      return [
        {
          ...copy,
          state: struck ? 'struck' : copy.state,
          part: partOf(group, copy.member),
        },
      ];
    });
    return {
      ...{ joiner, members, copies },
      acked: members.filter((member) => has.has(member)).length,
      sealed: isMet(part, has),
    };
  });
}

/** The newest record's write quorum, part by part. */
export const readingsOf = (group: GroupView, meter: MeterView): readonly Reading[] =>
  readings(group, group.write, meter.slots);

/** Who has answered the present question of a recovery, against the quorum that it needs. */
export function answersOf(group: GroupView, recovery: RecoveryView): readonly Reading[] {
  const asked = recovery.groups.find(({ id }) => id === group.id);
  const copies = group.segments.map(({ id, slot, member, state }): Known => {
    const answered = asked?.answered.includes(id) ?? false;
    return { slot, member, state: answered ? 'acked' : state === 'down' ? 'down' : 'sent' };
  });
  return readings(group, recovery.phase === 'polling' ? group.read : group.write, copies);
}
