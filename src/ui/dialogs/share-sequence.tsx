import { Download } from 'lucide-react';
import { useState } from 'react';
import { downloadText, fileName } from '../export/download.ts';
import { sequenceNow } from '../export/sequence-now.ts';
import { usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { CopyDetails } from '../notices/copy-details.tsx';
import styles from './share.module.css';

/** The followed write, or the stretch of time at hand, as a diagram for documents. */
export function ShareSequence() {
  const { player, links, store } = usePage();
  // Of the moment at which the dialog was opened: what is copied is what is said here.
  const [{ says, name, text }] = useState(() =>
    sequenceNow({ player, store, link: links.linkHere() }),
  );
  const save = (): void => {
    downloadText(`${fileName(player.run().scenario.id, name)}.mmd`, text, 'text/vnd.mermaid');
    store.getState().toast('Sequence diagram saved.');
  };
  return (
    <section className={styles['data']} aria-label="Sequence diagram">
      <h3>Sequence diagram</h3>
      <p>Who sent what to whom, in Mermaid’s words, for documents that draw it. {says}</p>
      <div className={styles['buttons']}>
        <CopyDetails text={text} words="Copy sequence diagram" />
        <Button icon={Download} onClick={save}>
          Sequence diagram as .mmd
        </Button>
      </div>
    </section>
  );
}
