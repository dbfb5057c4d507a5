import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useApp, usePage } from '../hooks/page.ts';
import { IconButton } from '../kit/button.tsx';
import { Tab, TabList } from '../kit/tabs.tsx';
import { DETENTS, firstDetent } from './arrangement.ts';
import styles from './narrow-panel.module.css';
import { RegionBoundary } from './region-boundary.tsx';

interface NarrowPanelProps {
  readonly story: ReactNode;
  readonly console: ReactNode;
  readonly inspector: ReactNode;
  readonly events: ReactNode;
  /** At the side of the stage rather than under it. */
  readonly sheet: boolean;
}

const TABS = ['Story', 'Console', 'Inspect', 'Events'] as const;
type PanelTab = (typeof TABS)[number];

/** The four panels of a phone, one at a time. */
export function NarrowPanel({ story, console, inspector, events, sheet }: NarrowPanelProps) {
  const selection = useApp((state) => state.selection);
  const { setColumn } = usePage().store.getState();
  const isStory = useApp((state) => state.column === 'story');
  const reading = useApp((state) => state.story !== null);
  const [tab, setTab] = useState<PanelTab>('Console');
  const reads = useRef(false);
  reads.current = reading && tab === 'Story';
  const [detent, setDetent] = useState(() => firstDetent(sheet));
  const move = (by: 1 | -1): void => setDetent((now) => DETENTS[DETENTS.indexOf(now) + by] ?? now);

  useEffect(() => {
    if (isStory) setTab('Story');
  }, [isStory]);

  useEffect(() => {
    // What a step of the story selects, or asks to be selected, does not take the story away.
    if (!selection || reads.current) return;
    setTab('Inspect');
    setDetent((now) => (now === 'folded' ? 'half' : now));
  }, [selection]);

  const bodies: Readonly<Record<PanelTab, ReactNode>> = {
    Story: story,
    Console: console,
    Inspect: inspector,
    Events: events,
  };
  return (
    <aside
      className={styles['panel']}
      data-detent={detent}
      data-sheet={sheet || undefined}
      aria-label="Panels"
      id="panels"
      tabIndex={-1}
    >
      <div className={styles['bar']}>
        <TabList label="Panels" hidden={sheet && detent === 'folded'}>
          {TABS.map((name) => (
            <Tab
              key={name}
              id={name}
              group="panels"
              selected={tab === name}
              onSelect={() => {
                setTab(name);
                if (name === 'Story' || name === 'Console')
                  setColumn(name === 'Story' ? 'story' : 'console');
                if (detent === 'folded') move(1);
              }}
            >
              {name}
            </Tab>
          ))}
        </TabList>
        <IconButton
          label="Show more of the panel"
          icon={ChevronUp}
          aria-disabled={detent === 'full'}
          onClick={() => move(1)}
        />
        <IconButton
          label="Show less of the panel"
          icon={ChevronDown}
          aria-disabled={detent === 'folded'}
          onClick={() => move(-1)}
        />
      </div>
      <div
        className={styles['body']}
        role="tabpanel"
        id={`panels-${tab}-panel`}
        aria-labelledby={`panels-${tab}-tab`}
        hidden={detent === 'folded'}
      >
        <RegionBoundary name={tab} key={tab}>
          {bodies[tab]}
        </RegionBoundary>
      </div>
    </aside>
  );
}
