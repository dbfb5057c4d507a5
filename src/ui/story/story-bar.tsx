import { ArrowRight, BookOpen, Play, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import bar from '../console/console-bar.module.css';
import { usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import styles from './story.module.css';
import { Story } from './story.tsx';
import { useReading, useStoryteller } from './use-story.ts';

/** The story where there is no column for it: one row, and its text in place of inspector and events, beside the whole stage. */
export function StoryBar() {
  const { store } = usePage();
  const [open, setOpen] = useState(true);
  const { teller } = useStoryteller();
  const reading = useReading(teller);
  return (
    <>
      <aside className={bar['bar']} aria-label="Story" id="console" tabIndex={-1}>
        <Button icon={BookOpen} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Fold' : 'Read'}
        </Button>
        <p className={styles['line']}>
          {reading ? `${reading.chapterNumber} · ${reading.step.title}` : 'The story'}
        </p>
        <span className={bar['space']} />
        {reading && teller ? (
          <Button icon={Play} aria-disabled={reading.now.done} onClick={() => teller.show()}>
            Show me
          </Button>
        ) : null}
        {reading && teller ? (
          <Button
            kind={reading.now.done ? 'primary' : 'plain'}
            icon={ArrowRight}
            onClick={() => teller.next()}
          >
            Next
          </Button>
        ) : null}
        <Button
          kind="quiet"
          icon={SquareTerminal}
          onClick={() => store.getState().setColumn('console')}
        >
          Console
        </Button>
      </aside>
      {open ? (
        <section className={styles['drawer']} aria-label="Story drawer">
          <Story />
        </section>
      ) : null}
    </>
  );
}
