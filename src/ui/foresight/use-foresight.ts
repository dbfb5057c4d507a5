import { type FocusEvent, type PointerEvent, useEffect, useId, useRef } from 'react';
import type { Act } from '../../protocol/intervention.ts';
import { useApp, usePage } from '../hooks/page.ts';

/** What would be done is said here, wherever that is: there is one of it. */
export const FORESEEN_ID = 'foreseen';

/**
 * Where the answer stands: in the line above the drawing, so that nothing of it is covered; at the foot of
 * the menu or of the palette; otherwise beside the control.
 */
export type Place = 'stage' | 'menu' | 'palette' | 'beside';

/** Where the answer to a control's question stands, as its name says. */
export const placeOf = (asker: string): string => asker.slice(0, asker.indexOf(' '));

/** Time to reach what is said, and to point at it. */
const CLOSE_MS = 250;

interface Asking {
  readonly 'data-asks': string;
  readonly 'aria-describedby': string | undefined;
  onPointerEnter(event: PointerEvent): void;
  onPointerLeave(event: PointerEvent): void;
  onFocus(event: FocusEvent): void;
  onBlur(): void;
}

/** What a control needs so that pointing at it, or going to it, tells what it would do; null for what does nothing to the run. */
export function useForesight(act: Act | null, place: Place = 'beside') {
  const { foresight } = usePage();
  const id = useId();
  const asker = `${place} ${id}`;
  const asking = useRef(false);
  const timer = useRef(0);
  const described = useApp(({ foreseen }) => foreseen?.asker === asker);
  const ask = (aloud: boolean): void => {
    clearTimeout(timer.current);
    asking.current = true;
    if (act) foresight.ask({ asker, act, aloud });
  };
  const leave = (): void => {
    asking.current = false;
    foresight.forget(asker);
  };
  // Once it is done the control does something else, and what came of it is what is of interest.
  const key = JSON.stringify(act);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an act that says the same is the same.
  useEffect(() => {
    if (asking.current) leave();
  }, [key]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      foresight.forget(asker);
    },
    [asker, foresight],
  );
  const props: Asking = {
    'data-asks': asker,
    'aria-describedby': described ? FORESEEN_ID : undefined,
    onPointerEnter: ({ pointerType }) => {
      if (pointerType !== 'touch') ask(false);
    },
    onPointerLeave: ({ pointerType }) => {
      if (pointerType === 'touch') return;
      clearTimeout(timer.current);
      // What stands in its own place is not to be reached, and the next answer comes there.
      timer.current = window.setTimeout(
        () => isPointedAt() || leave(),
        place === 'beside' ? CLOSE_MS : 0,
      );
    },
    onFocus: ({ currentTarget }) => {
      // In a menu pointing moves the focus as well.
      if (place === 'menu') ask(false);
      else if (currentTarget.matches(':focus-visible')) ask(true);
    },
    onBlur: leave,
  };
  return props;
}

/** Whoever reads what is said may rest the pointer on it. */
const isPointedAt = (): boolean => document.querySelector(`#${FORESEEN_ID}:hover`) !== null;
