import { DEFAULT_KEYS } from '../database/volume.ts';
import type { ActorId } from '../engine/effect.ts';
import { type Micros, millis } from '../engine/time.ts';
import { select } from '../protocol/faults.testkit.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import type { NoteOf } from '../protocol/notes.ts';
import { hostIds, hostOf, type Slot } from '../protocol/topology.ts';
import { at, type Changes, config, sql, type Told, Trial } from '../protocol/trial.testkit.ts';
import { Checker } from './checker.ts';

/** When it begins to go wrong, when it is mended, and when the load stops; in milliseconds. */
export const BROKEN = 100;
export const MENDED = 400;
const QUIET = 800;
/** Whatever was under way when it broke has come through by then. */
const SETTLED = 20;
const HOSTS_PER_ZONE = 4;
const FIRST_READER = 110;
const READ_EVERY = 15;

/** What a row of the matrix promises of writes and of reads while it is broken. */
type Writes = 'go on' | 'wait';
type Reads = 'go on' | 'from caches' | 'none';

/** A kind of failure, what is done to have it, and what must stay true. */
export interface Row {
  readonly id: string;
  readonly fault: string;
  readonly changes?: Changes;
  /** What is done to a cluster, in milliseconds; the seed may choose whom it meets. */
  readonly done: (seed: number) => readonly Intervention[];
  readonly writes?: Writes;
  readonly reads?: Reads;
  /** Who is asked to read while it is broken. */
  readonly readers?: readonly ActorId[];
  /** From when and until when writes and reads are as promised; by default while it is broken. */
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** When the load stops. */
  readonly quietMs?: number;
  /** Invariants that may not hold; all of them when nothing is claimed. */
  readonly excused?: readonly string[] | 'all';
  /** Nothing comes back, and nothing is promised of what follows. */
  readonly isFinal?: boolean;
  /** Everything else that the row says, in words. */
  readonly claims?: Readonly<Record<string, (played: Played, seed: number) => void>>;
}

/** The hosts of some places of group 0. */
export const hostsOf = (slots: string): readonly ActorId[] =>
  [...slots].map((slot) => hostOf(HOSTS_PER_ZONE, 0, slot as Slot));
export const HOSTS = hostIds(HOSTS_PER_ZONE);

export const each = (
  ms: number,
  op: 'crash' | 'restore' | 'lose',
  targets: readonly ActorId[],
): readonly Intervention[] => targets.map((target) => at(ms, { op, target }));

export const isolated = (ms: number, targets: readonly ActorId[], on: boolean) =>
  targets.map((target) => at(ms, { op: 'isolate', target, on }));

export const cut = (from: readonly ActorId[], to: readonly ActorId[], on = true): Act => ({
  op: 'partition',
  from,
  to,
  on,
});

/** A small cluster whose reads have to go to storage, and in which a copy takes 50 ms. */
const cluster = (changes: Changes = {}) =>
  config({
    groups: 1,
    pagesPerGroup: 31,
    hostsPerZone: HOSTS_PER_ZONE,
    replicas: 1,
    cachePages: 16,
    copyMbps: 1_600_000,
    detection: { ...config().detection, on: false, endpointUs: 20_000 },
    ...changes,
    workload: { perSecond: 200, readPermille: 0, ...changes.workload },
  });

/** A SELECT of two keys here and there, by a session of its own. */
function reads(readers: readonly ActorId[]): readonly Intervention[] {
  const found: Intervention[] = [];
  for (let ms = BROKEN + SETTLED; ms < MENDED - READ_EVERY; ms += READ_EVERY) {
    const n = found.length;
    const key = DEFAULT_KEYS.first + ((n * 37) % (DEFAULT_KEYS.count - 1)) * DEFAULT_KEYS.step;
    const reader = readers[n % readers.length] ?? 'W';
    found.push(at(ms, sql(FIRST_READER + n, [select(key, key + DEFAULT_KEYS.step)], reader)));
  }
  return found;
}

/** A commit as it was answered, and by whom. */
interface Commit {
  readonly by: ActorId;
  readonly atUs: Micros;
  readonly lsn: number;
}

/** A row of the matrix, played once with every invariant looking on. */
export class Played {
  readonly trial: Trial;
  readonly checker: Checker;
  readonly commits: Commit[] = [];
  readonly #row: Row;

  constructor(row: Row, seed: number) {
    const quiet = { ...cluster(row.changes).workload, on: false };
    const asked = reads(row.readers ?? ['W', 'R1']);
    const { quietMs = QUIET } = row;
    const after = row.isFinal ? [] : [at(quietMs, { op: 'workload', workload: quiet })];
    const acts = [...row.done(seed), ...asked, ...after];
    this.#row = row;
    this.trial = new Trial(cluster(row.changes), acts, { seed });
    this.checker = new Checker(this.trial.kernel);
    this.trial.watch((happening) => {
      this.checker.see(happening, this.trial.kernel);
      for (const note of happening.notes as readonly NoteOf<'commit-returned'>[])
        if (note.type === 'commit-returned')
          this.commits.push({ by: happening.flight.to, atUs: happening.timeUs, lsn: note.lsn });
    });
    this.trial.to(quietMs);
    if (!row.isFinal) this.trial.until(() => this.#rests(), 30);
    this.checker.finish();
    if (!row.isFinal) this.checker.demand();
  }

  #rests(): boolean {
    return this.trial.kernel.count % 64 === 0 && this.checker.open().length === 0;
  }

  /** Invariants that did not hold. */
  get broken(): readonly string[] {
    return this.checker.violations.map(({ invariant }) => invariant);
  }

  get fromMs(): number {
    return this.#row.fromMs ?? BROKEN + SETTLED;
  }
  get untilMs(): number {
    return this.#row.untilMs ?? MENDED;
  }

  /** Commits answered between two moments, in milliseconds; by default while it was broken. */
  committed(fromMs = this.fromMs, toMs = this.untilMs): readonly Commit[] {
    return within(this.commits, fromMs, toMs);
  }

  /** How many SELECTs were sent while it was broken, and how many of them had their rows before the end. */
  get answered(): { readonly asked: number; readonly told: number } {
    const told = within(this.trial.told('replied'), this.fromMs, this.untilMs);
    const sessions = new Set(told.filter(({ rows }) => rows >= 2).map(({ session }) => session));
    const asked = reads(['W']).flatMap(({ at: { timeUs } }, n) => {
      const isIn = timeUs >= millis(this.fromMs) && timeUs < millis(this.untilMs - READ_EVERY);
      return isIn ? [FIRST_READER + n] : [];
    });
    return { asked: asked.length, told: asked.filter((each) => sessions.has(each)).length };
  }

  /** Pages that came from storage while it was broken. */
  get admitted(): readonly Told<'page-admitted'>[] {
    return within(this.trial.told('page-admitted'), this.fromMs, this.untilMs);
  }
}

export const within = <T extends { readonly atUs: Micros }>(
  told: readonly T[],
  fromMs: number,
  toMs: number,
): readonly T[] => told.filter(({ atUs }) => atUs > millis(fromMs) && atUs <= millis(toMs));
