import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { TermKey } from '../../stories/glossary.ts';
import { later } from './later.tsx';
import styles from './term.module.css';

const Meaning = later(async () => (await import('./meaning.tsx')).Meaning);

/** Long enough to pass over a word, and to reach its meaning. */
const OPEN_MS = 150;
const CLOSE_MS = 250;

/** A word with a meaning that shows when it is pointed at, focused or tapped. */
export function Term({ name, children }: { readonly name: TermKey; readonly children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const word = useRef<HTMLButtonElement>(null);
  const timer = useRef(0);
  const id = useId();
  const soon = (next: boolean): void => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(next), next ? OPEN_MS : CLOSE_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    // It closes this and nothing else.
    event.stopPropagation();
    setOpen(false);
  };
  return (
    <>
      <button
        ref={word}
        type="button"
        className={styles['term']}
        aria-describedby={open ? id : undefined}
        onClick={() => setOpen(true)}
        onFocus={({ target }) => target.matches(':focus-visible') && setOpen(true)}
        onBlur={() => setOpen(false)}
        onPointerEnter={({ pointerType }) => pointerType === 'mouse' && soon(true)}
        onPointerLeave={({ pointerType }) => pointerType === 'mouse' && soon(false)}
        onKeyDown={onKeyDown}
      >
        {children}
      </button>
      {open ? (
        <Meaning
          id={id}
          of={name}
          beside={word}
          onPointerEnter={() => soon(true)}
          onPointerLeave={() => soon(false)}
          onDismiss={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
