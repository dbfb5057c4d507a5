import { type KeyboardEvent, useState } from 'react';
import { counterpartOf } from '../../../scenario/counterpart.ts';
import { pairsUpTo } from '../../../scene/compare/pairs.ts';
import { type Comparison, comparisonOf } from '../../../scene/compare/picture.ts';
import type { Cursor, Shown } from '../../../scene/compare/plan.ts';
import type { Selection } from '../../../store/app-store.ts';
import { useApp, usePage, useSummary } from '../../hooks/page.ts';
import { SketchCanvas } from '../sketch-canvas.tsx';
import styles from './compare.module.css';
import { Faults, Unmatched } from './faults.tsx';
import { barAfter, barOf } from './moves.ts';
import { Board, Footer } from './numbers.tsx';
import { txnOf, useMoment } from './shown.ts';
import { useComparison } from './use-comparison.ts';

/** The run on Aurora and on mirrored MySQL, and what one transaction waited for on each. */
export function CompareView() {
  const { player, store } = usePage();
  const compared = useComparison();
  const { mirrored, both } = compared;
  const group = useApp((state) => state.focusGroup);
  const selected = useApp((state) => state.selection);
  const hovered = useApp((state) => state.hover);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  useSummary((summary) => summary.count);
  const moment = useMoment(compared, txnOf(selected));
  const { shown, nothing } = moment();

  const choose = (txn: number | undefined): void => {
    if (txn !== undefined) store.getState().select({ kind: 'transaction', id: String(txn) });
  };
  const turn = (by: 1 | -1): void => {
    const pairs = pairsUpTo(both(), player.shownUs());
    const at = pairs.findIndex(({ aurora }) => aurora.txn === shown?.txn);
    choose(pairs[at + by]?.aurora.txn);
    setCursor(null);
  };
  const onKey = ({ key }: KeyboardEvent, { plan }: Comparison): boolean => {
    const next = barAfter(key, cursor, plan.moment.shown);
    if (next) setCursor(next);
    else if (key === 'PageUp' || key === 'PageDown') turn(key === 'PageUp' ? -1 : 1);
    else if (key === 'Enter') choose(plan.moment.shown?.txn);
    else return false;
    return true;
  };
  const hops = { aurora: shown?.aurora.hops ?? null, mysql: shown?.mysql?.hops ?? null };
  return (
    <>
      <Faults />
      <Unmatched />
      <div className={styles['body']}>
        <div className={styles['picture']}>
          <div className={styles['canvas']}>
            <SketchCanvas
              label="Compare: Aurora and mirrored MySQL"
              reading={readingOf(shown, cursor) ?? nothing}
              stamp={() => `${player.count()} ${player.shownUs()} ${mirrored.version()}`}
              isReady={() => mirrored.isThere}
              onKey={onKey}
              draw={({ width: widthPx, height: heightPx }, measure, _sight, theme) => {
                const nowUs = player.shownUs();
                const twin = twinOf(hovered) ?? twinOf(selected);
                const look = { theme, group, selected, hovered, twin, cursor, nowUs } as const;
                return comparisonOf(moment(), look, { widthPx, heightPx }, measure);
              }}
            />
          </div>
          <Board both={both} hops={hops} />
        </div>
        <Footer both={both} />
      </div>
    </>
  );
}

/** The part of the mirrored database to which an act on this would be done. */
function twinOf(selection: Selection | null): string | null {
  if (selection?.kind !== 'node' && selection?.kind !== 'instance') return null;
  const act = counterpartOf({ op: 'crash', target: selection.id });
  return act?.op === 'crash' ? act.target : null;
}

const HINT = 'Arrow keys read steps, page keys other transactions.';

function readingOf(shown: Shown | null, cursor: Cursor | null): string | null {
  const bar = barOf(shown, cursor);
  if (bar) return `${bar.says}; simulated.`;
  if (!shown) return null;
  const { txn, aurora, mysql } = shown;
  const there = mysql ? `${mysql.hops} on MySQL` : 'not answered on MySQL yet';
  return `Transaction ${txn}: ${aurora.hops} hops in a row on Aurora, ${there}; simulated. ${HINT}`;
}
