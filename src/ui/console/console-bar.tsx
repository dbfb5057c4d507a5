import { BookOpen, SquareTerminal, X } from 'lucide-react';
import { useState } from 'react';
import { usePage } from '../hooks/page.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Console } from './console.tsx';
import styles from './console-bar.module.css';
import { Once, Steady } from './workload.tsx';

/** The console where there is no column for it: one row, and a drawer over the stage's left side. */
export function ConsoleBar() {
  const { story } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <aside className={styles['bar']} aria-label="Console" id="console" tabIndex={-1}>
        <Button icon={SquareTerminal} aria-expanded={open} onClick={() => setOpen(!open)}>
          Console
        </Button>
        <Button icon={BookOpen} onClick={() => void story.open()}>
          Story
        </Button>
        <Once id="write" />
        <Once id="read" />
        <Once id="burst" />
        <span className={styles['space']} />
        <Steady />
      </aside>
      {open ? (
        <section className={styles['drawer']} aria-label="Console drawer">
          <IconButton
            className={styles['close']}
            label="Close the console"
            icon={X}
            onClick={() => setOpen(false)}
          />
          <Console />
        </section>
      ) : null}
    </>
  );
}
