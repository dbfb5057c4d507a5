import type { ActorId } from '../../engine/effect.ts';
import type { Happening } from '../../engine/happening.ts';
import type { AuroraNote } from '../notes.ts';

/**
 * Who is the writer from this event on; null for an event that leaves that as it is. It is whoever the
 * volume epoch was last raised for (SIGMOD'18 §2.4), whatever another takes itself for.
 */
export function writerFrom({ notes }: Happening): ActorId | null {
  let writer: ActorId | null = null;
  for (const note of notes as readonly AuroraNote[])
    if (note.type === 'epoch-raised') writer = note.instance;
  return writer;
}
