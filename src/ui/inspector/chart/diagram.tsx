import { type FocusEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { ChartView } from '../../../protocol/view-chart.ts';
import {
  arrowPath,
  type ChartLayout,
  type Detail,
  HEAD,
  LINE,
  layoutChart,
  type StateBox,
  type Taken,
} from '../../../scene/chart/layout.ts';
import styles from './diagram.module.css';
import { stateSentence } from './words.ts';

interface DiagramProps {
  readonly chart: ChartView;
  readonly detail: Detail;
  readonly label: string;
  readonly leastWidthPx?: number;
  readonly taken: Taken | null;
}

/** A chart as a tree of states for those who go through it by key, and as boxes and arrows for those who see it. */
export function Diagram({ chart, detail, label, leastWidthPx = 0, taken }: DiagramProps) {
  const layout = useLayout(chart, detail, leastWidthPx, taken);
  const [looked, setLooked] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const { boxes, widthPx, heightPx } = layout;
  const stop =
    boxes.find(({ path }) => path === looked) ?? boxes.find(({ lit }) => lit) ?? boxes[0];
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = boxes.findIndex(({ path }) => path === stop?.path);
    const next = nextBox(boxes, at, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    tree.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(next.path)}"]`)?.focus();
  };
  const onFocus = ({ target }: FocusEvent<HTMLElement>): void =>
    setLooked(target.dataset['path'] ?? null);
  return (
    <>
      <div
        ref={tree}
        role="tree"
        aria-label={label}
        className={styles['diagram']}
        style={{ inlineSize: widthPx, blockSize: heightPx }}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onPointerLeave={() => setLooked(null)}
      >
        {boxes.map((box) => (
          <div
            key={box.path}
            role="treeitem"
            aria-level={box.depth}
            aria-selected={box.path === stop?.path}
            aria-current={box.lit}
            aria-label={stateSentence(chart, box.path)}
            tabIndex={box.path === stop?.path ? 0 : -1}
            data-path={box.path}
            data-leaf={boxes.every(({ path }) => !path.startsWith(`${box.path}.`)) || undefined}
            className={styles['state']}
            style={placed(box)}
            onPointerEnter={() => setLooked(box.path)}
          >
            <Head box={box} />
          </div>
        ))}
        <Arrows layout={layout} looked={looked} taken={taken} />
        <Words layout={layout} />
      </div>
      <p className={styles['reading']} aria-hidden="true">
        {looked === null
          ? 'Point at a state, or go through them with the arrow keys.'
          : stateSentence(chart, looked)}
      </p>
    </>
  );
}

/** Laid out again only when it stands elsewhere: time alone moves nothing. */
function useLayout(
  chart: ChartView,
  detail: Detail,
  leastWidthPx: number,
  taken: Taken | null,
): ChartLayout {
  const [from, to] = [taken?.from, taken?.to];
  const stands = chart.active.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same chart in the same states is the same.
  return useMemo(
    () => layoutChart(chart, detail, leastWidthPx, taken),
    [chart.chart, stands, detail, leastWidthPx, from, to],
  );
}

const placed = ({ x, y, w, h }: StateBox) => ({
  insetInlineStart: x,
  insetBlockStart: y,
  inlineSize: w,
  blockSize: h,
});

function Head({ box: { name, folded, initial } }: { readonly box: StateBox }) {
  return (
    <span className={styles['head']} style={{ blockSize: HEAD }}>
      <i className={styles['dot']} data-initial={initial || undefined} />
      <span className={styles['name']}>{name}</span>
      {folded > 0 ? <small className={styles['folded']}>{folded} inside</small> : null}
    </span>
  );
}

/** To the next or previous state, out of one or into it. */
function nextBox(boxes: readonly StateBox[], at: number, key: string): StateBox | undefined {
  const here = boxes[at];
  switch (key) {
    case 'ArrowDown':
      return boxes[at + 1];
    case 'ArrowUp':
      return boxes[at - 1];
    case 'Home':
      return boxes[0];
    case 'End':
      return boxes.at(-1);
    case 'ArrowLeft':
      return boxes.findLast(({ path }) => here?.path.startsWith(`${path}.`));
    case 'ArrowRight':
      return boxes.find(({ path }) => here && path.startsWith(`${here.path}.`));
    default:
      return;
  }
}

interface ArrowsProps {
  readonly layout: ChartLayout;
  readonly looked: string | null;
  readonly taken: Taken | null;
}

function Arrows({ layout: { arrows, widthPx, heightPx }, looked, taken }: ArrowsProps) {
  return (
    <svg className={styles['arrows']} width={widthPx} height={heightPx} aria-hidden="true">
      {arrows.map((arrow) => {
        const [endX, endY] = arrow.points.at(-1) ?? [0, 0];
        const back = arrow.side === 'right' ? 6 : -6;
        const isTaken = arrow.from === taken?.from && arrow.to === taken.to;
        return (
          <g
            key={`${arrow.from} ${arrow.to}`}
            className={styles['arrow']}
            data-lit={arrow.lit || undefined}
            data-looked={arrow.from === looked || undefined}
            data-taken={isTaken || undefined}
          >
            <path className={styles['line']} d={arrowPath(arrow)} />
            <path className={styles['tip']} d={`M${endX},${endY}l${back},-4v8z`} />
          </g>
        );
      })}
    </svg>
  );
}

function Words({ layout: { labels, boxes } }: { readonly layout: ChartLayout }) {
  return (
    <div aria-hidden="true" className={styles['words']}>
      {labels.map(({ from, to, lines, x, y, side, lit, w }) => (
        <span
          key={`${from} ${to}`}
          data-lit={lit || undefined}
          data-side={side}
          style={{ insetInlineStart: x, insetBlockStart: y - LINE / 2, inlineSize: w + 1 }}
        >
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      ))}
      {boxes.flatMap(({ path, stays }) =>
        stays.map(({ text, x, y }) => (
          <small
            key={`${path} ${text}`}
            style={{ insetInlineStart: x, insetBlockStart: y - LINE / 2 }}
          >
            {text}
          </small>
        )),
      )}
    </div>
  );
}
