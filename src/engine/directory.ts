import { hashText, mix } from './chance.ts';
import type { ActorId } from './effect.ts';

/** A directed pair of actors and a kind of message: the identity that chance is keyed by. */
export interface Link {
  readonly index: number;
  readonly key: number;
}

/** An actor's number, its name's hash, and the links that start at it. */
export interface Entry {
  readonly index: number;
  readonly hash: number;
  /** By receiver, then by kind. */
  readonly links: Map<ActorId, Map<string, Link>>;
}

/**
 * Small numbers for actors and links. Only ever grows and holds nothing that depends on time, so it
 * needs no place in keyframes; which number a thing gets never reaches a result.
 */
export class Directory {
  readonly #seed: number;
  readonly #entries = new Map<ActorId, Entry>();
  readonly #names: ActorId[] = [];
  readonly #hashes = new Map<string, number>();
  #links = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  entry(id: ActorId): Entry {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = { index: this.#names.length, hash: hashText(id), links: new Map() };
      this.#entries.set(id, entry);
      this.#names.push(id);
    }
    return entry;
  }

  /** An actor's number; undefined when nobody has mentioned it yet. */
  indexOf(id: ActorId): number | undefined {
    return this.#entries.get(id)?.index;
  }

  /** Every actor ever heard of, in order of first mention. */
  get names(): readonly ActorId[] {
    return this.#names;
  }

  link(from: Entry, to: ActorId, kind: string): Link {
    let kinds = from.links.get(to);
    if (kinds === undefined) {
      kinds = new Map();
      from.links.set(to, kinds);
    }
    let link = kinds.get(kind);
    if (link === undefined) {
      const pair = mix(mix(this.#seed, from.hash), hashText(to));
      link = { index: this.#links++, key: mix(pair, hashText(kind)) };
      kinds.set(kind, link);
    }
    return link;
  }

  /** The hash of a kind of message or note. */
  hash(kind: string): number {
    let hash = this.#hashes.get(kind);
    if (hash === undefined) {
      hash = hashText(kind);
      this.#hashes.set(kind, hash);
    }
    return hash;
  }
}
