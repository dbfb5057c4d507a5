import type { Quorum } from './quorum.ts';
import { partsOf, type SegmentId } from './topology.ts';

/**
 * A quorum expression as text, over the letters of its members: `4/6 of abcdef`, or several joined by
 * AND / OR, the inner ones in brackets, as SIGMOD'18 §4.1 prints them.
 */
export function quorumText(quorum: Quorum, inner = false): string {
  if ('k' in quorum) return `${quorum.k}/${quorum.of.length} of ${quorum.of.join('')}`;
  const [word, parts] =
    'and' in quorum ? ([' AND ', quorum.and] as const) : ([' OR ', quorum.or] as const);
  const text = parts.map((part) => quorumText(part, true)).join(word);
  return inner && parts.length > 1 ? `(${text})` : text;
}

/** An expression over the letters of members. */
export function lettered(quorum: Quorum<SegmentId>): Quorum<string> {
  if ('k' in quorum)
    return { k: quorum.k, of: quorum.of.map((id) => partsOf(id).member).toSorted() };
  return 'and' in quorum ? { and: quorum.and.map(lettered) } : { or: quorum.or.map(lettered) };
}
