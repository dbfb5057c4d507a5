import { useRef } from 'react';
import type { ClusterView } from '../../../protocol/view.ts';
import type { Run } from '../../../scenario/run.ts';
import { type Both, type Pair, pairAt } from '../../../scene/compare/pairs.ts';
import type { Moment, Shown } from '../../../scene/compare/plan.ts';
import { auroraWaterfall, mirroredWaterfall } from '../../../scene/compare/waterfall.ts';
import type { Selection } from '../../../store/app-store.ts';
import { usePage } from '../../hooks/page.ts';
import type { ComparedRuns } from './use-comparison.ts';

/** The transaction that is selected; null when something else is, or nothing. */
export const txnOf = (selection: Selection | null): number | null =>
  selection?.kind === 'transaction' ? Number(selection.id) : null;

/** One transaction's wait on both systems. */
export function shownOf(
  pair: Pair,
  { aurora }: Both,
  { groups }: ClusterView,
  nowUs: number,
): Shown {
  const { aurora: commit, mysql } = pair;
  const segments = groups.find(({ id }) => id === commit.group)?.segments ?? [];
  return {
    txn: commit.txn,
    mysqlTxn: mysql?.txn ?? null,
    text: mysql?.text ?? '',
    aurora: auroraWaterfall(commit, aurora.recordOf(commit.lsn), segments, nowUs),
    mysql: mysql && mirroredWaterfall(mysql),
  };
}

/** Why there is no transaction to compare. */
function nothingIn({ scenario }: Run): string {
  return scenario.config.source === 'records'
    ? 'This scenario writes bare records: no client asks for a transaction that could be compared.'
    : 'The first transaction that both have answered will be compared here.';
}

/** While time runs, a transaction stays to be looked at for so long. */
const HELD_MS = 1_500;

/** What there is to be drawn at the present moment. */
export function useMoment({ mirrored, both }: ComparedRuns, asked: number | null): () => Moment {
  const { player, frames } = usePage();
  const held = useRef<{ readonly pair: Pair; readonly run: unknown; readonly sinceMs: number }>(
    null,
  );
  const pairNow = (known: Both, nowUs: number): Pair | null => {
    const last = held.current;
    const playing = player.state() === 'playing';
    const now = frames.now();
    if (playing && asked === null && last?.run === player.run() && now - last.sinceMs < HELD_MS)
      return last.pair;
    const pair = pairAt(known, nowUs, asked);
    held.current = pair && { pair, run: player.run(), sinceMs: now };
    return pair;
  };
  return () => {
    const view = player.view();
    const known = both();
    const nowUs = player.shownUs();
    const pair = pairNow(known, nowUs);
    return {
      aurora: view,
      mysql: mirrored.view(),
      behindUs: mirrored.isThere ? null : mirrored.timeUs,
      shown: pair && shownOf(pair, known, view, nowUs),
      nothing: nothingIn(player.run()),
    };
  };
}
