import { RotateCw } from 'lucide-react';
import { useApp, usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { Mark } from '../mark.tsx';
import { reloadPage } from '../offline/reload-page.ts';
import { CopyDetails } from './copy-details.tsx';
import styles from './link-problem.module.css';

/** A link that could not be opened: what is wrong, and where to go from here. */
export function LinkProblem() {
  const { store, links } = usePage();
  const problem = useApp((state) => state.linkProblem);
  if (!problem) return null;
  const openDefault = (): void => {
    history.replaceState(null, '', location.pathname + location.search);
    // Nothing in the address stands for the default scenario.
    links.open('');
  };
  return (
    <main className={styles['panel']} aria-label="Link problem">
      <Mark />
      <h1>This link could not be opened</h1>
      <p role="alert">{problem.sentence}</p>
      {problem.newer ? (
        <p className={styles['more']}>Reloading brings the newest version of this page.</p>
      ) : null}
      <div className={styles['actions']}>
        {problem.newer ? (
          <Button kind="primary" icon={RotateCw} onClick={() => void reloadPage()}>
            Reload
          </Button>
        ) : null}
        <Button kind={problem.newer ? 'plain' : 'primary'} onClick={openDefault}>
          Open the default scenario
        </Button>
        <Button onClick={() => store.getState().openDialog('raw-link')}>Show the raw data</Button>
        <CopyDetails text={`${problem.sentence}\n${problem.raw}`} />
      </div>
    </main>
  );
}
