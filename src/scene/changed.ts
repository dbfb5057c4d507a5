import type { AuroraNote } from '../protocol/notes.ts';

/** The step of a storage node that a note reports, 0 for ①. */
const STEPS: Partial<Record<AuroraNote['type'], number>> = {
  received: 0,
  persisted: 1,
  'gap-found': 2,
  'gossip-asked': 3,
  'gossip-filled': 3,
  coalesced: 4,
  collected: 6,
};

/** The instance or host that a note is about, if it is about one. */
function actorOf(note: AuroraNote): string | null {
  switch (note.type) {
    case 'stream-received':
    case 'replica-applied':
    case 'replica-skipped':
    case 'read-view':
      return note.replica;
    case 'page-admitted':
    case 'evicted':
    case 'instance':
      return note.instance;
    case 'node':
      return note.host;
    case 'zone':
      return note.az;
    default:
      return null;
  }
}

function changedByOne(note: AuroraNote): readonly string[] {
  switch (note.type) {
    case 'acked':
      return [`acked:${note.segment}`, 'meter'];
    case 'vdl':
      return ['vdl'];
    case 'mtr-closed':
      return ['log'];
    case 'commit-returned':
      return ['commits'];
    default: {
      const actor = actorOf(note);
      if (actor !== null) return [actor];
      if (!('segment' in note)) return [];
      const step = STEPS[note.type];
      return step === undefined ? [note.segment] : [note.segment, `step:${note.segment}:${step}`];
    }
  }
}

/** What an event changed, in the words of `Look.changed`: what is lit for a breath. */
export const changedBy = (notes: readonly AuroraNote[]): ReadonlySet<string> =>
  new Set(notes.flatMap(changedByOne));
