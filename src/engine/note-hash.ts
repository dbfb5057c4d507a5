import { mix } from './chance.ts';
import type { Note } from './effect.ts';

/** Folds a note's numbers into a hash: LSNs, counts and times, whatever the note has. */
export function mixNote(hash: number, note: Note): number {
  let h = hash;
  const fields = note as unknown as Readonly<Record<string, unknown>>;
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'number') h = mix(h, value);
  }
  return h;
}
