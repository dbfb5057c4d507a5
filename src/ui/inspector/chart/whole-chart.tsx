import { Minus, Plus, Scan } from 'lucide-react';
import { type PointerEvent, useRef, useState } from 'react';
import type { ClusterView } from '../../../protocol/view.ts';
import type { Selection } from '../../../store/app-store.ts';
import { Dialog } from '../../dialogs/dialog.tsx';
import { useApp, useView } from '../../hooks/page.ts';
import { IconButton } from '../../kit/button.tsx';
import { factsOf } from '../facts.ts';
import styles from './chart-tab.module.css';
import { Diagram } from './diagram.tsx';
import { useChart } from './use-chart.ts';

const STEP = 1.25;
const MOST = 2.5;
const LEAST = 0.3;

/** Every state and every transition of the selection's chart, to be moved about and enlarged. */
export function WholeChart() {
  const view = useView();
  const selection = useApp((state) => state.selection);
  if (!view || !selection) return null;
  return <Whole view={view} selection={selection} />;
}

function Whole({ view, selection }: { readonly view: ClusterView; readonly selection: Selection }) {
  const now = useChart(selection);
  const [zoom, setZoom] = useState(1);
  const pane = useRef<HTMLDivElement>(null);
  const drag = useDrag(pane);
  const name = factsOf(view, selection)?.name ?? selection.id;
  if (!now) return null;
  const { chart, last } = now;
  const by = (factor: number): void =>
    setZoom((old) => Math.min(MOST, Math.max(LEAST, old * factor)));
  const fit = (): void => {
    const drawing = pane.current?.querySelector('[role=tree]');
    if (!pane.current || !drawing) return;
    const { width, height } = drawing.getBoundingClientRect();
    const { clientWidth, clientHeight } = pane.current;
    setZoom((old) => {
      const k = Math.min((clientWidth - 32) / (width / old), (clientHeight - 80) / (height / old));
      return Math.min(MOST, Math.max(LEAST, k));
    });
  };
  return (
    <Dialog wide title={`Statechart of ${name}: ${chart.chart.id}`}>
      <div className={styles['tools']} role="group" aria-label="Zoom">
        <IconButton label="Smaller" icon={Minus} kind="plain" onClick={() => by(1 / STEP)} />
        <IconButton label="Larger" icon={Plus} kind="plain" onClick={() => by(STEP)} />
        <IconButton label="All of it" icon={Scan} kind="plain" onClick={fit} />
        <span className={styles['percent']}>{Math.round(zoom * 100)} %</span>
        <ul className={styles['key']} aria-label="Key">
          <li data-is="lit">where it stands</li>
          <li data-is="taken">taken last</li>
          <li data-is="initial">where it begins</li>
        </ul>
      </div>
      <div ref={pane} className={styles['pane']} {...drag}>
        <div style={{ zoom }} className={styles['sheet']}>
          <Diagram
            chart={chart}
            detail="whole"
            label={`Whole statechart of ${name}`}
            taken={last?.taken ?? null}
          />
        </div>
      </div>
    </Dialog>
  );
}

/** Moves what is in a pane with the pointer; fingers scroll it by themselves. */
function useDrag(pane: React.RefObject<HTMLDivElement | null>) {
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null);
  return {
    onPointerDown: ({ pointerType, clientX, clientY }: PointerEvent): void => {
      const { current } = pane;
      if (!current || pointerType !== 'mouse') return;
      from.current = { x: clientX + current.scrollLeft, y: clientY + current.scrollTop };
    },
    onPointerMove: ({ buttons, clientX, clientY }: PointerEvent): void => {
      if (!from.current || buttons === 0) return;
      pane.current?.scrollTo(from.current.x - clientX, from.current.y - clientY);
    },
    onPointerUp: (): void => {
      from.current = null;
    },
  };
}
