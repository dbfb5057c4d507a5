import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { spokenClock } from '../../store/clock-text.ts';
import type { Loop } from '../../store/course.ts';
import { usePage } from '../hooks/page.ts';
import styles from './timeline.module.css';
import type { TimeScale } from './timeline-scale.ts';

interface HandlesProps {
  readonly loop: Loop;
  readonly scale: TimeScale;
  readonly edgeUs: number;
  readonly track: RefObject<HTMLElement | null>;
}

/** Both ends of the stretch that is repeated: drag them, or use the arrows; Delete stops repeating. */
export function LoopHandles(props: HandlesProps) {
  return (
    <div className={styles['handles']} role="group" aria-label="Repeated stretch">
      <Handle {...props} end="fromUs" label="Repeat from (A)" />
      <Handle {...props} end="toUs" label="Repeat up to (B)" />
    </div>
  );
}

interface HandleProps extends HandlesProps {
  readonly end: keyof Loop;
  readonly label: string;
}

const STEP = 0.01;
const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: STEP,
  ArrowUp: STEP,
  ArrowLeft: -STEP,
  ArrowDown: -STEP,
  PageUp: 5 * STEP,
  PageDown: -5 * STEP,
  Home: -1,
  End: 1,
};

function Handle({ loop, scale, edgeUs, track, end, label }: HandleProps) {
  const { player } = usePage();
  const us = loop[end];
  const share = Math.min(1, scale.toShare(us));
  const moveTo = (to: number): void => {
    const toUs = scale.toUs(Math.min(1, Math.max(0, to)));
    // The two ends do not pass each other: who drags A goes on dragging A.
    if (end === 'fromUs') player.setLoop({ ...loop, fromUs: Math.min(toUs, loop.toUs) });
    else player.setLoop({ ...loop, toUs: Math.max(toUs, loop.fromUs) });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const by = KEYS[event.key];
    if (by !== undefined) moveTo(share + by);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      player.setLoop(null);
      document.querySelector<HTMLElement>('[data-keys=timeline]')?.focus();
    } else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = track.current?.getBoundingClientRect();
    if (box) moveTo((event.clientX - box.left) / box.width);
  };
  return (
    <span
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(Math.max(edgeUs, loop.toUs))}
      aria-valuenow={Math.round(us)}
      aria-valuetext={spokenClock(us)}
      className={styles['handle']}
      data-end={end}
      style={{ insetInlineStart: `${100 * share}%` }}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    />
  );
}
