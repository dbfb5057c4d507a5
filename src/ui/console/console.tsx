import { Plus, X } from 'lucide-react';
import { useApp, usePage, useView } from '../hooks/page.ts';
import { IconButton } from '../kit/button.tsx';
import { Simulated } from '../kit/simulated.tsx';
import { Tab, TabList } from '../kit/tabs.tsx';
import styles from './console.module.css';
import { SessionHistory } from './session-history.tsx';
import { SqlBox } from './sql-box.tsx';
import { Workload } from './workload.tsx';

/** Sessions a person types SQL into, and the load that runs by itself. */
export function Console() {
  const sessions = useApp((state) => state.sessions);
  const active = useApp((state) => state.activeSession);
  const session = sessions.find(({ id }) => id === active);
  if (!session) return null;
  return (
    <>
      <Sessions />
      <div
        className={styles['session']}
        role="tabpanel"
        id={`sessions-${active}-panel`}
        aria-labelledby={`sessions-${active}-tab`}
      >
        <SessionHistory session={session} />
        <SqlBox key={active} session={session} />
      </div>
      <Workload />
    </>
  );
}

function Sessions() {
  const { store } = usePage();
  const view = useView();
  const sessions = useApp((state) => state.sessions);
  const active = useApp((state) => state.activeSession);
  const last = sessions.at(-1);
  const most = view?.clients.filter(({ kind }) => kind === 'console').length ?? 1;
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
            Session {index + 1}
          </Tab>
        ))}
      </TabList>
      {sessions.length < most ? (
        <IconButton
          label="Open another session"
          icon={Plus}
          onClick={() => store.getState().openSession('W')}
        />
      ) : null}
      {sessions.length > 1 && last ? (
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
