import { ArrowDownToLine } from 'lucide-react';
import { useCallback, useDeferredValue, useLayoutEffect, useRef, useState } from 'react';
import { useSummary } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { EventRow } from './event-row.tsx';
import styles from './events.module.css';

/**
 * Rows in order of time; the line "now" lies where the run stands. The store hands over only a
 * window of rows around it, and rows out of sight are not laid out, so the list stays small.
 */
export function EventList() {
  // A jump in time changes every row: the picture and the clock do not wait for them.
  const told = useDeferredValue(useSummary((summary) => summary.told));
  const clipped = useSummary((summary) => summary.toldClipped);
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<string | null>(null);
  const now = told.findLast((event) => !event.future)?.key ?? '';
  // Who reads why something happened must not have it scrolled away.
  const { away, watch, comeBack } = useFollow(scroller, now, open !== null);
  const [reached, setReached] = useState<string | null>(null);
  // Who has walked to a row comes back to it, as long as it is there.
  const stop = told.some(({ key }) => key === reached) ? reached : now;
  const toggle = useCallback((key: string) => setOpen((old) => (old === key ? null : key)), []);

  if (told.length === 0) return null;
  return (
    <div className={styles['list']}>
      <div
        ref={scroller}
        className={styles['scroller']}
        tabIndex={0}
        role="group"
        aria-label="Events in order"
        onWheel={watch}
        onTouchMove={watch}
        onKeyUp={watch}
        onKeyDown={walk}
        onFocus={({ target }) => setReached(target.closest('li')?.dataset['key'] ?? null)}
      >
        <ol>
          {clipped ? <li className={styles['older']}>Earlier events: go back in time.</li> : null}
          {told.map((event) => (
            <EventRow
              key={event.key}
              event={event}
              current={event.key === now}
              open={open === event.key}
              stop={event.key === stop}
              onToggle={toggle}
            />
          ))}
        </ol>
      </div>
      {away ? (
        <Button className={styles['back']} icon={ArrowDownToLine} onClick={comeBack}>
          Back to now
        </Button>
      ) : null}
    </div>
  );
}

/** Arrows, Home and End go from row to row, from one button to the same one of the other. */
function walk(event: React.KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLButtonElement)) return;
  const row = target.closest('li');
  if (!row) return;
  const place = [...row.querySelectorAll('button')].indexOf(target);
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('li[data-key]')];
  const at = rows.indexOf(row);
  const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
  const next = goal === undefined ? undefined : rows[goal]?.querySelectorAll('button')[place];
  if (!next || place > 1) return;
  event.preventDefault();
  next.focus();
}

/** Rows fade out this near to the lower edge: the line "now" keeps clear of it. */
const FADE_PX = 24;

/** Keeps the line "now" in sight until somebody scrolls away from it, and again once they come back. */
function useFollow(scroller: React.RefObject<HTMLElement | null>, now: string, reading: boolean) {
  const [away, setAway] = useState(false);
  const line = (): Element | null | undefined => scroller.current?.querySelector('[data-now]');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the line moves when "now" does.
  useLayoutEffect(() => {
    const box = scroller.current;
    const list = box?.firstElementChild;
    if (!box || !list || away || reading) return;
    const keep = (): void => {
      const row = line();
      if (!row) return;
      const { top, bottom } = row.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      const beyond = bottom - frame.bottom + FADE_PX;
      if (beyond > 0) box.scrollTop += beyond;
      else if (top < frame.top) box.scrollTop -= frame.top - top;
    };
    // In the frame that shows it, which lays the page out anyway.
    const request = requestAnimationFrame(keep);
    // Rows are as high as guessed until they come into sight, which moves the line again.
    const observer = new ResizeObserver(keep);
    observer.observe(list);
    return () => {
      cancelAnimationFrame(request);
      observer.disconnect();
    };
  }, [now, away, reading]);

  const watch = (): void => {
    const [box, row] = [scroller.current?.getBoundingClientRect(), line()?.getBoundingClientRect()];
    if (box && row) setAway(row.bottom < box.top || row.top > box.bottom);
  };
  return { away, watch, comeBack: () => setAway(false) };
}
