import type { Happening } from '../../engine/happening.ts';
import type { AuroraNote, NoteType } from '../notes.ts';
import { beatOfNote, levelOfNote } from './beats.ts';
import { FAULTS } from './faults.ts';
import { GROWTH } from './growth.ts';
import { MEMBERSHIP } from './membership.ts';
import { tellMessage } from './messages.ts';
import { PAGES } from './pages.ts';
import { RECOVERY } from './recovery.ts';
import { completeRefs } from './refs.ts';
import { REPLICAS } from './replicas.ts';
import { SQL } from './sql.ts';
import { STORAGE } from './storage.ts';
import type { Lookups, NoteMap, Setting, Tale, Tellers, Told } from './told.ts';
import { UPKEEP } from './upkeep.ts';
import { nameIn } from './words.ts';
import { WRITE_PATH } from './write-path.ts';

/** One teller for every type of note: leaving one out does not compile. */
const TELLERS: Tellers<NoteType> = {
  ...SQL,
  ...WRITE_PATH,
  ...STORAGE,
  ...PAGES,
  ...REPLICAS,
  ...FAULTS,
  ...RECOVERY,
  ...UPKEEP,
  ...GROWTH,
  ...MEMBERSHIP,
};

const taleOf = <T extends NoteType>(type: T, note: NoteMap[T], setting: Setting): Tale =>
  TELLERS[type](note, setting);

/**
 * The story of one event, in order: what became of the message if that needs saying, then each fact
 * that the rules reported. Never empty: an event with nothing to report is told at level 'trace'.
 */
export function narrate(happening: Happening, lookups: Lookups): readonly Told[] {
  const message = tellMessage(happening, lookups);
  const notes = happening.notes as readonly AuroraNote[];
  const setting: Setting = {
    ...lookups,
    notes,
    at: happening.flight.to,
    nameOf: (actor) => nameIn(actor, lookups.writer),
  };
  const facts = notes.map((note) => tellNote(note, setting));
  return message === null ? facts : [message, ...facts];
}

function tellNote(note: AuroraNote, setting: Setting): Told {
  const { rule, refs, minor = false, glyph, sentence, why } = taleOf(note.type, note, setting);
  return {
    beat: beatOfNote(note.type),
    level: levelOfNote(note.type),
    minor,
    glyph,
    sentence,
    why,
    rule: rule.says,
    source: rule.source,
    refs: completeRefs(refs, setting),
  };
}
