import { type Pair, pairAt, pairsUpTo } from '../../../scene/compare/pairs.ts';
import { lengthText } from '../../../scene/metrics/words.ts';
import { clockText } from '../../../store/clock-text.ts';
import { useApp, useSummary, useView } from '../../hooks/page.ts';
import { DataTable } from '../data-table.tsx';
import styles from './compare.module.css';
import { Unmatched } from './faults.tsx';
import { Board, Footer } from './numbers.tsx';
import { shownOf, txnOf } from './shown.ts';
import { useComparison } from './use-comparison.ts';

const MOST_ROWS = 100;

/** Transactions that both systems have answered, newest first, and the same numbers as the picture has. */
export function CompareTable() {
  const { both } = useComparison();
  const view = useView();
  const nowUs = useSummary((summary) => summary.shownUs);
  const selected = useApp((state) => txnOf(state.selection));
  if (!view) return null;
  const known = both();
  const pairs = pairsUpTo(known, nowUs).slice(-MOST_ROWS).reverse();
  const shown = (pair: Pair) => shownOf(pair, known, view, nowUs);
  const first = pairAt(known, nowUs, selected);
  const now = first && shown(first);
  return (
    <div className={styles['body']} data-table>
      <Unmatched />
      <Board
        both={both}
        hops={{ aurora: now?.aurora.hops ?? null, mysql: now?.mysql?.hops ?? null }}
      />
      <Footer both={both} />
      <div className={styles['listing']}>
        <DataTable
          caption={`Newest ${pairs.length} transactions that both have answered, newest first; simulated.`}
          heads={[
            ...['Transaction', 'Its number on MySQL', 'Answered by both at'],
            ...['Aurora waited (simulated)', 'MySQL waited (simulated)'],
            ...['Aurora, hops in a row (simulated)', 'MySQL, hops in a row (simulated)'],
            'Statement',
          ]}
          rows={pairs.map((pair) => {
            const { txn, mysqlTxn, text, aurora, mysql } = shown(pair);
            const atUs = Math.max(pair.aurora.returned.timeUs, pair.mysql.returnedUs);
            return [
              ...[`Transaction\u00a0${txn}`, mysqlTxn ?? '–', clockText(atUs)],
              ...[lengthText(aurora.waitedUs), mysql ? lengthText(mysql.waitedUs) : '–'],
              ...[aurora.hops, mysql?.hops ?? '–'],
              text.replaceAll(' ', '\u00a0'),
            ];
          })}
        />
      </div>
    </div>
  );
}
