import { activeStates, type Chart, chartOf } from '../engine/chart.ts';
import type { MachineState } from './view-actors.ts';

export type { ChartMove, ChartState } from '../engine/chart.ts';
export { statesOf } from '../engine/chart.ts';

/** An actor's chart, and where in it the actor stands. */
export interface ChartView {
  readonly chart: Chart;
  /** Paths of the states it is in, outermost first. */
  readonly active: readonly string[];
}

/** Where an actor stands in its own chart. */
export const chartView = ({ machine, value }: MachineState): ChartView => ({
  chart: chartOf(machine),
  active: activeStates(value),
});
