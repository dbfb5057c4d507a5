import type { Lsn } from '../database/ids.ts';
import type { Effect } from '../engine/effect.ts';
import type { Control } from './control.ts';
import { type GroupWork, membershipIn, PATIENCE, replaced, type Wanted } from './control-work.ts';
import { type Membership, readSet, writeSet } from './membership.ts';
import {
  added,
  backwards,
  filled,
  forwards,
  reformed,
  reforming,
  unreformed,
} from './membership-steps.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import type { MembershipStep } from './notes-membership.ts';
import { quorumPoint, satisfies } from './quorum.ts';
import type { GroupId } from './record.ts';
import type { SegmentId } from './topology.ts';
import { lettered, quorumText } from './view-quorum.ts';

/** Changes of one group that go on together: expressions double with each (protocol choice). */
const MOST_AT_ONCE = 2;

/** What the control plane does next in a group. */
interface Step {
  readonly membership: Membership;
  readonly work: GroupWork;
  readonly told: Effect | null;
}

/**
 * Whether the present epoch is recorded: by a write quorum of the stricter, conjunctive set, so that
 * nobody who does not know it can find a write quorum (SIGMOD'18 §4.1; which set is a protocol choice).
 * Where so many members are gone that no write quorum is left, a read quorum is enough after a while: it
 * meets every write quorum too, and without it nothing could be repaired (SIGMOD'17 §2.1).
 */
export function recordedBy(
  membership: Membership,
  { reports, rounds }: GroupWork,
): { readonly recorded: boolean; readonly settled: boolean } {
  const has = (id: SegmentId): boolean => reports.some(({ segment }) => segment === id);
  const settled = satisfies(writeSet(membership), has);
  const fenced = rounds >= PATIENCE && satisfies(readSet(membership), has);
  return { recorded: settled || fenced, settled };
}

/**
 * The greatest LSN that can have been durable under a membership, by those who said what they have after
 * they refused everything older: whoever said nothing may have anything. Where single records count, what
 * lies beyond a gap counts too. Infinite while too few have been heard.
 */
function durableAtMost({ repair }: Control, membership: Membership, { reports }: GroupWork): Lsn {
  const counts = repair.settings.pgclRule === 'scl' ? 'scl' : 'highest';
  const heldBy = (id: SegmentId): Lsn =>
    reports.find(({ segment }) => segment === id)?.[counts] ?? Number.POSITIVE_INFINITY;
  return quorumPoint(writeSet(membership), heldBy);
}

/**
 * An LSN of a group, or where recoveries that annulled it since let the group end: nobody will ever be
 * complete to more.
 */
function surviving({ ranges, ends, settings }: Control, group: GroupId, lsn: Lsn): Lsn {
  const endOf = (recovery: number): Lsn => ends[recovery]?.[group] ?? settings.firstLsn;
  return ranges.reduce(
    (left, { above, upTo }, i) => (left > above && left <= upTo ? endOf(i) : left),
    lsn,
  );
}

/** Whoever is complete to here holds everything of the group that can be durable. */
const neededOf = (control: Control, membership: Membership, work: GroupWork): Lsn =>
  surviving(control, work.group, Math.max(work.bound, durableAtMost(control, membership, work)));

/** The next step in a group, or null while there is nothing to do but wait. */
export function nextStep(control: Control, work: GroupWork): Step | null {
  const membership = membershipIn(control.repair, work.group);
  if (work.before !== null) {
    if (!work.recorded) return null;
    return boundKnown(control, membership, work);
  }
  for (const wanted of work.wanted) {
    const step = stepFor(control, membership, work, wanted);
    if (step !== null) return step;
  }
  return reformStep(control, membership, work);
}

/** What was durable before the present epoch is known now: a new member has to hold it. */
function boundKnown(control: Control, membership: Membership, work: GroupWork): Step | null {
  const { before } = work;
  if (before === null) return null;
  const durable = durableAtMost(control, before, work);
  if (!Number.isFinite(durable)) return null;
  const bound = Math.max(work.bound, durable);
  const joining = membership.places.filter(
    ({ replacement }) => replacement !== null && replacement.joinedAt === null,
  );
  const next = joining.reduce(
    (changed, { slot }) => filled(changed, slot, { joinedAt: bound, hydrated: false }),
    membership,
  );
  return { membership: next, work: { ...work, before: null, bound }, told: null };
}

function stepFor(
  control: Control,
  membership: Membership,
  work: GroupWork,
  wanted: Wanted,
): Step | null {
  const { answered, joined, candidate, segment, reason, slot } = wanted;
  if (!wanted.added) {
    if (answered || isMistaken(work, wanted)) return dropped(membership, work, wanted);
    const others = work.wanted.filter((each) => each.added).length;
    if (!joined || candidate === null || others >= MOST_AT_ONCE) return null;
    const next = added(membership, slot, candidate, reason);
    const after = {
      ...begun(work, membership),
      wanted: replaced(work, { ...wanted, added: true }),
    };
    return { membership: next, work: after, told: stepNote(next, 'added', candidate, segment) };
  }
  if (candidate === null) return null;
  if (answered || wanted.silent >= PATIENCE) return back(membership, work, wanted);
  return fill(control, membership, work, wanted) ?? finish(control, membership, work, wanted);
}

/** A suspicion that had to wait, of a member that has answered the control plane meanwhile. */
const isMistaken = ({ reports }: GroupWork, { reason, joined, waited, segment }: Wanted): boolean =>
  reason === 'suspected' &&
  !joined &&
  waited >= PATIENCE &&
  reports.some((report) => report.segment === segment && report.based);

const isHydrated = ({ places }: Membership, id: SegmentId): boolean =>
  places.some(({ replacement }) => replacement?.segment === id && replacement.hydrated);

/** A suspicion that is over before anything was changed. */
function dropped(membership: Membership, work: GroupWork, { slot, candidate }: Wanted): Step {
  const wanted = work.wanted.filter((each) => each.slot !== slot);
  const retired = candidate === null ? work.retired : [...work.retired, candidate];
  return { membership, work: { ...work, wanted, retired }, told: null };
}

/** The member is back, or the new one is gone: the old one keeps its place (SIGMOD'18 §4.1). */
function back(membership: Membership, work: GroupWork, wanted: Wanted): Step {
  const { slot, candidate, segment, answered } = wanted;
  const next = backwards(membership, slot);
  const again = {
    ...wanted,
    number: null,
    candidate: null,
    joined: false,
    added: false,
    silent: 0,
  };
  const left = answered ? work.wanted.filter((each) => each.slot !== slot) : replaced(work, again);
  const retired = candidate === null ? work.retired : [...work.retired, candidate];
  return {
    membership: next,
    work: { ...begun(work, membership), wanted: left, retired },
    told: stepNote(next, 'back', segment, candidate),
  };
}

/** The new member holds what was durable when it joined, in pages and log: it counts for reads. */
function fill(
  control: Control,
  membership: Membership,
  work: GroupWork,
  { slot, candidate }: Wanted,
): Step | null {
  const place = membership.places.find((each) => each.slot === slot);
  const replacement = place?.replacement ?? null;
  if (replacement === null || replacement.hydrated || replacement.joinedAt === null) return null;
  const { joinedAt } = replacement;
  const report = work.reports.find(({ segment }) => segment === candidate);
  const isFull =
    report?.based === true && report.scl >= surviving(control, membership.group, joinedAt);
  const early = mutated(control.repair.settings.mutations, 'count-empty-member');
  if (!isFull && !early) return null;
  const told = note({
    type: 'hydrated',
    group: membership.group,
    segment: replacement.segment,
    scl: report?.scl ?? 0,
    joinedAt,
  });
  return { membership: filled(membership, slot, { joinedAt, hydrated: true }), work, told };
}

/** The new member holds everything that can be durable: it takes the place. */
function finish(
  control: Control,
  membership: Membership,
  work: GroupWork,
  { slot, candidate, segment }: Wanted,
): Step | null {
  if (candidate === null) return null;
  const scl = work.reports.find((report) => report.segment === candidate)?.scl ?? 0;
  const complete =
    isHydrated(membership, candidate) &&
    work.recorded &&
    scl >= neededOf(control, membership, work);
  if (!complete && !mutated(control.repair.settings.mutations, 'retire-before-hydrated'))
    return null;
  const next = forwards(membership, slot);
  return {
    membership: next,
    work: {
      ...begun(work, membership),
      wanted: work.wanted.filter((each) => each.slot !== slot),
      retired: [...work.retired, segment],
    },
    told: stepNote(next, 'forward', candidate, segment),
  };
}

/** A zone is given up for long, or taken back: another model, with the other one in force until then. */
function reformStep(control: Control, membership: Membership, work: GroupWork): Step | null {
  const { reform } = work;
  const { towards } = membership;
  const leaves = (reform?.away ?? membership.away).length > 0;
  if (reform === null && towards === null) return null;
  if (reform === null) {
    const next = unreformed(membership);
    return {
      membership: next,
      work: begun(work, membership),
      told: stepNote(next, 'keeping the zone'),
    };
  }
  if (towards === null) {
    const next = reforming(membership, reform);
    const step = leaves ? 'leaving the zone' : 'returning to the zone';
    return { membership: next, work: begun(work, membership), told: stepNote(next, step) };
  }
  if (!isComplete(control, membership, work) || control.repair.reform?.done !== true) return null;
  const next = reformed(membership);
  const step = leaves ? 'without the zone' : 'with the zone';
  return {
    membership: next,
    work: { ...begun(work, membership), reform: null },
    told: stepNote(next, step),
  };
}

/**
 * Whether everyone who will count under the new model is complete to what can be durable: else a smaller
 * read quorum could miss it, in 6 of 90 cases.
 */
export function isComplete(control: Control, membership: Membership, work: GroupWork): boolean {
  const { towards, places } = membership;
  if (towards === null || work.before !== null || !work.recorded) return false;
  if (mutated(control.repair.settings.mutations, 'shrink-before-complete')) return true;
  const needed = neededOf(control, membership, work);
  return places
    .filter(({ slot }) => !towards.away.includes(slot))
    .every(({ member }) =>
      work.reports.some(({ segment, scl, based }) => segment === member && based && scl >= needed),
    );
}

/** The work after a step: nobody has recorded the new epoch yet. */
const begun = (work: GroupWork, before: Membership): GroupWork => ({
  ...work,
  before,
  reports: [],
  recorded: false,
  settled: false,
  rounds: 0,
});

function stepNote(
  membership: Membership,
  step: MembershipStep,
  subject: SegmentId | null = null,
  instead: SegmentId | null = null,
): Effect {
  const { group, epoch } = membership;
  const write = quorumText(lettered(writeSet(membership)));
  const read = quorumText(lettered(readSet(membership)));
  return note({ type: 'membership', group, epoch, step, subject, instead, write, read });
}
