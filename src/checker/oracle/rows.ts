import type { Key, Lsn, PageNo, Row, TxnId, Value } from '../../database/ids.ts';
import type { Page, UndoEntry } from '../../database/page.ts';
import type { LogRecord } from '../../protocol/record.ts';
import { precedes } from './fold.ts';

/** One version of a row, by the transaction that wrote it; null values: there is no such row. */
interface Version {
  readonly txn: TxnId;
  readonly values: readonly Value[] | null;
}

interface Story {
  readonly key: Key;
  /** Before the first record; null when there was no such row. */
  readonly base: readonly Value[] | null;
  /** Oldest first: locks let nobody write a row before its last writer's transaction has ended. */
  readonly versions: Version[];
}

interface Table {
  readonly stories: Map<Key, Story>;
  /** The same in key order; null when a key has come since. */
  inOrder: readonly Story[] | null;
}

interface Written {
  readonly story: Story;
  readonly version: Version;
}

/**
 * The tables as a list of versions for each row, and the transactions that made them: what a snapshot
 * has to answer, without pages, trees or undo chains.
 */
export class Rows {
  /** By root page of the table. */
  readonly #tables = new Map<PageNo, Table>();
  /** Commit LSN by transaction. */
  readonly #commits = new Map<TxnId, Lsn>();
  /** What each open transaction wrote, in order. */
  readonly #open = new Map<TxnId, Written[]>();
  /** An undo entry whose row follows in the same mini-transaction. */
  #entry: UndoEntry | null = null;

  constructor(pages: ReadonlyMap<PageNo, Page>) {
    for (const { body } of pages.values())
      if (body.kind === 'catalogue')
        for (const { tables } of body.databases)
          for (const { root } of tables) this.#readTree(pages, root, root);
  }

  #readTree(pages: ReadonlyMap<PageNo, Page>, root: PageNo, no: PageNo): void {
    const body = pages.get(no)?.body;
    if (body?.kind === 'branch')
      for (const child of body.children) this.#readTree(pages, root, child.page);
    if (body?.kind !== 'leaf') return;
    for (const { key, values, deleted } of body.rows)
      this.#table(root).stories.set(key, { key, base: deleted ? null : values, versions: [] });
  }

  add({ delta, txn, kind, lsn }: LogRecord): void {
    if (kind === 'commit') this.#commits.set(txn, lsn);
    if (kind === 'commit' || delta.kind === 'end') this.#open.delete(txn);
    else if (delta.kind === 'append-undo') this.#announce(txn, delta.entry);
    else if (kind === 'clr') this.#takeBack(txn, keyIn(delta));
    else if (delta.kind === 'put-row') this.#write(txn, delta.row);
  }

  #announce(txn: TxnId, entry: UndoEntry): void {
    this.#entry = entry;
    if (!this.#open.has(txn)) this.#open.set(txn, []);
  }

  /** A row moved by a split has no undo entry, and is no new version. */
  #write(txn: TxnId, row: Row): void {
    const entry = this.#entry;
    if (entry === null || entry.txn !== txn || entry.key !== row.key) return;
    this.#entry = null;
    const story = this.#story(entry.root, row.key);
    const version = { txn, values: row.deleted ? null : row.values };
    story.versions.push(version);
    this.#open.get(txn)?.push({ story, version });
  }

  /** A compensating record takes back the transaction's latest change of that row. */
  #takeBack(txn: TxnId, key: Key | null): void {
    const written = this.#open.get(txn) ?? [];
    for (let last = written.pop(); last !== undefined; last = written.pop()) {
      const { versions } = last.story;
      versions.splice(versions.lastIndexOf(last.version), 1);
      if (last.story.key === key) return;
    }
  }

  #table(root: PageNo): Table {
    let table = this.#tables.get(root);
    if (table === undefined) {
      table = { stories: new Map(), inOrder: null };
      this.#tables.set(root, table);
    }
    return table;
  }

  #story(root: PageNo, key: Key): Story {
    const table = this.#table(root);
    let story = table.stories.get(key);
    if (story === undefined) {
      story = { key, base: null, versions: [] };
      table.stories.set(key, story);
      table.inOrder = null;
    }
    return story;
  }

  /** Where a transaction committed; undefined when it has not. */
  commitLsn(txn: TxnId): Lsn | undefined {
    return this.#commits.get(txn);
  }

  /** Transactions that wrote something and have not ended. */
  openTransactions(): readonly TxnId[] {
    return [...this.#open.keys()];
  }

  /**
   * Every row of a table that a reader at `lsn` sees, in key order: of each row the latest version whose
   * transaction committed at or below it, or is the reader's own.
   */
  visible(root: PageNo, lsn: Lsn, own: TxnId | null): readonly (readonly Value[])[] {
    const table = this.#table(root);
    table.inOrder ??= [...table.stories.values()].toSorted((a, b) =>
      precedes(a.key, b.key) ? -1 : 1,
    );
    const rows: (readonly Value[])[] = [];
    for (const story of table.inOrder) {
      const values = this.#seen(story, lsn, own);
      if (values !== null) rows.push(values);
    }
    return rows;
  }

  #seen({ versions, base }: Story, lsn: Lsn, own: TxnId | null): readonly Value[] | null {
    for (let i = versions.length - 1; i >= 0; i--) {
      const version = versions[i];
      if (version === undefined) continue;
      if (version.txn === own) return version.values;
      const committed = this.#commits.get(version.txn);
      if (committed !== undefined && committed <= lsn) return version.values;
    }
    return base;
  }
}

const keyIn = (delta: LogRecord['delta']): Key | null => {
  if (delta.kind === 'put-row') return delta.row.key;
  return delta.kind === 'remove-row' ? delta.key : null;
};
