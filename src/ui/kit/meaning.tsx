import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { type Entry, GLOSSARY, type TermKey } from '../../stories/glossary.ts';
import { classes } from './classes.ts';
import popover from './popover.module.css';
import styles from './term.module.css';

interface MeaningProps {
  readonly id: string;
  readonly of: TermKey;
  readonly beside: RefObject<HTMLElement | null>;
  onPointerEnter(): void;
  onPointerLeave(): void;
  onDismiss(): void;
}

const GAP_PX = 6;
const EDGE_PX = 8;

/** What a word means, above everything, below the word or, where there is no room, above it. */
export function Meaning({ of, beside, onDismiss, ...rest }: MeaningProps) {
  const box = useRef<HTMLSpanElement>(null);
  const { term, acronym, says }: Entry = GLOSSARY[of];
  useLayoutEffect(() => {
    const [meaning, word] = [box.current, beside.current?.getBoundingClientRect()];
    if (!meaning || !word) return;
    meaning.showPopover();
    const { width, height } = meaning.getBoundingClientRect();
    const below = word.bottom + GAP_PX;
    const fits = below + height + EDGE_PX <= innerHeight;
    const left = Math.max(EDGE_PX, Math.min(word.left, innerWidth - width - EDGE_PX));
    meaning.style.setProperty('inset-inline-start', `${left}px`);
    meaning.style.setProperty(
      'inset-block-start',
      `${fits ? below : Math.max(EDGE_PX, word.top - GAP_PX - height)}px`,
    );
  }, [beside]);
  useEffect(() => {
    // Also where the word was only pointed at and has no focus.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onDismiss();
    };
    // The word moves away under it.
    const onScroll = (): void => onDismiss();
    addEventListener('keydown', onKeyDown, true);
    addEventListener('scroll', onScroll, true);
    return () => {
      removeEventListener('keydown', onKeyDown, true);
      removeEventListener('scroll', onScroll, true);
    };
  }, [onDismiss]);
  return (
    <span
      ref={box}
      popover="manual"
      role="tooltip"
      className={classes(popover['popover'], styles['meaning'])}
      {...rest}
    >
      <strong>{term}</strong>
      {acronym ? <span className={styles['acronym']}> {acronym}</span> : null}
      <span className={styles['says']}>{says}</span>
    </span>
  );
}
