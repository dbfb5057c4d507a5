import { Share2 } from 'lucide-react';
import { useState } from 'react';
import type { Position } from '../../engine/time.ts';
import { linkMeter } from '../../scenario/link.ts';
import type { Run } from '../../scenario/run.ts';
import { plural } from '../../scene/words.ts';
import { actDone } from '../../store/act-words.ts';
import { clockText } from '../../store/clock-text.ts';
import type { LinkIncludes } from '../../store/link.ts';
import { useApp, usePage, useSummary } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { CopyField } from './copy-field.tsx';
import styles from './share.module.css';

type Start = 'beginning' | 'paused' | 'playing';

const STARTS: readonly (readonly [Start, string])[] = [
  ['paused', 'paused at this moment'],
  ['playing', 'playing from this moment'],
  ['beginning', 'from the beginning'],
];

const INCLUDES: readonly (readonly [keyof LinkIncludes, string])[] = [
  ['look', 'view and selection'],
  ['rate', 'speed'],
  ['theme', 'theme'],
];

const LONGEST_TITLE = 60;
const MOST_ACTS = 12;

/** The run as a link: everything is in it, nothing is kept anywhere else. */
export function ShareLink() {
  const { player, links } = usePage();
  const [title, setTitle] = useState('');
  const [start, setStart] = useState<Start>('paused');
  const [include, setInclude] = useState<LinkIncludes>({ look: true, rate: true, theme: false });
  const at = useSummary((summary) => summary.position);
  const address = links.linkHere({ title: title.trim(), start, include });
  const meter = linkMeter(address);
  return (
    <>
      <CopyField label="Link" value={address} />
      <p className={styles['meter']}>
        {plural(meter.characters, 'character')}. {meter.says}
      </p>
      <SendOn title={title.trim()} address={address} />
      <label className={styles['title']}>
        Title, optional
        <input
          maxLength={LONGEST_TITLE}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </label>
      <fieldset className={styles['choice']}>
        <legend>Opens</legend>
        {STARTS.map(([option, words]) => (
          <label key={option}>
            <input
              type="radio"
              name="start"
              checked={start === option}
              onChange={() => setStart(option)}
            />
            {option === 'beginning' ? words : `${words}, ${clockText(at.timeUs)}`}
          </label>
        ))}
      </fieldset>
      <fieldset className={styles['choice']} data-row>
        <legend>Includes</legend>
        {INCLUDES.map(([part, words]) => (
          <label key={part}>
            <input
              type="checkbox"
              checked={include[part]}
              onChange={({ target }) => setInclude({ ...include, [part]: target.checked })}
            />
            {words}
          </label>
        ))}
      </fieldset>
      <Contents
        {...{ include, run: player.run(), title: title.trim() }}
        at={start === 'beginning' ? null : at}
      />
      <OnlyOnline />
    </>
  );
}

/** The system's own way of sending something on, where there is one. */
function SendOn({ title, address }: { readonly title: string; readonly address: string }) {
  if (typeof navigator.share !== 'function') return null;
  const send = async (): Promise<void> => {
    try {
      await navigator.share({ title: title || 'Redoscope', url: address });
    } catch {
      // Somebody thought better of it.
    }
  };
  return (
    <div>
      <Button icon={Share2} onClick={() => void send()}>
        Send with another app
      </Button>
    </div>
  );
}

/** Everything else works as before; only who is sent the link needs the page. */
function OnlyOnline() {
  const online = useApp((state) => state.online);
  return online ? null : (
    <p className={styles['offline']}>
      <strong>Offline.</strong> Copying works; the link opens where the page can be reached, or has
      been opened before.
    </p>
  );
}

interface ContentsProps {
  readonly run: Run;
  readonly title: string;
  readonly at: Position | null;
  readonly include: LinkIncludes;
}

/** What a link holds, in words and as data. */
function Contents({ run, title, at, include }: ContentsProps) {
  const { player } = usePage();
  const { scenario, seed, interventions } = run;
  const also = INCLUDES.filter(([part]) => include[part]).map(([, words]) => words);
  return (
    <details className={styles['contents']}>
      <summary>What is in this link?</summary>
      <p>
        Scenario “{scenario.title}”, seed {seed}, {plural(interventions.length, 'intervention')}
        {also.map((words) => `, ${words}`).join('')}
        {title ? `, the title “${title}”` : ''}
        {at ? ` and the moment ${clockText(at.timeUs)}` : ''}. Nothing about you.
      </p>
      <ol>
        {interventions.slice(0, MOST_ACTS).map(({ at: done, act }) => (
          <li key={`${done.timeUs} ${done.n}`}>
            {actDone(act, done.timeUs, player.writerAt(done))}
          </li>
        ))}
        {interventions.length > MOST_ACTS ? (
          <li key="more">and {plural(interventions.length - MOST_ACTS, 'more', 'more')}</li>
        ) : null}
      </ol>
      <pre tabIndex={0}>
        {JSON.stringify({ scenario: scenario.id, seed, interventions, at, title }, null, 1)}
      </pre>
    </details>
  );
}
