import type { Lsn } from '../database/ids.ts';
import type { Reply } from '../protocol/messages.ts';
import type { Books } from './books.ts';
import { lackingReaders } from './durable.ts';
import { type Breach, breach, type Invariant } from './invariant.ts';

/** I11 to I15: what was acknowledged or shown stays. */
export const DURABILITY: readonly Invariant[] = [
  {
    id: 'I11',
    title: 'Commits are answered when durable',
    says: "A commit is acknowledged only when its record lies at or below the VDL of the writer that answers, computed from acknowledgements under that writer's own epoch.",
    checks: {
      sent: {
        REPLY({ from, message }, books) {
          const lsn = (message as Reply).commit?.lsn;
          const vdl = books.writing(from)?.vdl;
          if (lsn === undefined || vdl === undefined || lsn <= vdl) return null;
          return breach(`${from} answered commit ${lsn} at VDL ${vdl}.`, {
            lsns: [lsn, vdl],
            instances: [from],
          });
        },
      },
    },
  },
  {
    id: 'I12',
    title: 'Durable records stay readable',
    says: 'Every set of segments that counts as a read quorum has a holder of every live record at or below the highest VDL ever announced.',
    checks: {
      notes: { vdl: ({ from, to }, books) => lackingReaders(books, from, to) },
      opened: ({ vdl }, books) => lackingReaders(books, books.cluster.firstLsn, vdl),
      seldom: (books) => lackingReaders(books, books.cluster.firstLsn, books.incarnation.vdl),
    },
  },
  {
    id: 'I13',
    title: 'Acknowledged commits survive',
    says: 'The VDL that a recovery finds is at or above every commit that was ever acknowledged; none of them is ever annulled.',
    checks: {
      truncated({ epoch, above }, { acknowledged }) {
        if (above >= acknowledged) return null;
        return breach(
          `Recovery of epoch ${epoch} kept what lies up to ${above}; commit ${acknowledged} had been acknowledged.`,
          { lsns: [above, acknowledged] },
        );
      },
      sent: {
        REPLY({ from, message }, { line, cluster }) {
          const lsn = (message as Reply).commit?.lsn;
          if (lsn === undefined || lsn <= cluster.firstLsn || line.record(lsn) !== undefined)
            return null;
          return breach(`${from} acknowledged commit ${lsn}, which recovery has annulled.`, {
            lsns: [lsn],
            instances: [from],
          });
        },
      },
    },
  },
  {
    id: 'I14',
    title: 'Transactions happen whole or not at all',
    says: 'Once a transaction has been rolled back, after a crash too, no row version of it is left; only transactions with a commit record are seen.',
    checks: { notes: { 'rolled-back': ({ txn }, books) => nothingLeft(books, txn) } },
  },
  {
    id: 'I15',
    title: 'What was shown is never lost',
    says: 'A value answered to any client from a committed state is not lost by a later recovery: its VDL lies at or above the point that was shown.',
    checks: {
      truncated({ epoch, above }, { shown }) {
        if (above >= shown) return null;
        return breach(
          `Recovery of epoch ${epoch} kept what lies up to ${above}; a client had been shown ${shown}.`,
          { lsns: [above, shown] },
        );
      },
    },
  },
];

/** Rows that a transaction wrote, on the pages it changed. */
function nothingLeft(books: Books, txn: number): Breach | null {
  const line = books.lineOf(books.happening?.flight.to ?? '');
  const found: Lsn[] = [];
  for (const no of line.pageNumbers()) {
    const { body, lsn } = line.page(no);
    if (body.kind === 'leaf' && body.rows.some((row) => row.txn === txn)) found.push(lsn);
  }
  if (found.length === 0) return null;
  return breach(`Transaction ${txn} was rolled back, and rows of it are left.`, { lsns: found });
}
