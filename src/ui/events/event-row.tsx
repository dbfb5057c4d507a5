import { Copy, Link } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import type { ToldEvent } from '../../store/app-store.ts';
import { clockText } from '../../store/clock-text.ts';
import { useCommand, usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { EventGlyph } from '../kit/event-glyph.tsx';
import styles from './events.module.css';

interface EventRowProps {
  readonly event: ToldEvent;
  /** The newest event that has happened. */
  readonly current: boolean;
  readonly open: boolean;
  /** Whether Tab stops here: it does at one row, arrows go to the others. */
  readonly stop: boolean;
  onToggle(key: string): void;
}

/** One sentence. Clicking it goes there; opening it tells why, by which rule, and who says so. */
export const EventRow = memo(function EventRow(props: EventRowProps) {
  const { event, current, open, stop, onToggle } = props;
  const tabIndex = stop ? 0 : -1;
  const { player } = usePage();
  const { position, glyph, beat, sentence, key } = event;
  return (
    <li
      className={styles['item']}
      data-key={key}
      data-now={current || undefined}
      data-future={event.future || undefined}
    >
      <div className={styles['row']}>
        <button
          type="button"
          className={styles['seek']}
          tabIndex={tabIndex}
          aria-current={current ? 'time' : undefined}
          title={`Go to ${clockText(position.timeUs)}`}
          onClick={() => player.seek(position)}
        >
          <span className={styles['time']}>{clockText(position.timeUs)}</span>
          <EventGlyph name={glyph} beat={beat} />
          <span className={styles['sentence']}>{sentence}</span>
        </button>
        <button
          type="button"
          className={styles['opener']}
          tabIndex={tabIndex}
          aria-label={`Why: ${sentence}`}
          title={`Why: ${sentence}`}
          aria-expanded={open}
          aria-controls={open ? `why-${key}` : undefined}
          onClick={() => onToggle(key)}
        />
      </div>
      {open ? <Why event={event} /> : null}
    </li>
  );
});

/** The four fields of an account, and what can be taken away from it. */
function Why({ event }: { readonly event: ToldEvent }) {
  const { player, store } = usePage();
  const copyLink = useCommand('copy-link');
  const { key, sentence, why, rule, source, position } = event;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In braces: newer browsers return a promise here, which React would take for a clean-up.
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const copySentence = async (): Promise<void> => {
    const { toast } = store.getState();
    try {
      await navigator.clipboard.writeText(`${clockText(position.timeUs)}  ${sentence}`);
      toast('Sentence copied');
    } catch {
      toast('The browser does not allow copying here', { tone: 'problem' });
    }
  };
  return (
    <div ref={box} className={styles['why']} id={`why-${key}`}>
      <dl>
        <dt>What happened</dt>
        <dd>{sentence}</dd>
        <dt>Why</dt>
        <dd>{why}</dd>
        <dt>The rule</dt>
        <dd>{rule}</dd>
        <dt>Published in</dt>
        <dd>{source}</dd>
      </dl>
      <div className={styles['takeaway']}>
        <Button
          icon={Link}
          onClick={() => {
            player.seek(position);
            void copyLink.run();
          }}
        >
          Copy link at this moment
        </Button>
        <Button icon={Copy} onClick={() => void copySentence()}>
          Copy sentence
        </Button>
      </div>
    </div>
  );
}
