import type { Statement } from '../../database/statement.ts';
import type { ClusterConfig } from '../../protocol/config.ts';
import type { Act } from '../../protocol/intervention.ts';
import { nextWriterId, RESTORED, WRITER } from '../../protocol/topology.ts';
import type { Dice } from './dice.ts';
import { replicasOf } from './faults.ts';

const table = { database: 'shop', table: 'orders' };
const begin: Statement = { kind: 'begin' };
const ITEMS = ['anvil', 'bell', 'comb', 'drum'] as const;

/** An instance that comes into being when nobody is left to take over; before, it serves nobody. */
const NOBODY = nextWriterId([WRITER]);

/** Few keys, so that sessions meet; some below 1,000, where the workload never goes. */
const keyFrom = (dice: Dice): number =>
  dice.permille(500) ? dice.between(1, 40) : 1_000 + dice.below(16) * 80;

const is = (id: number) => [{ column: 'id', is: '=', value: id }] as const;

function insert(rows: readonly (readonly (number | string)[])[], item: string | null): Statement {
  const onDuplicate = item === null ? [] : [{ column: 'item', value: item }];
  return { kind: 'insert', table, columns: null, rows, onDuplicate };
}

function select(dice: Dice): Statement {
  const from = keyFrom(dice);
  const where = [
    { column: 'id', is: '>=', value: from },
    { column: 'id', is: '<=', value: from + dice.below(900) },
  ] as const;
  const columns = dice.pick(['all', 'all', 'count'] as const);
  return { kind: 'select', table, columns, where, limit: null };
}

function statement(dice: Dice): Statement {
  const item = dice.pick(ITEMS);
  const id = keyFrom(dice);
  switch (dice.below(7)) {
    case 0:
      return { kind: 'update', table, set: [{ column: 'item', value: item }], where: is(id) };
    case 1:
      return { kind: 'delete', table, where: is(id) };
    case 2:
      return insert([[id, item]], null);
    case 3: {
      // Many new rows at once: pages split, and one mini-transaction reaches several groups.
      const first = 2_200 + dice.below(900);
      return insert(
        Array.from({ length: 12 }, (_, i) => [first + i, item]),
        item,
      );
    }
    case 4:
      return select(dice);
    default:
      return insert([[id, item]], item);
  }
}

/** What people at the console do: transactions that end, do not end, or are taken back. */
export function request(dice: Dice, cluster: ClusterConfig): Act {
  if (dice.permille(300)) return reading(dice, cluster);
  if (dice.permille(100)) return { op: 'write', count: dice.between(1, 8) };
  if (cluster.source === 'records' && dice.permille(200)) return bareRecords(dice, cluster);
  const statements = Array.from({ length: dice.between(1, 4) }, () => statement(dice));
  const end = dice.pick<Statement | null>([{ kind: 'commit' }, { kind: 'rollback' }, null]);
  const session = dice.between(101, 104);
  const whole = dice.permille(700) ? [begin, ...statements, ...(end === null ? [] : [end])] : [];
  const sent = whole.length > 0 ? whole : statements;
  return { op: 'sql', session, endpoint: WRITER, statements: sent, text: '' };
}

/** One mini-transaction over some groups, for the log alone. */
function bareRecords(dice: Dice, { groups }: ClusterConfig): Act {
  const all = Array.from({ length: groups }, (_, group) => group);
  return { op: 'records', groups: dice.some(all, dice.between(1, groups)) };
}

function reading(dice: Dice, cluster: ClusterConfig): Act {
  const endpoint = dice.pick([WRITER, RESTORED, NOBODY, ...replicasOf(cluster)]) ?? WRITER;
  const session = dice.between(105, 107);
  if (dice.permille(200) && endpoint !== RESTORED && endpoint !== NOBODY)
    return { op: 'read', target: endpoint };
  return { op: 'sql', session, endpoint, statements: reads(dice), text: '' };
}

/** One SELECT, or a transaction that looks several times, and may stay open. */
function reads(dice: Dice): readonly Statement[] {
  if (dice.permille(500)) return [select(dice)];
  const level = dice.pick(['repeatable-read', 'read-committed'] as const);
  const looks = Array.from({ length: dice.between(1, 4) }, () => select(dice));
  const end: readonly Statement[] = dice.permille(700) ? [{ kind: 'commit' }] : [];
  return [{ kind: 'set-isolation', level }, begin, ...looks, ...end];
}
