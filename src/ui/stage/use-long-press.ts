import { type PointerEvent, type TouchEvent, useEffect, useRef } from 'react';

const HOLD_MS = 500;
const SLIP_PX = 8;

export interface LongPress {
  /** Whether the press that now ends was a long one, so that it is no click. */
  happened(): boolean;
  readonly handlers: {
    onPointerDown(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerUp(): void;
    onPointerCancel(): void;
    onTouchEnd(event: TouchEvent): void;
  };
}

/** A finger resting in one place for half a second: the menu, as a right click opens it. */
export function useLongPress(onLongPress: () => void): LongPress {
  const timer = useRef(0);
  const start = useRef({ x: 0, y: 0 });
  const long = useRef(false);
  const cancel = (): void => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    happened: () => {
      const was = long.current;
      long.current = false;
      return was;
    },
    handlers: {
      onPointerDown: ({ pointerType, clientX, clientY }) => {
        cancel();
        long.current = false;
        start.current = { x: clientX, y: clientY };
        if (pointerType === 'mouse') return;
        timer.current = window.setTimeout(() => {
          long.current = true;
          onLongPress();
        }, HOLD_MS);
      },
      onPointerMove: ({ clientX, clientY }) => {
        const { x, y } = start.current;
        if (Math.hypot(clientX - x, clientY - y) > SLIP_PX) cancel();
      },
      onPointerUp: cancel,
      onPointerCancel: cancel,
      // Lifting the finger would move focus to what it lay on, and so close the menu again.
      onTouchEnd: (event) => {
        if (!long.current) return;
        long.current = false;
        event.preventDefault();
      },
    },
  };
}
