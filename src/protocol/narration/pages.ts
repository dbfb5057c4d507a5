import type { NoteOf } from '../notes.ts';
import type { PageNote } from '../notes-pages.ts';
import { RULES } from './rules.ts';
import { only, type Setting, type Tale, type Tellers } from './told.ts';
import { count, pg, span, withText } from './words.ts';

/** A page on its way back from storage. */
export const PAGES: Tellers<PageNote['type']> = {
  'page-requested': requested,
  'page-base': base,
  'record-applied': ({ segment, page, lsn, what, left }, { hostOf }) => ({
    glyph: 'page',
    sentence: withText(`${hostOf(segment)} applies ${lsn} to page ${page}: `, what),
    why: left === 0 ? 'It was the last one the page needed.' : `${count(left, 'record')} to go.`,
    rule: RULES.buildOnDemand,
    refs: { segments: [segment], pages: [page], lsns: [only(lsn)] },
  }),
  'page-answered': ({ segment, instance, page, lsn, readPoint, applied }, { hostOf, nameOf }) => ({
    glyph: 'page',
    sentence: `${hostOf(segment)} sends page ${page} at ${lsn} to ${nameOf(instance)}`,
    why: `The page as of read point ${readPoint}; its last change up to there is ${lsn}${applied === 0 ? '' : `, after ${count(applied, 'record')} applied`}.`,
    rule: RULES.readPoint,
    refs: { segments: [segment], pages: [page], lsns: [only(lsn)], instances: [instance] },
  }),
  'page-refused': refused,
  'page-admitted': ({ instance, page, lsn, waitedUs }, { nameOf }) => ({
    glyph: 'page',
    sentence: `${nameOf(instance)} caches page ${page} at ${lsn} after ${span(waitedUs)}`,
    why: 'Reading a missing page is one of the few times a statement has to wait.',
    rule: RULES.cacheFirst,
    refs: { pages: [page], lsns: [only(lsn)], instances: [instance] },
  }),
  evicted: ({ instance, page, lsn, vdl }, { nameOf }) => ({
    glyph: 'collect',
    sentence: `${nameOf(instance)} drops page ${page} from its cache: ${lsn} is durable`,
    why: `Its last change ${lsn} is at or below the durable point ${vdl}, so storage can make the page again.`,
    rule: RULES.evict,
    refs: { pages: [page], lsns: [only(lsn)], instances: [instance] },
  }),
};

function requested(note: NoteOf<'page-requested'>, setting: Setting): Tale {
  const { instance, page, group, readPoint, segment, hedged } = note;
  const { hostOf, nameOf, writer } = setting;
  const who = nameOf(instance);
  const host = hostOf(segment);
  return {
    glyph: 'page-request',
    sentence: hedged
      ? `${who} asks ${host} for page ${page} too: the first answer wins`
      : `${who} needs page ${page}: asks ${host} for it as of ${readPoint}`,
    ...reasonToAsk(note, `${host}’s copy of ${pg(group)}`, writer),
    refs: { segments: [segment], groups: [group], pages: [page], instances: [instance] },
  };
}

/** The writer hears every acknowledgement; a replica has to try, and takes a refusal for an answer. */
function reasonToAsk(
  { instance, readPoint, hedged }: NoteOf<'page-requested'>,
  copy: string,
  writer: string,
): Pick<Tale, 'why' | 'rule'> {
  if (hedged) {
    return { why: 'The segment asked before takes longer than expected.', rule: RULES.hedge };
  }
  if (instance !== writer) {
    const why = `It hears no acknowledgements: if ${copy} is not complete to ${readPoint}, it says so.`;
    return { why, rule: RULES.acceptRead };
  }
  const why = `It knows from acknowledgements that ${copy} is complete to read point ${readPoint}.`;
  return { why, rule: RULES.oneSegment };
}

function base(note: NoteOf<'page-base'>, { hostOf }: Setting): Tale {
  const { segment, instance, page, lsn, readPoint, records } = note;
  const host = hostOf(segment);
  const last = records[records.length - 1];
  return {
    glyph: 'page',
    sentence:
      records.length === 0
        ? `${host} finds page ${page} built at ${lsn}: nothing to apply`
        : `${host} rebuilds page ${page} from version ${lsn} plus ${count(records.length, 'record')}`,
    why:
      last === undefined
        ? `No record changed the page after ${lsn}, up to read point ${readPoint}.`
        : `Its newest built version is ${lsn}; the log brings it to ${last}, for read point ${readPoint}.`,
    rule: RULES.buildOnDemand,
    refs: {
      segments: [segment],
      pages: [page],
      lsns: [lsn, ...records].map(only),
      instances: [instance],
    },
  };
}

const REFUSALS = {
  behind: ['is not complete that far', 'Another segment, or a moment of gossip, will help.'],
  'below-floor': [
    'no longer keeps it so old',
    'The read point is below what it may still be asked for.',
  ],
  corrupt: [
    'found the block on its disk damaged',
    'A bad block is never returned: another segment has the page, and will give it to this one too.',
  ],
  hydrating: ['has no pages yet', 'It is a new copy that is being filled.'],
  tail: ['keeps no pages', 'A tail segment has the log only; a full one is asked instead.'],
  'stale-volume-epoch': [
    'knows a newer volume epoch',
    'The asker reads for a writer that was replaced: it has to attach to the new one.',
  ],
  'stale-membership-epoch': [
    'knows a newer list of members',
    'The asker has to learn who keeps the group now.',
  ],
  'stale-geometry-epoch': [
    'knows a newer map of the volume',
    'The asker has to learn the present map first.',
  ],
} as const;

function refused(note: NoteOf<'page-refused'>, { hostOf, nameOf }: Setting): Tale {
  const { segment, instance, page, reason } = note;
  const [says, why] = REFUSALS[reason];
  return {
    glyph: 'fail',
    sentence: `${hostOf(segment)} refuses page ${page} to ${nameOf(instance)}: it ${says}`,
    why,
    rule: RULES.acceptRead,
    refs: { segments: [segment], pages: [page], instances: [instance] },
  };
}
