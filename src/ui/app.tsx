import { lazy, type ReactNode, Suspense } from 'react';
import { ConsoleBar } from './console/console-bar.tsx';
import { Dialogs } from './dialogs/dialogs.tsx';
import { Header } from './header/header.tsx';
import { useFileDrop } from './header/use-scenario-files.ts';
import { useApp } from './hooks/page.ts';
import { useKeys } from './hooks/use-keys.ts';
import { Frame } from './layout/frame.tsx';
import { LinkProblem } from './notices/link-problem.tsx';
import { LiveRegions } from './notices/live-regions.tsx';
import { Toasts } from './notices/toasts.tsx';
import { Playback } from './playback/playback.tsx';
import { Stage } from './stage/stage.tsx';

const panels = () => import('./panels.tsx');
const Console = lazy(async () => ({ default: (await panels()).Console }));
const Events = lazy(async () => ({ default: (await panels()).Events }));
const Inspector = lazy(async () => ({ default: (await panels()).Inspector }));

/** The frame reserves the panel's room, so nothing moves when it arrives. */
const soon = (panel: ReactNode) => <Suspense fallback={null}>{panel}</Suspense>;

/** The whole page. */
export function App() {
  const broken = useApp((state) => state.linkProblem !== null);
  useKeys();
  useFileDrop();
  return (
    <>
      {broken ? (
        <LinkProblem />
      ) : (
        <Frame
          header={<Header />}
          console={(short) => soon(<Console short={short} />)}
          consoleBar={<ConsoleBar />}
          stage={<Stage />}
          inspector={soon(<Inspector />)}
          events={soon(<Events />)}
          playback={<Playback />}
        />
      )}
      <Dialogs />
      <Toasts />
      <LiveRegions />
    </>
  );
}
