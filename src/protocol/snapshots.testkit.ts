import { isDeepStrictEqual } from 'node:util';
import type { Key, Lsn, TxnId, Value } from '../database/ids.ts';
import { get } from '../database/sorted-map.ts';
import type { Statement } from '../database/statement.ts';
import type { Happening } from '../engine/happening.ts';
import type { Query, Reply } from './messages.ts';
import type { AuroraNote } from './notes.ts';
import type { LogRecord } from './record.ts';
import { WRITER } from './topology.ts';
import type { Trial } from './trial.testkit.ts';

type Values = readonly Value[];
type Select = Extract<Statement, { readonly kind: 'select' }>;

/** A SELECT under way, and the point it has to be true at. */
interface Asked {
  readonly select: Select;
  readonly view: Lsn;
  readonly held: boolean;
}

/**
 * What a reader of `orders` must see at a point: the rows of exactly the transactions that committed
 * at or below it. Kept from what transactions wrote, without pages, undo or read views.
 */
export class Snapshots {
  readonly trial: Trial;
  checked = 0;
  /** Of these, answers to SELECTs inside a transaction that had a read view before. */
  held = 0;
  /** Committed versions of each row by commit LSN; null where the row was deleted. */
  readonly #rows = new Map<Key, { readonly lsn: Lsn; readonly values: Values | null }[]>();
  readonly #open = new Map<TxnId, Map<Key, Values | null>>();
  readonly #asked = new Map<number, Asked>();
  /** The read view of each session's last SELECT. */
  readonly #views = new Map<number, Lsn>();

  constructor(trial: Trial) {
    this.trial = trial;
    for (const values of trial.config.volume.databases[0]?.tables[0]?.rows ?? []) {
      const [key] = values;
      if (key !== null && key !== undefined) this.#rows.set(key, [{ lsn: 0, values }]);
    }
    trial.watch((happening) => this.#see(happening));
  }

  #see({ flight, accepted, notes, sent }: Happening): void {
    for (const note of notes as readonly AuroraNote[])
      if (note.type === 'mtr-closed') for (const record of note.records) this.#wrote(record);
    if (flight.type === 'QUERY' && accepted) this.#ask(flight.to, flight.message as Query);
    for (const { type, message } of sent) if (type === 'REPLY') this.#told(message as Reply);
  }

  #wrote({ lsn, txn, kind, delta }: LogRecord): void {
    if (txn === 0) return;
    const changes = this.#open.get(txn) ?? new Map<Key, Values | null>();
    this.#open.set(txn, changes);
    if (delta.kind === 'put-row') {
      const { key, deleted, values } = delta.row;
      changes.set(key, deleted ? null : values);
    } else if (delta.kind === 'remove-row') changes.set(delta.key, null);
    if (kind === 'commit')
      for (const [key, values] of changes) this.#versions(key).push({ lsn, values });
    if (delta.kind === 'end') this.#open.delete(txn);
  }

  #versions(key: Key) {
    const versions = this.#rows.get(key) ?? [];
    this.#rows.set(key, versions);
    return versions;
  }

  #ask(instance: string, { session, statement }: Query): void {
    if (statement.kind !== 'select') return;
    const view =
      instance === WRITER ? this.#viewAtWriter(session) : this.#viewAtReplica(instance, session);
    const held = view !== null && this.#views.get(session) === view;
    if (view === null) return;
    this.#asked.set(session, { select: statement, view, held });
    this.#views.set(session, view);
  }

  /** A transaction that has written sees its own changes, too: those are not looked at. */
  #viewAtWriter(id: number): Lsn | null {
    const { db, volume } = this.trial.writer;
    const session = get(db.sessions, id);
    if (session === undefined || session.txn?.id) return null;
    return session.txn?.view ?? volume.vdl;
  }

  #viewAtReplica(instance: string, id: number): Lsn | null {
    return this.trial.replica(instance).sessions.find((each) => each.id === id)?.view ?? null;
  }

  #told({ session, result }: Reply): void {
    if (session === null) return;
    const asked = this.#asked.get(session);
    this.#asked.delete(session);
    if (asked === undefined || result?.kind !== 'rows') return;
    const expected = this.#expected(asked);
    this.checked++;
    if (asked.held) this.held++;
    if (isDeepStrictEqual(result.rows, expected)) return;
    const text = `${JSON.stringify(result.rows)}, not ${JSON.stringify(expected)}`;
    throw new Error(`I21: session ${session} at ${asked.view} sees ${text}`);
  }

  #expected({ select, view }: Asked): readonly Values[] {
    const inOrder = [...this.#rows].toSorted(([a], [b]) => Number(a) - Number(b));
    return inOrder.flatMap(([key, versions]) => {
      const values = versions.findLast(({ lsn }) => lsn <= view)?.values ?? null;
      return values !== null && isWanted(Number(key), select) ? [values] : [];
    });
  }
}

const isWanted = (key: number, { where }: Select): boolean =>
  where.every((condition) => {
    if (!('value' in condition)) return true;
    const { is, value } = condition;
    if (is === '>=') return key >= Number(value);
    return is === '<=' ? key <= Number(value) : key === value;
  });
