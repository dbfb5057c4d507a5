import { below, redraw } from '../engine/chance.ts';
import type { Delay } from '../engine/effect.ts';
import type { Condition, Statement } from './statement.ts';
import { DEFAULT_KEYS, itemFor } from './volume.ts';

/** What transactions of the built-in workload are like. */
export interface WorkloadOptions {
  /** Share of read-only transactions, 0–1000. */
  readonly readPermille: number;
  /** 0 spreads keys evenly, 1000 sends every access to a few hot ones. */
  readonly skewPermille: number;
  readonly statementsPerTransaction: number;
}

/** A steady load from the application's connections. */
export interface WorkloadConfig extends WorkloadOptions {
  readonly on: boolean;
  /** Transactions a second, over all connections. */
  readonly perSecond: number;
}

const TABLE = { database: 'shop', table: 'orders' } as const;
const HOT_KEYS = 4;
/** One key in so many steps can come and go, so that a leaf gets one more row at most. */
const TOGGLE_EVERY = 6;
const TOGGLES = DEFAULT_KEYS.count / TOGGLE_EVERY;
/** Of ten writes eight update, one puts a row that comes and goes, one deletes it. Of ten reads one is a range. */
const CHOICES = 10;
const RANGE_ROWS = 5;
const MOST_STATEMENTS = 20;

/** What each draw from a luck decides; from `burst` on there is one for each transaction of a burst. */
const DRAW = { reads: 1, statement: 2, hot: 3, key: 4, what: 5, item: 6, burst: 12 } as const;

/** The page that bare records change, where the workload is made of those. */
export const RECORDS_PAGE = 1;

/** Load begins so soon after it was switched on. */
export const FIRST_TRANSACTION_US = 300;

/** When the next transaction is due: around the mean time between two, by half of it at most. */
export function nextDue({ perSecond }: WorkloadConfig): Delay {
  const meanUs = Math.max(1, Math.floor(1_000_000 / perSecond));
  const half = Math.floor(meanUs / 2);
  return { fromUs: meanUs - half, toUs: meanUs + half + 1 };
}

/** The statements of each of so many write transactions at once. */
export function burstOf(
  options: WorkloadOptions,
  count: number,
  luck: number,
): readonly (readonly Statement[])[] {
  const writes = { ...options, readPermille: 0 };
  return Array.from({ length: count }, (_, i) =>
    nextTransaction(writes, redraw(luck, DRAW.burst + i)),
  );
}

/**
 * The statements of one transaction of the built-in workload, from 32 bits of luck. It knows the default
 * volume: it updates the rows that are there, and puts and deletes a fixed few between them, so it runs for
 * ever in a volume that does not grow. It fails never, and going through its rows in ascending order keeps
 * it from deadlocks with itself. Reads are SELECTs without BEGIN, which a replica takes as well.
 */
export function nextTransaction(options: WorkloadOptions, luck: number): readonly Statement[] {
  const reads = below(redraw(luck, DRAW.reads), 1000) < options.readPermille;
  const count = Math.min(MOST_STATEMENTS, Math.max(1, options.statementsPerTransaction));
  const accesses = Array.from({ length: count }, (_, i) => {
    const draw = redraw(luck, DRAW.statement + (i << 8));
    return reads ? readOf(keyFor(options, draw), draw) : writeOf(keyFor(options, draw), draw);
  });
  const inOrder = accesses.sort((a, b) => a.id - b.id).map(({ statement }) => statement);
  return reads || count === 1 ? inOrder : [{ kind: 'begin' }, ...inOrder, { kind: 'commit' }];
}

/** A statement and the first row it touches. */
interface Access {
  readonly id: number;
  readonly statement: Statement;
}

/** The number of a prefilled key, 0 to 119: one of the hot few, or any. */
function keyFor({ skewPermille }: WorkloadOptions, draw: number): number {
  const isHot = below(redraw(draw, DRAW.hot), 1000) < skewPermille;
  const among = redraw(draw, DRAW.key);
  if (!isHot) return below(among, DEFAULT_KEYS.count);
  return below(among, HOT_KEYS) * Math.floor(DEFAULT_KEYS.count / HOT_KEYS);
}

const idOf = (key: number): number => DEFAULT_KEYS.first + key * DEFAULT_KEYS.step;

/** Halfway between two prefilled keys, one for each six of them. */
const toggleOf = (key: number): number =>
  idOf((Math.floor(key / TOGGLE_EVERY) % TOGGLES) * TOGGLE_EVERY) + DEFAULT_KEYS.step / 2;

/** By key, or now and then a short range. */
function readOf(key: number, draw: number): Access {
  const id = idOf(key);
  const last = id + (RANGE_ROWS - 1) * DEFAULT_KEYS.step;
  const isRange = below(redraw(draw, DRAW.what), CHOICES) === 0;
  const where: readonly Condition[] = isRange
    ? [
        { column: 'id', is: '>=', value: id },
        { column: 'id', is: '<=', value: last },
      ]
    : [{ column: 'id', is: '=', value: id }];
  return { id, statement: { kind: 'select', table: TABLE, columns: 'all', where, limit: null } };
}

function writeOf(key: number, draw: number): Access {
  const value = itemFor(redraw(draw, DRAW.item));
  const set = [{ column: 'item', value }];
  const choice = below(redraw(draw, DRAW.what), CHOICES);
  const id = choice < 2 ? toggleOf(key) : idOf(key);
  const where: readonly Condition[] = [{ column: 'id', is: '=', value: id }];
  switch (choice) {
    case 0: {
      const rows = [[id, value]];
      return {
        id,
        statement: { kind: 'insert', table: TABLE, columns: null, rows, onDuplicate: set },
      };
    }
    case 1:
      return { id, statement: { kind: 'delete', table: TABLE, where } };
    default:
      return { id, statement: { kind: 'update', table: TABLE, set, where } };
  }
}
