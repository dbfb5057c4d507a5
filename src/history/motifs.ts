import type { Happening } from '../engine/happening.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';

/** Patterns that are worth finding again. */
export const MOTIFS = ['Quorum write', 'Gap repair', 'Page read', 'Recovery', 'Failover'] as const;
export type Motif = (typeof MOTIFS)[number];

type Ending = NoteOf<
  'commit-returned' | 'gossip-filled' | 'page-admitted' | 'volume-opened' | 'failover'
>;

/** The note that completes a pattern, if an event does. */
export function endOf(motif: Motif, { notes }: Happening): Ending | null {
  for (const note of notes as readonly AuroraNote[]) {
    const ending = endingOf(motif, note);
    if (ending !== null) return ending;
  }
  return null;
}

function endingOf(motif: Motif, note: AuroraNote): Ending | null {
  switch (motif) {
    case 'Quorum write':
      return note.type === 'commit-returned' ? note : null;
    case 'Gap repair':
      return note.type === 'gossip-filled' ? note : null;
    case 'Page read':
      return note.type === 'page-admitted' ? note : null;
    case 'Recovery':
      return note.type === 'volume-opened' ? note : null;
    case 'Failover':
      return note.type === 'failover' && note.step === 'reconnecting' ? note : null;
  }
}

/** Events of a run by number, as far as they are kept. */
export interface Events {
  kept(): { readonly from: number; readonly to: number };
  happening(count: number): Happening | null;
}

/** The nearest event after (1) or before (−1) the one of a number that completes a pattern. */
export function nextMotif(
  events: Events,
  motif: Motif,
  count: number,
  direction: 1 | -1,
): Happening | null {
  const { from, to } = events.kept();
  for (let n = count + direction; n >= from && n <= to; n += direction) {
    const happening = events.happening(n);
    if (happening !== null && endOf(motif, happening) !== null) return happening;
  }
  return null;
}
