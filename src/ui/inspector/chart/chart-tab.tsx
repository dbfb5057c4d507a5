import { Maximize2 } from 'lucide-react';
import { useRef } from 'react';
import type { ClusterView } from '../../../protocol/view.ts';
import type { Selection } from '../../../store/app-store.ts';
import { usePage } from '../../hooks/page.ts';
import { useElementSize } from '../../hooks/use-element-size.ts';
import { Button } from '../../kit/button.tsx';
import { Accepts } from './accepts.tsx';
import styles from './chart-tab.module.css';
import { Diagram } from './diagram.tsx';
import { useChart } from './use-chart.ts';
import { lastSentence, statePaths } from './words.ts';

interface ChartTabProps {
  readonly view: ClusterView;
  readonly selection: Selection;
  readonly name: string;
}

/** The statechart of what is selected, drawn from the machine that runs it: where it stands, and what it would take. */
export function ChartTab({ view, selection, name }: ChartTabProps) {
  const { store, player } = usePage();
  const room = useRef<HTMLDivElement>(null);
  const size = useElementSize(room);
  const now = useChart(selection);
  if (!now) return null;
  const { chart, last } = now;
  const taken = last?.taken ?? null;
  return (
    <div className={styles['tab']}>
      <div ref={room} className={styles['room']}>
        <StatePaths paths={statePaths(chart)} />
        <Diagram
          chart={chart}
          detail="here"
          label={`Statechart of ${name}`}
          leastWidthPx={size?.width ?? 0}
          taken={taken}
        />
      </div>
      <p className={styles['last']} data-moved={taken !== null || undefined}>
        <span>Last</span>
        {last ? lastSentence(last, player.writerAt(player.position())) : 'nothing for a while'}
      </p>
      <Accepts
        view={view}
        selection={selection}
        chart={chart}
        lastEvent={last?.happening.flight.type ?? null}
      />
      <Button
        icon={Maximize2}
        aria-haspopup="dialog"
        className={styles['whole']}
        onClick={() => store.getState().openDialog('chart')}
      >
        Whole chart
      </Button>
    </div>
  );
}

/** `up › speed › normal`: one line for each region. */
function StatePaths({ paths }: { readonly paths: readonly (readonly string[])[] }) {
  return (
    <div className={styles['paths']}>
      {paths.map((path) => (
        <ol key={path.join(' ')} aria-label="Stands in">
          {path.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      ))}
    </div>
  );
}
