/**
 * Chance without a generator. Every draw is a pure function of who asks, for what, and for the how
 * many-th time, so a kill in one place cannot reshuffle the luck of another. 32-bit integer
 * arithmetic only: the same bits on every machine.
 */

/** Mixes one more 32-bit word into a hash (murmur3's body and finaliser steps). */
export function mix(hash: number, word: number): number {
  let k = Math.imul(word | 0, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

/** Spreads a hash so that every bit of the result depends on every bit given (murmur3 finaliser). */
export function scatter(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit hash of a text (FNV-1a, finished by `scatter`). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return scatter(hash);
}

/** An unsigned 32-bit draw, the `ordinal`-th of the stream that `key` names. */
export const draw = (key: number, ordinal: number): number => scatter(mix(key, ordinal));

/** A second, independent draw from the same luck. */
export const redraw = (luck: number, purpose: number): number => scatter(mix(luck, purpose));

/** A whole number from 0 up to but excluding `limit`, from 32 uniform bits. */
export const below = (luck: number, limit: number): number =>
  Math.floor((luck * limit) / 0x1_0000_0000);
