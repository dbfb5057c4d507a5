import type { Flight, Happening } from '../../engine/happening.ts';
import type { Write } from '../messages.ts';
import type { LsnRange } from '../record.ts';
import type { SegmentId } from '../topology.ts';
import { completeRefs } from './refs.ts';
import { RULES } from './rules.ts';
import type { Level, Lookups, Refs, Told } from './told.ts';
import { clip, LONGEST, nameIn, range } from './words.ts';

/** What messages are called; a timer or a message without a name here goes by its type. */
const WORDS: Readonly<Record<string, string>> = {
  WRITE: 'redo',
  ACK: 'acknowledgement',
  READ_PAGE: 'page request',
  PAGE: 'page',
  READ_REFUSED: 'refusal',
  REFUSED: 'refusal',
  GOSSIP_FILL: 'gossip answer',
  STREAM: 'log stream',
  FEEDBACK: 'oldest read point',
  QUERY: 'statement',
  REPLY: 'answer',
  SUBMIT: 'request',
  DISK: 'disk job',
  DISK_DONE: 'result of its disk job',
  ATTACH: 'wish to attach',
  ATTACHED: 'place in the log to begin at',
  RESUMED: 'missed part of the stream',
  FALLEN_BEHIND: 'word that it is too far behind',
};

const isSegment = (actor: string): actor is SegmentId => actor.includes('/');

/** An actor by its name on screen: a segment's messages travel to and from its host. */
const nameOf = (actor: string, { hostOf, writer }: Lookups): string =>
  clip(isSegment(actor) ? hostOf(actor) : nameIn(actor, writer), 12);

/**
 * What became of the message itself: lost, refused, or arrived with nothing to report. Null when the
 * notes of the event say it all.
 */
export function tellMessage(happening: Happening, lookups: Lookups): Told | null {
  const { flight, accepted, notes } = happening;
  const what = clip(whatOf(flight), 36);
  const from = nameOf(flight.from, lookups);
  const to = nameOf(flight.to, lookups);
  if (flight.lost !== null) {
    const why = `It never arrives: ${flight.lost}.`;
    return told(flight, lookups, 'beat', `Network loses the ${what} from ${from} to ${to}`, why);
  }
  if (!accepted && flight.timer === null && flight.from !== 'outside') {
    const why = `${to} takes no such message in its present state.`;
    return told(flight, lookups, 'event', `${to} ignores the ${what} from ${from}`, why);
  }
  if (notes.length > 0) return null;
  const own = flight.timer !== null;
  const sentence = own
    ? `${to} wakes up for its ${what}`
    : `${to} receives the ${what} from ${from}`;
  const why = own ? 'A timer it armed has run out.' : 'It changes nothing worth telling.';
  return told(flight, lookups, 'trace', clip(sentence, LONGEST), why);
}

/** A message's name, with the records it carries: "redo 1040–1042". */
function whatOf(flight: Flight): string {
  const name =
    WORDS[flight.type] ??
    flight.type
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  const [records] = recordsIn(flight);
  return records === undefined ? name : `${name} ${range(records.first, records.last)}`;
}

function recordsIn({ message }: Flight): readonly LsnRange[] {
  const { records } = message as Partial<Write>;
  const first = records?.[0]?.lsn;
  const last = records?.[records.length - 1]?.lsn;
  return first === undefined || last === undefined ? [] : [{ first, last }];
}

function refsOf(flight: Flight): Partial<Refs> {
  const actors = [flight.from, flight.to];
  return {
    segments: actors.filter(isSegment),
    hosts: actors.filter((actor) => /^[ABC]\d+$/.test(actor)),
    instances: actors.filter((actor) => /^[WR]\d*$/.test(actor)),
    lsns: recordsIn(flight),
  };
}

function told(flight: Flight, at: Lookups, level: Level, sentence: string, why: string): Told {
  return {
    beat: level === 'beat' ? 'lost' : null,
    level,
    minor: false,
    glyph: level === 'trace' ? 'node' : 'fail',
    sentence,
    why,
    rule: RULES.messages.says,
    source: RULES.messages.source,
    refs: completeRefs(refsOf(flight), at),
  };
}
