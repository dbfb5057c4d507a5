import { defaultFilter } from 'cmdk';

/** What is merely somewhere in a name, letter after letter, counts less than any word of it. */
const LOOSE = 0.3;

/**
 * How well a name answers what was typed, from 0 (not at all) to 1: the whole name or its first word, then
 * a beginning, then words of it in any order, then letters in their order.
 */
export function scoreOf(name: string, typed: string): number {
  const text = name.toLowerCase();
  const wanted = typed.trim().toLowerCase();
  const words = text.split(/[\s,:]+/);
  if (text === wanted || words[0] === wanted) return 1;
  if (text.startsWith(wanted)) return 0.9;
  const parts = wanted.split(/\s+/);
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return 0.8;
  if (text.includes(wanted)) return 0.6;
  return defaultFilter(name, typed) * LOOSE;
}
