import { ConsoleBar } from './console/console-bar.tsx';
import { Dialogs } from './dialogs/dialogs.tsx';
import { Header } from './header/header.tsx';
import { useFileDrop } from './header/use-scenario-files.ts';
import { useApp } from './hooks/page.ts';
import { useKeys } from './hooks/use-keys.ts';
import { later } from './kit/later.tsx';
import { Frame } from './layout/frame.tsx';
import { LinkProblem } from './notices/link-problem.tsx';
import { LiveRegions } from './notices/live-regions.tsx';
import { Toasts } from './notices/toasts.tsx';
import { Playback } from './playback/playback.tsx';
import { Stage } from './stage/stage.tsx';

// The frame reserves the panels' room, so nothing moves when they arrive.
const panels = () => import('./panels.tsx');
const Console = later(async () => (await panels()).Console);
const Events = later(async () => (await panels()).Events);
const Inspector = later(async () => (await panels()).Inspector);

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
          console={(short) => <Console short={short} />}
          consoleBar={<ConsoleBar />}
          stage={<Stage />}
          inspector={<Inspector />}
          events={<Events />}
          playback={<Playback />}
        />
      )}
      <Dialogs />
      <Toasts />
      <LiveRegions />
    </>
  );
}
