import type { Effect } from '../engine/effect.ts';
import type { AuroraNote } from './notes.ts';

/** A typed fact for the account of this event. */
export const note = (fact: AuroraNote): Effect => ({ kind: 'note', note: fact });
