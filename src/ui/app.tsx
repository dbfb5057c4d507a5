import { useEffect } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import styles from './app.module.css';
import { Dialogs } from './dialogs/dialogs.tsx';
import { placeOf } from './foresight/use-foresight.ts';
import { Header } from './header/header.tsx';
import { useFileDrop } from './header/use-scenario-files.ts';
import { useApp, usePage } from './hooks/page.ts';
import { useIdle } from './hooks/use-idle.ts';
import { useKeys } from './hooks/use-keys.ts';
import { later } from './kit/later.tsx';
import { Frame } from './layout/frame.tsx';
import { LiveRegions } from './notices/live-regions.tsx';
import { Toasts } from './notices/toasts.tsx';
import { sheetIsThere } from './print/sheet-ready.ts';
import { Stage } from './stage/stage.tsx';

// Their room is reserved, so nothing moves when they arrive.
const panels = () => import('./panels.tsx');
const Room = () => <div className={styles['console-bar']} />;
const ColumnBar = later<object>(async () => (await panels()).ColumnBar, Room);
const LinkProblem = later(async () => (await panels()).LinkProblem);
const Playback = later(async () => (await panels()).Playback);
const Console = later(async () => (await panels()).Console);
const Column = later(async () => (await panels()).Column);
const Story = later(async () => (await import('./story/story.tsx')).Story);
const Events = later(async () => (await panels()).Events);
const Idle = later(async () => (await import('./idle.tsx')).Idle);
const Foresight = later(async () => (await import('./foresight/foresight.tsx')).Foresight);
const Inspector = later(async () => (await panels()).Inspector);

/** The whole page. */
export function App() {
  const { api } = usePage();
  const broken = useApp((state) => state.linkProblem !== null);
  // A link that cannot be read has no stage to wait for.
  useEffect(() => {
    if (broken) api.setReady();
  }, [broken, api]);
  useKeys();
  useFileDrop();
  const idle = useIdle();
  return (
    <>
      {broken ? (
        <LinkProblem />
      ) : (
        <Frame
          header={<Header />}
          column={<Column />}
          story={<Story />}
          console={<Console short />}
          columnBar={<ColumnBar />}
          stage={<Stage />}
          inspector={<Inspector />}
          events={<Events />}
          playback={<Playback />}
        />
      )}
      <Dialogs />
      <ErrorBoundary fallback={null}>
        <Beside />
      </ErrorBoundary>
      <Toasts />
      <LiveRegions />
      {idle ? (
        <ErrorBoundary fallback={null} onError={() => sheetIsThere(false)}>
          <Idle />
        </ErrorBoundary>
      ) : null}
    </>
  );
}

/** What somebody is about to do, where no other part of the page says it: the page does without if it must. */
function Beside() {
  const asked = useApp(({ foreseen }) => foreseen !== null && placeOf(foreseen.asker) === 'beside');
  return asked ? <Foresight /> : null;
}
