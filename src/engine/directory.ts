import { assert } from './assert.ts';
import { hashText, mix } from './chance.ts';
import type { ActorId } from './effect.ts';

/** A directed pair of actors and a kind of message: the identity that chance is keyed by. */
export interface Link {
  readonly index: number;
  readonly key: number;
}

/** Together 53 bits, so that a pair of actors and a kind make one exact number. */
const ACTORS = 2 ** 18;
const KINDS = 2 ** 17;

/**
 * Small numbers for actors and links. Only ever grows and holds nothing that depends on time, so it
 * needs no place in keyframes; which number a thing gets never reaches a result.
 */
export class Directory {
  readonly #seed: number;
  readonly #actors = new Map<ActorId, number>();
  readonly #names: ActorId[] = [];
  readonly #kinds = new Map<string, number>();
  readonly #hashes = new Map<string, number>();
  readonly #links = new Map<number, Link>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  indexOf(id: ActorId): number {
    let index = this.#actors.get(id);
    if (index === undefined) {
      index = this.#names.length;
      assert(index < ACTORS, 'a run may not have more than 262,144 actors');
      this.#actors.set(id, index);
      this.#names.push(id);
    }
    return index;
  }

  /** Every actor ever heard of, in order of first mention. */
  get names(): readonly ActorId[] {
    return this.#names;
  }

  link(from: ActorId, to: ActorId, kind: string): Link {
    const pair = (this.indexOf(from) * ACTORS + this.indexOf(to)) * KINDS + this.#kindOf(kind);
    let link = this.#links.get(pair);
    if (link === undefined) {
      const key = mix(mix(mix(this.#seed, this.hash(from)), this.hash(to)), this.hash(kind));
      link = { index: this.#links.size, key };
      this.#links.set(pair, link);
    }
    return link;
  }

  hash(text: string): number {
    let hash = this.#hashes.get(text);
    if (hash === undefined) {
      hash = hashText(text);
      this.#hashes.set(text, hash);
    }
    return hash;
  }

  #kindOf(kind: string): number {
    let index = this.#kinds.get(kind);
    if (index === undefined) {
      index = this.#kinds.size;
      assert(index < KINDS, 'a run may not have more than 131,072 kinds of messages and timers');
      this.#kinds.set(kind, index);
    }
    return index;
  }
}
