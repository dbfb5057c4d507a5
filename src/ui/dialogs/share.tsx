import { useEffect, useState } from 'react';
import type { Position } from '../../engine/time.ts';
import { linkMeter } from '../../scenario/link.ts';
import type { Run } from '../../scenario/run.ts';
import { actDone } from '../../store/act-words.ts';
import { clockText } from '../../store/clock-text.ts';
import { plural } from '../format.ts';
import { usePage, useSummary } from '../hooks/page.ts';
import { CopyField } from './copy-field.tsx';
import { Dialog } from './dialog.tsx';
import styles from './share.module.css';

type Start = 'beginning' | 'paused' | 'playing';

const STARTS: readonly (readonly [Start, string])[] = [
  ['paused', 'paused at this moment'],
  ['playing', 'playing from this moment'],
  ['beginning', 'from the beginning'],
];

const LONGEST_TITLE = 60;

/** The run as a link: everything is in it, nothing is kept anywhere else. */
export function Share() {
  const { player, links } = usePage();
  const [title, setTitle] = useState('');
  const [start, setStart] = useState<Start>('paused');
  // "This moment" must not run away while the dialog is open.
  useEffect(() => player.pause(), [player]);
  const at = useSummary((summary) => summary.position);
  const here = links.linkHere({ title: title.trim(), play: start === 'playing' });
  // The moment is the link's last part but one; without it, the link opens at the beginning.
  const address = start === 'beginning' ? here.replace(/&t=.*$/, '') : here;
  const meter = linkMeter(address);
  return (
    <Dialog title="Share">
      <CopyField label="Link" value={address} />
      <p className={styles['meter']}>
        {plural(meter.characters, 'character')}. {meter.says}
      </p>
      <label className={styles['title']}>
        Title, optional
        <input
          maxLength={LONGEST_TITLE}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </label>
      <fieldset className={styles['start']}>
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
      <Contents run={player.run()} title={title.trim()} at={start === 'beginning' ? null : at} />
    </Dialog>
  );
}

interface ContentsProps {
  readonly run: Run;
  readonly title: string;
  readonly at: Position | null;
}

/** What a link holds, in words and as data. */
function Contents({ run, title, at }: ContentsProps) {
  const { player } = usePage();
  const { scenario, seed, interventions } = run;
  return (
    <details className={styles['contents']}>
      <summary>What is in this link?</summary>
      <p>
        Scenario “{scenario.title}”, seed {seed}, {plural(interventions.length, 'intervention')}
        {title ? `, the title “${title}”` : ''}
        {at ? ` and the moment ${clockText(at.timeUs)}` : ''}. Nothing about you.
      </p>
      <ol>
        {interventions.slice(0, 12).map(({ at: done, act }) => (
          <li key={`${done.timeUs} ${done.n}`}>
            {actDone(act, done.timeUs, player.writerAt(done))}
          </li>
        ))}
      </ol>
      <pre tabIndex={0}>
        {JSON.stringify({ scenario: scenario.id, seed, interventions, at, title }, null, 1)}
      </pre>
    </details>
  );
}
