import type { KeyboardEvent, PointerEvent } from 'react';
import { classes } from '../kit/classes.ts';
import styles from './splitter.module.css';

interface SplitterProps {
  readonly label: string;
  /** Id of the panel whose size this changes. */
  readonly controls: string;
  readonly orientation: 'vertical' | 'horizontal';
  /** Share of the space in per cent. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly collapsed: boolean;
  /** The share that a pointer at this place asks for. */
  shareAt(point: { readonly x: number; readonly y: number }): number;
  /** 1 when the right and down arrows enlarge the panel, −1 when they make it smaller. */
  readonly grows: 1 | -1;
  onResize(value: number): void;
  onToggle(): void;
}

const STEP = 2;

/** The line between two panels: drag it, or use the arrows; Enter or a double click folds the panel. */
export function Splitter(props: SplitterProps) {
  const { orientation, value, min, max, grows, collapsed, onResize, onToggle } = props;
  const resize = (to: number): void => onResize(Math.min(max, Math.max(min, to)));

  const steps: Readonly<Record<string, number>> =
    orientation === 'vertical'
      ? { ArrowRight: value + STEP * grows, ArrowLeft: value - STEP * grows, Home: min, End: max }
      : { ArrowDown: value + STEP * grows, ArrowUp: value - STEP * grows, Home: min, End: max };

  const onKeyDown = (event: KeyboardEvent): void => {
    const next = steps[event.key];
    if (event.key === 'Enter') onToggle();
    else if (next !== undefined && !collapsed) resize(next);
    else return;
    event.preventDefault();
  };

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || collapsed) return;
    resize(props.shareAt({ x: event.clientX, y: event.clientY }));
  };

  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-controls={props.controls}
      aria-orientation={orientation}
      aria-valuenow={collapsed ? 0 : Math.round(value)}
      aria-valuemin={0}
      aria-valuemax={max}
      className={classes(styles['splitter'], styles[orientation])}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={onToggle}
    />
  );
}
