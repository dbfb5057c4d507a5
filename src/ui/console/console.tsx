import { Plus, X } from 'lucide-react';
import { CLUSTER } from '../../protocol/topology.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { IconButton } from '../kit/button.tsx';
import { Simulated } from '../kit/simulated.tsx';
import { Tab, TabList } from '../kit/tabs.tsx';
import styles from './console.module.css';
import { SessionHistory } from './session-history.tsx';
import { SqlBox } from './sql-box.tsx';
import { Workload } from './workload.tsx';

/** More sessions than this are more than anybody can watch. */
const MOST_SESSIONS = 4;

interface ConsoleProps {
  /** Little height: everything scrolls as one, what is used most comes first. */
  readonly short?: boolean;
}

/** Sessions a person types SQL into, and the load that runs by itself. */
export function Console({ short = false }: ConsoleProps) {
  const active = useApp((state) => state.activeSession);
  const session = useApp(({ sessions }) => sessions.find(({ id }) => id === active));
  if (!session) return null;
  return (
    <div className={styles['console']} data-short={short || undefined}>
      {short ? <Workload /> : null}
      <Sessions />
      <div
        className={styles['session']}
        role="tabpanel"
        id={`sessions-${active}-panel`}
        aria-labelledby={`sessions-${active}-tab`}
      >
        {short ? <SqlBox key={active} session={session} /> : null}
        <SessionHistory session={session} />
        {short ? null : <SqlBox key={active} session={session} />}
      </div>
      {short ? null : <Workload />}
    </div>
  );
}

function Sessions() {
  const { store } = usePage();
  const sessions = useApp((state) => state.sessions);
  const active = useApp((state) => state.activeSession);
  return (
    <div className={styles['head']}>
      <h2 className="visually-hidden">Console</h2>
      <TabList label="Sessions">
        {sessions.map(({ id }, index) => (
          <Tab
            key={id}
            id={String(id)}
            group="sessions"
            selected={id === active}
            onSelect={() => store.getState().activateSession(id)}
          >
            {sessions.length > 2 ? index + 1 : `Session ${index + 1}`}
          </Tab>
        ))}
      </TabList>
      {sessions.length < MOST_SESSIONS ? (
        <IconButton
          label="Open another session"
          icon={Plus}
          onClick={() => store.getState().openSession(CLUSTER)}
        />
      ) : null}
      {sessions.length > 1 ? (
        <IconButton
          label="Close this session"
          icon={X}
          onClick={() => store.getState().closeSession(active)}
        />
      ) : null}
      <span className={styles['space']} />
      <Simulated />
    </div>
  );
}
