import { useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import type { Prospect } from '../../store/app-store.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { classes } from '../kit/classes.ts';
import popover from '../kit/popover.module.css';
import styles from './foretold.module.css';
import { Foretold } from './foretold.tsx';
import { FORESEEN_ID } from './use-foresight.ts';

const GAP_PX = 6;
const EDGE_PX = 8;

const askerOf = ({ asker }: Pick<Prospect, 'asker'>): HTMLElement | null =>
  document.querySelector(`[data-asks="${CSS.escape(asker)}"]`);

/** What the control pointed at would do, beside that control and above everything. */
export function Foresight() {
  const { foresight } = usePage();
  const box = useRef<HTMLSpanElement>(null);
  const prospect = useApp((state) => state.foreseen);
  const asker = prospect?.asker;
  useLayoutEffect(() => {
    const control = prospect && askerOf(prospect);
    if (box.current && control) place(box.current, control);
  });
  useEffect(() => {
    if (asker === undefined) return;
    const dismiss = (): void => foresight.forget(asker);
    // Also where the control is only pointed at and has no focus.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      dismiss();
    };
    addEventListener('keydown', onKeyDown, true);
    // Only where the control goes along: events scroll by themselves while a run plays.
    const onScroll = ({ target }: Event): void => {
      if (target instanceof Node && target.contains(askerOf({ asker }))) dismiss();
    };
    addEventListener('scroll', onScroll, true);
    return () => {
      removeEventListener('keydown', onKeyDown, true);
      removeEventListener('scroll', onScroll, true);
    };
  }, [asker, foresight]);
  if (!prospect) return null;
  // In the region of the control, so that it belongs to it; above everything all the same.
  const region = askerOf(prospect)?.closest('aside, main, section') ?? document.body;
  return createPortal(
    <span
      ref={box}
      key={prospect.asker}
      id={FORESEEN_ID}
      popover="manual"
      role="tooltip"
      className={classes(popover['popover'], styles['beside'])}
      onPointerLeave={() => foresight.forget(prospect.asker)}
    >
      <Foretold answer={prospect.answer} />
    </span>,
    region,
  );
}

/** Left of the controls it stands among, so that it is in nobody's way; without room there, below or above. */
function place(answer: HTMLElement, control: HTMLElement): void {
  if (!answer.matches(':popover-open')) answer.showPopover();
  const { width, height } = answer.getBoundingClientRect();
  const own = control.getBoundingClientRect();
  const group = control.closest('[role=group]')?.getBoundingClientRect() ?? own;
  const aside = group.left - GAP_PX - width;
  const below = group.bottom + GAP_PX;
  const above = Math.max(EDGE_PX, group.top - GAP_PX - height);
  const highest = innerHeight - height - EDGE_PX;
  const [left, top] =
    aside >= EDGE_PX
      ? [aside, Math.min(own.top, highest)]
      : [Math.min(own.left, innerWidth - width - EDGE_PX), below <= highest ? below : above];
  answer.style.setProperty('inset-inline-start', `${Math.max(EDGE_PX, left)}px`);
  answer.style.setProperty('inset-block-start', `${top}px`);
}
