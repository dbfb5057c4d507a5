import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './tabs.module.css';

const MOVES: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  const next = at < 0 ? undefined : MOVES[event.key]?.(at, tabs.length);
  const tab = next === undefined ? undefined : tabs[next];
  if (!tab) return;
  tab.focus();
  tab.click();
  event.preventDefault();
}

/** Tabs after the authoring practices: one tab stop, arrows select. */
export function TabList({
  label,
  hidden = false,
  children,
}: {
  readonly label: string;
  readonly hidden?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div
      role="tablist"
      aria-label={label}
      hidden={hidden}
      className={styles['list']}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

/** Only the list moves: what stands around it keeps its place. */
function showInList(tab: HTMLElement): void {
  const list = tab.parentElement;
  if (!list) return;
  const [own, room] = [tab.getBoundingClientRect(), list.getBoundingClientRect()];
  const ahead = Math.max(0, own.right - room.right);
  list.scrollLeft += own.left < room.left ? own.left - room.left : ahead;
}

interface TabProps {
  readonly id: string;
  /** Panels are known by `{group}-{id}-panel`, tabs by `{group}-{id}-tab`. */
  readonly group: string;
  readonly selected: boolean;
  readonly children: ReactNode;
  onSelect(): void;
}

export function Tab({ id, group, selected, children, onSelect }: TabProps) {
  const tab = useRef<HTMLButtonElement>(null);
  // Where not all tabs fit, the one that counts is in sight.
  useEffect(() => {
    if (selected && tab.current) showInList(tab.current);
  }, [selected]);
  return (
    <button
      ref={tab}
      type="button"
      role="tab"
      id={`${group}-${id}-tab`}
      aria-selected={selected}
      aria-controls={selected ? `${group}-${id}-panel` : undefined}
      tabIndex={selected ? 0 : -1}
      className={styles['tab']}
      onClick={onSelect}
    >
      {children}
    </button>
  );
}
