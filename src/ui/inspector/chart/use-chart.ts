import { type ChartView, chartView } from '../../../protocol/view-chart.ts';
import type { Selection } from '../../../store/app-store.ts';
import { usePage } from '../../hooks/page.ts';
import { type Last, lastOf } from './happened.ts';

interface ChartNow {
  readonly chart: ChartView;
  readonly last: Last | null;
}

/** The chart of what is selected, where it stands at the present moment, and what came to it last. */
export function useChart({ id }: Selection): ChartNow | null {
  const { player } = usePage();
  const state = player.machineState(id);
  if (!state) return null;
  const chart = chartView(state);
  return { chart, last: lastOf(player, id, chart) };
}
