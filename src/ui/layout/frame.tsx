import type { ReactNode } from 'react';
import { useApp, usePage } from '../hooks/page.ts';
import { useArrangement } from '../hooks/use-arrangement.ts';
import { focusSoon } from '../regions.ts';
import type { Arrangement } from './arrangement.ts';
import styles from './frame.module.css';
import { NarrowPanel } from './narrow-panel.tsx';
import { RegionBoundary } from './region-boundary.tsx';
import { Splitter } from './splitter.tsx';

interface FrameProps {
  readonly header: ReactNode;
  /** Story or console, whichever somebody chose. */
  readonly column: ReactNode;
  readonly story: ReactNode;
  /** The console where there is little height. */
  readonly console: ReactNode;
  readonly columnBar: ReactNode;
  readonly stage: ReactNode;
  readonly inspector: ReactNode;
  readonly events: ReactNode;
  readonly playback: ReactNode;
}

/** Where everything stands. The stage keeps its place in the tree, so its canvas survives a resize. */
export function Frame(props: FrameProps) {
  const arrangement = useArrangement();
  const panels = useApp((state) => state.settings.panels);
  const name = useApp(({ column }) => (column === 'story' ? 'Story' : 'Console'));
  const columns = arrangement === 'wide' || arrangement === 'medium';
  const consoleOpen = arrangement === 'wide' && !panels.console.collapsed;
  return (
    <div
      className={styles['frame']}
      data-arrangement={arrangement}
      data-console={consoleOpen || undefined}
      data-side={(columns && !panels.inspector.collapsed) || undefined}
      style={{
        '--console-share': `${panels.console.size}vw`,
        '--side-share': `${panels.inspector.size}vw`,
      }}
    >
      {props.header}
      {consoleOpen ? (
        <aside className={styles['console']} aria-label={name} id="console" tabIndex={-1}>
          <RegionBoundary name={name} key={name}>
            {props.column}
          </RegionBoundary>
          <ConsoleSplitter />
        </aside>
      ) : null}
      <div className={styles['centre']}>
        {arrangement === 'medium' ? props.columnBar : null}
        <main className={styles['stage']} aria-label="Stage" id="stage" tabIndex={-1} key="stage">
          <RegionBoundary name="Stage">{props.stage}</RegionBoundary>
        </main>
      </div>
      <Panels {...props} arrangement={arrangement} />
      <section className={styles['playback']} aria-label="Playback" id="playback" tabIndex={-1}>
        <RegionBoundary name="Playback">{props.playback}</RegionBoundary>
      </section>
    </div>
  );
}

function Panels(props: FrameProps & { readonly arrangement: Arrangement }) {
  const { arrangement } = props;
  const panels = useApp((state) => state.settings.panels);
  if (arrangement === 'narrow' || arrangement === 'short') {
    return (
      <NarrowPanel
        story={props.story}
        console={props.console}
        inspector={props.inspector}
        events={props.events}
        sheet={arrangement === 'short'}
      />
    );
  }
  if (panels.inspector.collapsed) return null;
  return (
    <div
      className={styles['side']}
      id="side"
      style={{ '--events-share': `${panels.events.size}%` }}
    >
      <aside className={styles['inspector']} aria-label="Inspector" id="inspector" tabIndex={-1}>
        <SideSplitter />
        <RegionBoundary name="Inspector">{props.inspector}</RegionBoundary>
        <EventsSplitter />
      </aside>
      <section
        className={styles['events']}
        aria-label="Events"
        id="events"
        tabIndex={-1}
        hidden={panels.events.collapsed}
      >
        <RegionBoundary name="Events">{props.events}</RegionBoundary>
      </section>
    </div>
  );
}

function ConsoleSplitter() {
  const { store } = usePage();
  const panel = useApp((state) => state.settings.panels.console);
  return (
    <div className={styles['console-splitter']}>
      <Splitter
        label="Width of the console"
        controls="console"
        orientation="vertical"
        value={panel.size}
        min={18}
        max={35}
        grows={1}
        collapsed={panel.collapsed}
        shareAt={({ x }) => (100 * x) / innerWidth}
        onResize={(size) => store.getState().setPanel('console', { size })}
        onToggle={() => {
          store.getState().setPanel('console', { collapsed: true });
          focusSoon('show-console');
        }}
      />
    </div>
  );
}

function SideSplitter() {
  const { store } = usePage();
  const panel = useApp((state) => state.settings.panels.inspector);
  return (
    <div className={styles['side-splitter']}>
      <Splitter
        label="Width of inspector and events"
        controls="side"
        orientation="vertical"
        value={panel.size}
        min={20}
        max={40}
        grows={-1}
        collapsed={panel.collapsed}
        shareAt={({ x }) => 100 - (100 * x) / innerWidth}
        onResize={(size) => store.getState().setPanel('inspector', { size })}
        onToggle={() => {
          store.getState().setPanel('inspector', { collapsed: true });
          focusSoon('show-side');
        }}
      />
    </div>
  );
}

function EventsSplitter() {
  const { store } = usePage();
  const panel = useApp((state) => state.settings.panels.events);
  return (
    <div className={styles['events-splitter']}>
      <Splitter
        label="Height of events"
        controls="events"
        orientation="horizontal"
        value={panel.size}
        min={18}
        max={75}
        grows={-1}
        collapsed={panel.collapsed}
        shareAt={({ y }) => {
          const side = document.getElementById('side')?.getBoundingClientRect();
          return side ? (100 * (side.bottom - y)) / side.height : panel.size;
        }}
        onResize={(size) => store.getState().setPanel('events', { size })}
        onToggle={() => store.getState().setPanel('events', { collapsed: !panel.collapsed })}
      />
    </div>
  );
}
