import type { NoteOf } from '../notes.ts';
import type { MembershipNote, MembershipStep } from '../notes-membership.ts';
import { partsOf, type SegmentId } from '../topology.ts';
import { RULES } from './rules.ts';
import { only, type Setting, type Tale, type Tellers } from './told.ts';
import { count, grouped, groupOf, pg, span } from './words.ts';

/** A member by its letter, as the papers speak of F and G. */
const letter = (segment: SegmentId): string => partsOf(segment).member.toUpperCase();

/** Who keeps a group, and how that changes: suspicion, repair, another quorum model. */
export const MEMBERSHIP: Tellers<MembershipNote['type']> = {
  suspected: ({ group, segment, by }, { hostOf, nameOf }) => ({
    glyph: 'fail',
    sentence: `${hostOf(segment)}’s copy ${letter(segment)} of ${pg(group)} is to be replaced`,
    why:
      by === 'outside'
        ? 'Somebody ordered it. Nothing is lost if that was a mistake: the change can be taken back.'
        : `${nameOf(by)} has had no word of it for a while, though others acknowledge. That may be wrong, and costs little then.`,
    rule: RULES.suspicion,
    refs: { segments: [segment], groups: [group] },
  }),
  'host-chosen': ({ group, segment, instead, reason }, { hostOf }) => ({
    glyph: 'heal',
    sentence: `Control plane asks ${hostOf(segment)} to carry ${letter(segment)} of ${pg(group)}`,
    why: `Instead of ${letter(instead)}${reason === 'hot' ? ', whose disk has too much to do' : ''}: in the same zone, beside no other copy of the group, where the fewest segments are.`,
    rule: RULES.placement,
    refs: { segments: [segment, instead], groups: [group] },
  }),
  'no-host': ({ group, segment, az }) => ({
    glyph: 'wait',
    sentence: `No node in AZ ${az} can carry another copy of ${pg(group)}`,
    why: `Each one already has a copy or is not well: ${letter(segment)} keeps its place until one is free.`,
    rule: RULES.placement,
    refs: { segments: [segment], groups: [group] },
  }),
  membership,
  'membership-recorded': ({ group, epoch, segments, byWriteQuorum }) => ({
    glyph: 'durable',
    sentence: `${count(segments.length, 'copy').replace('copys', 'copies')} of ${pg(group)} recorded membership epoch ${grouped(epoch)}`,
    why: byWriteQuorum
      ? `A write quorum of the stricter set: whoever presents epoch ${grouped(epoch - 1)} finds no write quorum any more.`
      : 'No write quorum is left, so a read quorum has to do: it meets every write quorum as well.',
    rule: RULES.membershipEpoch,
    refs: { segments, groups: [group] },
  }),
  'membership-adopted': ({ actor, group, epoch }, { hostOf, nameOf }) => ({
    glyph: 'setting',
    sentence: `${actor.includes('/') ? hostOf(actor as SegmentId) : nameOf(actor)} knows membership epoch ${grouped(epoch)} of ${pg(group)}`,
    why: `From now on it refuses, or is refused, whatever is older than ${grouped(epoch)}.`,
    rule: RULES.membershipEpoch,
    refs: { groups: [group] },
  }),
  copied: ({ segment, source, part, parts }, { hostOf }) => ({
    glyph: 'page',
    sentence: `${hostOf(segment)} has ${grouped(part)} of ${count(parts, 'part')} of ${pg(groupOf(segment))} from ${hostOf(source)}`,
    why: `${Math.floor((part * 100) / parts)} % of the bytes of a whole segment; writes reach it meanwhile.`,
    rule: RULES.repairTime,
    refs: { segments: [segment, source] },
  }),
  hydrated: ({ group, segment, scl, joinedAt }, { hostOf }) => ({
    glyph: 'heal',
    sentence: `${letter(segment)} of ${pg(group)} on ${hostOf(segment)} counts for reads from now on`,
    why: `It has its pages and is complete up to ${scl}; when it joined, nothing above ${joinedAt} was durable.`,
    rule: RULES.hydration,
    refs: { segments: [segment], groups: [group], lsns: [only(scl)] },
  }),
  geometry: ({ epoch, az, state }) => ({
    glyph: 'setting',
    sentence:
      state === 'given up'
        ? `Volume goes on without AZ ${az}: 3 of 4 copies, geometry epoch ${grouped(epoch)}`
        : `Volume counts AZ ${az} again: 4 of 6 copies, geometry epoch ${grouped(epoch)}`,
    why:
      state === 'given up'
        ? 'In every group the four copies left have everything durable, so two of them are enough to read.'
        : 'The copies there have everything durable again.',
    rule: RULES.extendedLoss,
    refs: {},
  }),
  patch: ({ host, state, left, tookUs }) => ({
    glyph: state === 'begun' ? 'setting' : 'heal',
    sentence:
      state === 'begun'
        ? `${host} is taken down for a patch, ${count(left, 'node')} to follow`
        : `${host} is patched and whole again after ${span(tookUs)}`,
    why:
      state === 'begun'
        ? 'One node at a time, so that no group ever misses two copies. Nothing is replaced: it comes back.'
        : 'Its segments have caught up, so the next node may go.',
    rule: RULES.patching,
    refs: { hosts: [host] },
  }),
};

const STEPS: Readonly<Record<MembershipStep, (subject: string, other: string) => string>> = {
  added: (subject, other) => `${subject} joins beside ${other}`,
  forward: (subject, other) => `${subject} takes the place of ${other}`,
  back: (subject, other) => `${subject} keeps its place, ${other} goes`,
  'leaving the zone': () => 'writes also need 3 of the 4 copies left',
  'without the zone': () => '3 of the 4 copies left',
  'returning to the zone': () => 'writes also need 4 of all 6 copies',
  'with the zone': () => '4 of 6 copies again',
  'keeping the zone': () => '4 of 6 copies, as before',
};

function membership(note: NoteOf<'membership'>, _: Setting): Tale {
  const { group, epoch, step, subject, instead, write, read } = note;
  const name = (id: SegmentId | null): string => (id === null ? '' : letter(id));
  const segments = [subject, instead].filter((id) => id !== null);
  return {
    glyph: step === 'added' ? 'setting' : 'heal',
    sentence: `Membership epoch ${grouped(epoch)} of ${pg(group)}: ${STEPS[step](name(subject), name(instead))}`,
    why: `Writes need ${write}; a reader has to hear of ${read}.`,
    rule: RULES.quorumSets,
    refs: { segments, groups: [group] },
  };
}
