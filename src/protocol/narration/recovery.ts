import { clientOf } from '../../database/connections.ts';
import type { NoteOf } from '../notes.ts';
import type { FailoverStep, RecoveryNote } from '../notes-recovery.ts';
import type { RecoveryPhase } from '../view-change.ts';
import { RULES, type Rule } from './rules.ts';
import { type Glyph, only, type Setting, type Tale, type Tellers } from './told.ts';
import { count, grouped, pg, span } from './words.ts';

/** How the volume is opened anew, by whom, and what becomes of those who do not know yet. */
export const RECOVERY: Tellers<RecoveryNote['type']> = {
  refused,
  'epoch-adopted': ({ segment, from, to }, { hostOf }) => ({
    glyph: 'setting',
    sentence: `${hostOf(segment)} promises: nothing of volume epoch ${from} any more, only of ${to}`,
    why: `From now on it refuses whatever claims epoch ${from} or less.`,
    rule: RULES.promiseOnRead,
    refs: { segments: [segment] },
  }),
  truncated: ({ segment, above, upTo, dropped, sclFrom, sclTo }, { hostOf }) => ({
    glyph: 'collect',
    sentence:
      dropped > 0
        ? `${hostOf(segment)} drops ${count(dropped, 'record')} annulled above ${above}`
        : `${hostOf(segment)} notes what is annulled above ${above}: it has none of it`,
    minor: dropped === 0,
    why:
      sclTo < sclFrom
        ? `Its SCL goes down from ${sclFrom} to ${sclTo}: the one case in which it may.`
        : `It held none below its SCL; up to ${upTo} nothing older will be taken.`,
    rule: RULES.truncate,
    refs: { segments: [segment], lsns: [{ first: above + 1, last: upTo }] },
  }),
  'epoch-raised': ({ instance, epoch }, { nameOf }) => ({
    glyph: 'setting',
    sentence: `Control plane raises the volume epoch to ${grouped(epoch)} for ${nameOf(instance)}`,
    why: `It compares and sets: of two who want to open the volume, one gets epoch ${grouped(epoch)}.`,
    rule: RULES.volumeEpoch,
    refs: { instances: [instance] },
  }),
  'claim-refused': ({ instance, presented, known }, { nameOf }) => ({
    glyph: 'fail',
    sentence: `Control plane refuses the volume to ${nameOf(instance)}`,
    why: `It wanted to follow upon epoch ${presented}; the volume is in epoch ${known} now.`,
    rule: RULES.volumeEpoch,
    refs: { instances: [instance] },
  }),
  'range-recorded': ({ epoch, above, upTo }) => ({
    glyph: 'store',
    sentence: `Control plane records what epoch ${grouped(epoch)} annuls: above ${above} up to ${upTo}`,
    why: 'Recorded before any segment hears of it, so that a recovery cut short can be repeated.',
    rule: RULES.truncate,
    refs: { lsns: [{ first: above + 1, last: upTo }] },
  }),
  recovery,
  'recovery-answered': ({ segment, group, scl, records, answers, hasReadQuorum }, { hostOf }) => ({
    glyph: 'ack',
    sentence: `${hostOf(segment)} answers for ${pg(group)}: complete to ${scl}, ${answers} heard`,
    why: hasReadQuorum
      ? `With ${answers} answers there is a read quorum: whatever was durable, one of them has it.`
      : `It holds ${count(records, 'record')} that may not be durable; more answers are needed.`,
    rule: RULES.recoverPoints,
    refs: { segments: [segment], lsns: [only(scl)] },
  }),
  'recovery-points': ({ instance, vcl, vdl, surviving, annulled }, { nameOf }) => ({
    glyph: 'durable',
    sentence: `${nameOf(instance)} finds the volume durable up to ${vdl}`,
    why: `Complete to ${vcl}, last consistency point ${vdl}: ${kept(surviving, annulled)}.`,
    rule: RULES.recoverPoints,
    refs: { instances: [instance], lsns: [only(vdl)] },
  }),
  'volume-opened': ({ instance, epoch, next, undo, tookUs }, { nameOf }) => ({
    glyph: 'heal',
    sentence: `${nameOf(instance)} is open in volume epoch ${grouped(epoch)} after ${span(tookUs)}`,
    why:
      undo > 0
        ? `Next record ${next}; ${count(undo, 'transaction')} cut off by the crash: undone from now on.`
        : `Next record ${next}; no transaction was cut off.`,
    rule: RULES.undoBehind,
    refs: { instances: [instance], lsns: [only(next)] },
  }),
  fenced: ({ instance, epoch, known }, { nameOf }) => ({
    glyph: 'fail',
    sentence: `${nameOf(instance)} learns that it was replaced: epoch ${grouped(known)}, not ${grouped(epoch)}`,
    why: 'It could commit nothing since; commits that wait have an unknown outcome. It starts over as a reader.',
    rule: RULES.volumeEpoch,
    refs: { instances: [instance] },
  }),
  failover,
  endpoint: ({ writer, epoch }, { nameOf }) => ({
    glyph: 'heal',
    sentence: `Cluster endpoint leads to ${nameOf(writer)}`,
    why: `It has opened the volume in epoch ${grouped(epoch)}; clients find it when they reconnect.`,
    rule: RULES.endpoint,
    refs: { instances: [writer] },
  }),
  reconnect: ({ session, endpoint, state }, { nameOf }) => ({
    glyph: state === 'found' ? 'heal' : 'wait',
    sentence:
      state === 'found'
        ? `${clientOf(session)} connects to ${nameOf(endpoint)}`
        : `${clientOf(session)} has lost ${nameOf(endpoint)} and looks for the writer`,
    why:
      state === 'found'
        ? 'The cluster endpoint was resolved again.'
        : 'What it had open is gone; a commit without an answer may have happened or not.',
    rule: RULES.endpoint,
    refs: { instances: [endpoint] },
  }),
};

const kept = (surviving: number, annulled: number): string =>
  `${count(surviving, 'record')} kept although perhaps never acknowledged, ${grouped(annulled)} annulled`;

function refused(
  { segment, sender, what, reason, presented, known }: NoteOf<'refused'>,
  setting: Setting,
): Tale {
  const { hostOf, nameOf } = setting;
  const name = sender.includes('/') ? hostOf(sender as typeof segment) : nameOf(sender);
  const stale = reason.replaceAll('-', ' ');
  return {
    glyph: 'fail',
    sentence: `${hostOf(segment)} refuses ${name}: ${stale}`,
    why: `The ${what.toLowerCase().replaceAll('_', ' ')} presents volume epoch ${grouped(presented)}; here it is ${grouped(known)}.`,
    rule: RULES.volumeEpoch,
    refs: sender.includes('/')
      ? { segments: [segment, sender as typeof segment] }
      : { segments: [segment], instances: [sender] },
  };
}

interface PhaseTale {
  readonly says: string;
  readonly why: string;
  readonly rule: Rule;
}

const PHASES: Readonly<Record<RecoveryPhase, PhaseTale>> = {
  claiming: {
    says: 'asks for the volume',
    why: 'Nobody may open it without a volume epoch of its own.',
    rule: RULES.volumeEpoch,
  },
  polling: {
    says: 'asks every group what it holds',
    why: 'What the writer knew of durability is lost; a read quorum of each group gives it back.',
    rule: RULES.promiseOnRead,
  },
  truncating: {
    says: 'annuls whatever lies above the durable point',
    why: 'Writes that are still under way must never count, whenever they arrive.',
    rule: RULES.truncate,
  },
  completing: {
    says: 'brings what survived to a write quorum',
    why: 'A record may be on one segment only: it must not be shown and then lost.',
    rule: RULES.completeFirst,
  },
  opening: {
    says: 'reads the catalogue and the undo pages',
    why: 'They name the transactions that were cut off; their locks are held until they are undone.',
    rule: RULES.undoBehind,
  },
};

function recovery({ instance, phase }: NoteOf<'recovery'>, { nameOf }: Setting): Tale {
  const { says, why, rule } = PHASES[phase];
  const sentence = `${nameOf(instance)} ${says}`;
  return { glyph: 'setting', sentence, why, rule, refs: { instances: [instance] } };
}

interface StepTale {
  readonly glyph: Glyph;
  readonly says: (from: string, to: string) => string;
  readonly why: string;
  readonly rule: Rule;
}

const STEPS: Readonly<Record<FailoverStep, StepTale>> = {
  detecting: {
    glyph: 'wait',
    says: (from) => `Control plane misses the heartbeat of ${from}`,
    why: 'One that is missing may be late: it waits before it gives the writer up.',
    rule: RULES.failover,
  },
  electing: {
    glyph: 'fail',
    says: (from) => `Control plane gives ${from} up and looks for another writer`,
    why: 'It cannot tell a dead writer from one that is cut off; the epoch makes both harmless.',
    rule: RULES.failover,
  },
  promoting: {
    glyph: 'setting',
    says: (from, to) => `Control plane makes ${to} the writer in place of ${from}`,
    why: 'The first by tier of those that it hears of.',
    rule: RULES.promote,
  },
  launching: {
    glyph: 'setting',
    says: (from, to) => `Control plane starts ${to} in place of ${from}: there is no replica`,
    why: 'A new machine takes longer than a replica; it needs no copy of the data either.',
    rule: RULES.failover,
  },
  reconnecting: {
    glyph: 'heal',
    says: (_, to) => `${to} has the volume open; clients find it when their address expires`,
    why: 'An address of the endpoint that a client knows is used until it fails or expires.',
    rule: RULES.endpoint,
  },
  done: {
    glyph: 'heal',
    says: (from, to) => `Failover from ${from} to ${to} is over`,
    why: 'Whoever looks up the cluster endpoint now finds the new writer.',
    rule: RULES.endpoint,
  },
  cancelled: {
    glyph: 'heal',
    says: (from) => `Control plane hears of ${from} again: no failover`,
    why: 'It was late or briefly cut off; nobody else had been given the volume.',
    rule: RULES.failover,
  },
};

function failover({ step, from, to }: NoteOf<'failover'>, { nameOf }: Setting): Tale {
  const { glyph, says, why, rule } = STEPS[step];
  const sentence = says(nameOf(from), to === null ? 'another' : nameOf(to));
  return { glyph, sentence, why, rule, refs: { instances: to === null ? [from] : [from, to] } };
}
