import { useEffect } from 'react';
import type { ViewTab } from '../../store/views.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';
import { RegionBoundary } from '../layout/region-boundary.tsx';
import styles from './view.module.css';

const Room = () => <div className={styles['room']} aria-busy />;
const ClusterTable = later(async () => (await import('./cluster-table.tsx')).ClusterTable, Room);
const LogView = later(async () => (await import('./log/log-view.tsx')).LogView, Room);
const LogTable = later(async () => (await import('./log/log-table.tsx')).LogTable, Room);
const FleetView = later(async () => (await import('./fleet/fleet-view.tsx')).FleetView, Room);
const FleetTable = later(async () => (await import('./fleet/fleet-table.tsx')).FleetTable, Room);
const SpacetimeView = later(
  async () => (await import('./spacetime/spacetime-view.tsx')).SpacetimeView,
  Room,
);
const SpacetimeTable = later(
  async () => (await import('./spacetime/spacetime-table.tsx')).SpacetimeTable,
  Room,
);
const MetricsView = later(
  async () => (await import('./metrics/metrics-view.tsx')).MetricsView,
  Room,
);
const MetricsTable = later(
  async () => (await import('./metrics/metrics-table.tsx')).MetricsTable,
  Room,
);
const CompareView = later(
  async () => (await import('./compare/compare-view.tsx')).CompareView,
  Room,
);
const CompareTable = later(
  async () => (await import('./compare/compare-table.tsx')).CompareTable,
  Room,
);

const PICTURES = {
  cluster: Room,
  log: LogView,
  fleet: FleetView,
  spacetime: SpacetimeView,
  metrics: MetricsView,
  compare: CompareView,
} as const;
const TABLES = {
  cluster: ClusterTable,
  log: LogTable,
  fleet: FleetTable,
  spacetime: SpacetimeTable,
  metrics: MetricsTable,
  compare: CompareTable,
} as const;

/** One way to look at the run: its picture, or the same as a table. What fails in it leaves the rest alone. */
export function View({ tab }: { readonly tab: ViewTab }) {
  const { api } = usePage();
  const asTable = useApp((state) => state.asTable);
  // A link may lead here without ever showing the stage.
  useEffect(() => api.setReady(), [api]);
  const Shown = (asTable ? TABLES : PICTURES)[tab];
  return (
    <div className={styles['view']} key={`${tab} ${asTable}`}>
      <RegionBoundary name="View">
        <Shown />
      </RegionBoundary>
    </div>
  );
}
