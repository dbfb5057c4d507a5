import type { BlockKind } from '../baseline/blocks.ts';
import type { BaselineNote, BaselineNoteOf, Hop } from '../baseline/notes.ts';
import type { SessionId, TxnId } from '../database/ids.ts';
import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import type { Recovered } from './aurora-commits.ts';
import { Submissions } from './submissions.ts';

export type { Hop } from '../baseline/notes.ts';

/** One write that a commit waits for, step by step: each begins where the one before ends. */
export interface PathWrite {
  readonly block: BlockKind;
  readonly hops: readonly Hop[];
}

/** What was written so far, pages included. */
export interface WrittenSoFar {
  /** By the instance, to its own volume. */
  readonly ios: number;
  /** By all four volumes, each to its disk. */
  readonly storedIos: number;
  readonly bytes: number;
}

/** A commit of the mirrored database. */
export interface MirroredCommit {
  readonly txn: TxnId;
  readonly session: SessionId | null;
  /** What the work is called on either system; null when no client asked for it. */
  readonly key: string | null;
  /** The statement that committed. */
  readonly text: string;
  readonly queuedUs: Micros;
  /** When the group it was written in began: before, it waits for the group ahead. */
  readonly begunUs: Micros;
  readonly returnedUs: Micros;
  readonly waitedUs: Micros;
  /** In the order of time. */
  readonly path: readonly PathWrite[];
  readonly written: WrittenSoFar;
}

/** A client waits for these; pages, their double-write and checkpoints are written behind. */
const ON_COMMIT_PATH: readonly BlockKind[] = ['redo', 'metadata', 'binlog'];

const MOST = 1_000;

/** Commits of the mirrored database, and what each waited for. */
export class MirroredCommits {
  readonly #submissions = new Submissions();
  readonly #texts = new Map<SessionId, string>();
  #all: MirroredCommit[] = [];
  #byKey = new Map<string, MirroredCommit>();
  #recoveries: readonly Recovered[] = [];
  #written: WrittenSoFar = { ios: 0, storedIos: 0, bytes: 0 };
  #beganLate: boolean | null = null;
  #letGo = false;
  #begunUs: Micros = 0;
  #path: readonly PathWrite[] = [];

  /** In the order they were answered: the newest thousand or so. */
  get all(): readonly MirroredCommit[] {
    return this.#all;
  }
  /** Whether they are all there were: none came before what was read, or has been let go of. */
  get isWhole(): boolean {
    return this.#beganLate !== true && !this.#letGo;
  }
  get recoveries(): readonly Recovered[] {
    return this.#recoveries;
  }

  ofKey(key: string): MirroredCommit | null {
    return this.#byKey.get(key) ?? null;
  }

  read(happening: Happening): void {
    this.#beganLate ??= happening.count > 1;
    this.#submissions.read(happening);
    for (const note of happening.notes as readonly BaselineNote[])
      this.#note(note, happening.timeUs);
  }

  #note(note: BaselineNote, atUs: Micros): void {
    switch (note.type) {
      case 'statement':
        this.#texts.set(note.session, note.text);
        break;
      case 'write-begun': {
        const { ios, bytes } = this.#written;
        this.#written = { ...this.#written, ios: ios + note.ios, bytes: bytes + note.bytes };
        break;
      }
      case 'block-stored': {
        const { storedIos } = this.#written;
        this.#written = { ...this.#written, storedIos: storedIos + note.ios };
        break;
      }
      case 'group-begun':
        this.#begunUs = atUs;
        this.#path = [];
        break;
      case 'write-done':
        if (ON_COMMIT_PATH.includes(note.block))
          this.#path = [...this.#path, { block: note.block, hops: note.hops }];
        break;
      case 'commit-returned':
        this.#returned(note, atUs);
        break;
      case 'recovered':
        this.#recoveries = [...this.#recoveries, { atUs, tookUs: note.tookUs }];
    }
  }

  #returned(
    { txn, session, waitedUs }: BaselineNoteOf<'commit-returned'>,
    returnedUs: Micros,
  ): void {
    const key = this.#submissions.keyOf(session);
    const commit: MirroredCommit = {
      ...{ txn, session, key, returnedUs, waitedUs, queuedUs: returnedUs - waitedUs },
      text: (session !== null && this.#texts.get(session)) || '',
      begunUs: this.#begunUs,
      path: this.#path,
      written: this.#written,
    };
    this.#all.push(commit);
    if (key !== null) this.#byKey.set(key, commit);
    if (this.#all.length <= 2 * MOST) return;
    this.#letGo = true;
    this.#all = this.#all.slice(-MOST);
    this.#byKey = new Map(
      this.#all.flatMap((each) => (each.key === null ? [] : [[each.key, each]])),
    );
  }
}
