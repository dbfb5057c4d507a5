import { useCommandState } from 'cmdk';
import { useEffect } from 'react';
import { foreseeable } from '../foresight/foreseeable.ts';
import { Foretold } from '../foresight/foretold.tsx';
import { FORESEEN_ID } from '../foresight/use-foresight.ts';
import { useApp, usePage } from '../hooks/page.ts';
import styles from './palette.module.css';
import { commandItem, type PaletteDeed } from './palette-deeds.ts';

const ASKER = 'palette item';

interface PaletteForesightProps {
  readonly deeds: readonly PaletteDeed[];
}

/** The foot of the palette: what would come of the highlighted line, where that does something to the run. */
export function PaletteForesight({ deeds }: PaletteForesightProps) {
  const item = useCommandState(({ value }) => value);
  const { foresight } = usePage();
  const prospect = usePromised(item, deeds);
  const act = prospect?.act ?? null;
  const foreseen = useApp((state) => state.foreseen);
  const key = JSON.stringify(act);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an act that says the same is the same.
  useEffect(() => {
    // The page outside of a dialog is not heard: what is found out is said in here.
    if (act) foresight.ask({ asker: ASKER, act, aloud: false });
    else foresight.forget(ASKER);
  }, [key, foresight]);
  useEffect(() => () => foresight.forget(ASKER), [foresight]);
  const answer = foreseen?.asker === ASKER ? foreseen.answer : null;
  return (
    <div className={styles['foresight']} id={act ? FORESEEN_ID : undefined}>
      {prospect ? (
        <>
          <span className={styles['what']}>{prospect.what}</span>
          <Foretold answer={answer} />
        </>
      ) : (
        <span className={styles['what']}>
          Faults and changes say here what they would do, before they are done.
        </span>
      )}
      <span role="status" aria-label="What it would do" className="visually-hidden">
        {answer?.done ? answer.sentences.join(' ') : ''}
      </span>
    </div>
  );
}

/** What the highlighted line would do to the run, and what it is called; null where it does nothing. */
function usePromised(item: string, deeds: readonly PaletteDeed[]) {
  const { commands } = usePage();
  const command = commands.find((each) => commandItem(each) === item);
  if (command) {
    const act = command.group === 'Fault' && command.enabled() === true ? command.act?.() : null;
    return act ? { act, what: command.title() } : null;
  }
  const deed = deeds.find((each) => each.item === item);
  const act = deed ? foreseeable(deed.action) : null;
  return deed && act ? { act, what: deed.action.label } : null;
}
