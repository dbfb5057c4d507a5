import { type FocusEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { ClusterView } from '../../protocol/view.ts';
import type { Target } from '../../scene/layout.ts';
import type { Selection } from '../../store/app-store.ts';
import { foreseeable } from '../foresight/foreseeable.ts';
import { type Place, useForesight } from '../foresight/use-foresight.ts';
import { useApp, usePage, useView } from '../hooks/page.ts';
import { useMedia } from '../hooks/use-media.ts';
import { usePerform } from '../hooks/use-perform.ts';
import { useSlow } from '../hooks/use-slow.ts';
import { powerAction } from '../power-action.ts';
import { neighbour } from './neighbour.ts';
import styles from './overlay-grid.module.css';
import { targetName } from './target-names.ts';
import { type LongPress, useLongPress } from './use-long-press.ts';

const KINDS: Readonly<Record<Target['kind'], Selection['kind']>> = {
  host: 'node',
  instance: 'instance',
  zone: 'zone',
  segment: 'segment',
  client: 'client',
  service: 'service',
};

const selectionOf = ({ kind, id }: Target): Selection => ({ kind: KINDS[kind], id });

interface OverlayGridProps {
  readonly targets: readonly Target[];
  /** Where the camera looks. */
  readonly transform: string;
}

/**
 * A real, transparent button over everything drawn that can be pressed: for fingers, keyboards,
 * voices and screen readers alike. One tab stop; arrows go to the nearest neighbour.
 */
export function OverlayGrid({ targets, transform }: OverlayGridProps) {
  const view = useView();
  const slowView = useSlow(view, 1_000);
  const place = useAnswerPlace();
  const [current, setCurrent] = useState('');
  const grid = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(targets), [targets]);
  if (!view || !slowView) return null;
  const tabStop = targets.some(({ id }) => id === current) ? current : targets[0]?.id;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const from = (event.target as HTMLElement).dataset['target'];
    const target = targets.find(({ id }) => id === from);
    const next = target && neighbour(targets, target, event.key, event.ctrlKey);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    grid.current?.querySelector<HTMLElement>(`[data-target="${CSS.escape(next.id)}"]`)?.focus();
  };
  const onFocus = ({ target }: FocusEvent<HTMLElement>): void => {
    const id = target.dataset['target'];
    if (id) setCurrent(id);
  };
  return (
    <div
      ref={grid}
      role="grid"
      aria-label="Cluster"
      data-keys="stage"
      className={styles['grid']}
      style={{ transform }}
      onKeyDown={onKeyDown}
      // Space is play and pause here; a button must not also be pressed by it.
      onKeyUp={(event) => event.key === ' ' && event.preventDefault()}
      onFocus={onFocus}
    >
      {rows.map((row) => (
        <div role="row" key={row[0]?.row} className={styles['row']}>
          {row.map((target) => (
            <Cell
              key={target.id}
              target={target}
              view={view}
              name={targetName(slowView, target)}
              tabStop={target.id === tabStop}
              place={place}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** In the line above the stage; where that has no room of its own, beside the control. */
function useAnswerPlace(): Place {
  const killMode = useApp((state) => state.killMode);
  const isLow = useMedia('(max-height: 639px)');
  return isLow && !killMode ? 'beside' : 'stage';
}

function rowsOf(targets: readonly Target[]): readonly (readonly Target[])[] {
  const rows = new Map<number, Target[]>();
  for (const target of targets) rows.set(target.row, [...(rows.get(target.row) ?? []), target]);
  return [...rows.values()];
}

interface CellProps {
  readonly target: Target;
  readonly view: ClusterView;
  readonly name: string;
  readonly tabStop: boolean;
  /** Where it says what it would do. */
  readonly place: Place;
}

function Cell({ target, view, name, tabStop, place }: CellProps) {
  const { store } = usePage();
  const perform = usePerform();
  const selected = useApp(
    ({ selection }) => selection?.kind === KINDS[target.kind] && selection.id === target.id,
  );
  const pointed = useApp((state) =>
    state.pointed.some(
      (at) => at === KINDS[target.kind] || at === `${KINDS[target.kind]}:${target.id}`,
    ),
  );
  const killMode = useApp((state) => state.killMode);
  const subject = selectionOf(target);
  const { select, openMenu, setHover } = store.getState();
  const killable = target.kind !== 'client' && target.kind !== 'service';
  const press: LongPress = useLongPress(() => openMenu(subject));
  const kills =
    killMode && killable ? powerAction(view, machineKind(target), machineId(view, target)) : null;
  const { onPointerEnter, onPointerLeave, ...asking } = useForesight(
    kills && foreseeable(kills),
    place,
  );

  const onClick = (): void => {
    if (press.happened()) return;
    if (kills) perform(kills);
    else select(subject);
  };
  return (
    <div role="gridcell" className={styles['cell']} aria-selected={selected}>
      <button
        type="button"
        data-target={target.id}
        data-kind={subject.kind}
        data-pointed={pointed || undefined}
        tabIndex={tabStop ? 0 : -1}
        className={styles['target']}
        style={placeOf(target.rect)}
        aria-label={name}
        onClick={onClick}
        onContextMenu={(event) => {
          event.preventDefault();
          openMenu(subject);
        }}
        onDoubleClick={() => {
          if (!killMode) store.getState().zoomable?.show?.(subject);
        }}
        {...asking}
        onPointerEnter={(event) => {
          setHover(subject);
          onPointerEnter(event);
        }}
        onPointerLeave={(event) => {
          setHover(null);
          onPointerLeave(event);
        }}
        {...press.handlers}
      />
      {target.power ? <PowerButton target={target} view={view} place={place} /> : null}
    </div>
  );
}

/** In kill mode a segment stands for the node it is on. */
const machineKind = (target: Target): Selection['kind'] =>
  target.kind === 'segment' ? 'node' : KINDS[target.kind];

function machineId(view: ClusterView, { kind, id }: Target): string {
  if (kind !== 'segment') return id;
  const segments = view.groups.flatMap((group) => group.segments);
  return segments.find((segment) => segment.id === id)?.host ?? id;
}

function PowerButton({ target, view, place }: Pick<CellProps, 'target' | 'view' | 'place'>) {
  const perform = usePerform();
  const action = powerAction(view, KINDS[target.kind], target.id);
  const asking = useForesight(foreseeable(action), place);
  if (!target.power) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles['power']}
      style={placeOf(target.power)}
      aria-label={action.label}
      title={action.blocked}
      aria-disabled={action.blocked !== undefined}
      {...asking}
      onClick={() => perform(action)}
    />
  );
}

const placeOf = ({ x, y, w, h }: Target['rect']) => ({
  insetInlineStart: x,
  insetBlockStart: y,
  inlineSize: w,
  blockSize: h,
});
