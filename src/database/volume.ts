import { assert, InvariantError } from '../engine/assert.ts';
import { advance } from './advance.ts';
import {
  type Database,
  hasWork,
  LEAST_CACHE_PAGES,
  openDatabase,
  openSession,
  submit,
} from './database.ts';
import type { Draft } from './delta.ts';
import type { Lsn, SessionId, TxnId, Value } from './ids.ts';
import { admit, install } from './install.ts';
import type { Layout } from './layout.ts';
import { emptyUndo, freePage, type Page } from './page.ts';
import { pagesOf } from './page-cache.ts';
import { purgeStep } from './purge.ts';
import type { Statement } from './statement.ts';

export type CreateTable = Extract<Statement, { readonly kind: 'create-table' }>;

/** A table with the rows it starts with, in ascending key order if its leaves are to be well filled. */
interface TableSpec {
  readonly create: CreateTable;
  readonly rows: readonly (readonly Value[])[];
}

interface DatabaseSpec {
  readonly name: string;
  readonly tables: readonly TableSpec[];
}

/** What a volume holds before a run begins. */
export interface VolumeSpec {
  readonly databases: readonly DatabaseSpec[];
}

/** A volume's first content: every page has the LSN just below `nextLsn`, which is the VDL to begin at. */
export interface Bootstrap {
  /** Pages that have been written, by page number; all others are free. */
  readonly pages: readonly Page[];
  readonly nextLsn: Lsn;
  readonly nextTxn: TxnId;
}

export const DEFAULT_LAYOUT: Layout = { groups: 4, pagesPerGroup: 16 };
const DEFAULT_FIRST_LSN: Lsn = 1001;

const ITEMS = ['book', 'lamp', 'chair', 'kettle', 'scarf', 'clock', 'mug', 'rug', 'plant', 'radio'];

/** The keys that the default volume begins with: 1000, 1010 and so on up to 2190. */
export const DEFAULT_KEYS = { first: 1000, step: 10, count: 120 } as const;

/** The item that the default volume and the workload give to an order. */
export const itemFor = (n: number): string => ITEMS[n % ITEMS.length] ?? 'book';

/** One database `shop` with one table `orders` of 120 rows; the built-in workload never goes below 1000. */
export const DEFAULT_VOLUME: VolumeSpec = {
  databases: [
    {
      name: 'shop',
      tables: [
        {
          create: {
            kind: 'create-table',
            name: { database: 'shop', table: 'orders' },
            columns: [
              { name: 'id', type: { kind: 'bigint' }, notNull: true },
              {
                name: 'item',
                type: { kind: 'varchar', length: 40 },
                notNull: false,
                default: null,
              },
            ],
            primaryKey: 'id',
            ifMissing: false,
          },
          rows: Array.from({ length: DEFAULT_KEYS.count }, (_, i) => [
            DEFAULT_KEYS.first + i * DEFAULT_KEYS.step,
            itemFor(i * 7),
          ]),
        },
      ],
    },
  ],
};

const BUILDER: SessionId = 1;
const ROWS_PER_INSERT = 20;

/**
 * Builds a volume by running its statements through the database itself, with everything cached and
 * durable at once, as if restored from a backup taken just below `firstLsn`. Throws when the statements
 * are refused: a volume's specification is checked where it enters.
 */
export function bootstrapVolume(
  spec: VolumeSpec,
  layout: Layout = DEFAULT_LAYOUT,
  firstLsn: Lsn = DEFAULT_FIRST_LSN,
): Bootstrap {
  const shape = `${layout.groups} ${layout.pagesPerGroup} ${firstLsn}`;
  const known = made.get(spec) ?? new Map<string, Bootstrap>();
  const boot = known.get(shape) ?? built(spec, layout, firstLsn);
  known.set(shape, boot);
  made.set(spec, known);
  return boot;
}

/** Building takes longer than many a run: what was made of a specification is kept as long as that. */
const made = new WeakMap<VolumeSpec, Map<string, Bootstrap>>();

function built(spec: VolumeSpec, layout: Layout, firstLsn: Lsn): Bootstrap {
  const cacheCapacityPages = Math.max(LEAST_CACHE_PAGES, layout.groups * layout.pagesPerGroup);
  const options = { ...layout, cacheCapacityPages };
  let db = openSession(openDatabase(options, { nextTxn: 1, vdl: 0 }), BUILDER);
  for (const statement of statementsOf(spec)) db = runAlone(db, statement);
  assert(db.nextTxn <= firstLsn, 'a volume may not begin with more transactions than LSNs');
  const pages = pagesOf(db.cache)
    .filter(({ body }) => body.kind !== 'free')
    .map((page) => restored(page, firstLsn - 1));
  return { pages, nextLsn: firstLsn, nextTxn: db.nextTxn };
}

function* statementsOf({ databases }: VolumeSpec): Generator<Statement> {
  for (const { name, tables } of databases) {
    yield { kind: 'create-database', name, ifMissing: true };
    for (const { create, rows } of tables) {
      const table = { ...create.name, database: name };
      yield { ...create, name: table };
      for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
        const some = rows.slice(i, i + ROWS_PER_INSERT);
        yield { kind: 'insert', table, columns: null, rows: some, onDuplicate: [] };
      }
    }
  }
}

/** Runs one statement, and the purge after it, on a database that has storage to itself. */
function runAlone(start: Database, statement: Statement): Database {
  let db = submit(start, BUILDER, statement);
  for (;;) {
    const step = hasWork(db, BUILDER)
      ? advance(db, BUILDER, { vdl: db.vdl })
      : purgeStep(db, db.vdl, db.vdl);
    switch (step.kind) {
      case 'miss':
        db = admit(step.db, freePage(step.page), db.vdl);
        break;
      case 'mtr':
        db = installAtOnce(step.db, step.drafts);
        break;
      case 'done':
        db = step.db;
        break;
      case 'idle':
        return step.db;
      default:
        throw new InvariantError(`A volume cannot begin so: ${JSON.stringify(step, refusal)}`);
    }
  }
}

const refusal = (name: string, value: unknown): unknown => (name === 'db' ? undefined : value);

/** Stamps records with the next LSNs and counts them as durable. */
function installAtOnce(db: Database, drafts: readonly Draft[]): Database {
  const stamped = drafts.map((draft, i) => ({ ...draft, lsn: db.vdl + 1 + i }));
  return { ...install(db, stamped), vdl: db.vdl + stamped.length };
}

/** A page as a restored backup has it: nothing to undo, and all of it as of one LSN. */
function restored({ no, body }: Page, lsn: Lsn): Page {
  if (body.kind === 'undo') return { no, lsn, body: emptyUndo };
  if (body.kind !== 'leaf') return { no, lsn, body };
  return {
    no,
    lsn,
    body: { kind: 'leaf', rows: body.rows.map((row) => ({ ...row, undo: null })) },
  };
}
