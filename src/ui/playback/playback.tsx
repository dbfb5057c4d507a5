import {
  ChartNoAxesGantt,
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  CircleCheckBig,
  FastForward,
  History,
  Pause,
  Play,
  Repeat,
  RotateCcw,
  SkipForward,
} from 'lucide-react';
import { durationText } from '../../scene/words.ts';
import { clockText } from '../../store/clock-text.ts';
import { RATES } from '../../store/playback.ts';
import { speedText } from '../format.ts';
import { useCommand, usePage, useSummary } from '../hooks/page.ts';
import { useArrangement } from '../hooks/use-arrangement.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { CommandButton } from '../kit/command-button.tsx';
import { Marks, PauseOn } from './pause-on.tsx';
import styles from './playback.module.css';
import { SeekProgress } from './seek-progress.tsx';
import { Timeline } from './timeline.tsx';

/** The run in time: transport, clock, speed and the line one scrubs. */
export function Playback() {
  const arrangement = useArrangement();
  const small = arrangement === 'narrow' || arrangement === 'short';
  return (
    <div className={styles['playback']} data-arrangement={arrangement}>
      <div className={styles['row']}>
        <Transport small={small} />
        <Clock />
        {small ? null : <Slow />}
        <div className={styles['course']}>
          {small ? null : <CommandButton id="history" icon={History} />}
          {small ? null : <CommandButton id="loop" icon={Repeat} />}
          {small ? null : <CommandButton id="beats-scale" icon={ChartNoAxesGantt} />}
          {small ? null : <CommandButton id="guided-pace" icon={FastForward} />}
          <Speed short={small} />
        </div>
      </div>
      <Timeline />
      <SeekProgress />
    </div>
  );
}

function Transport({ small }: { readonly small: boolean }) {
  return (
    <div className={styles['transport']} role="group" aria-label="Transport">
      {small ? null : <CommandButton id="previous-beat" icon={ChevronsLeft} />}
      <CommandButton id="step-back" icon={ChevronLeft} />
      <span className={styles['pause-on']}>
        <PlayButton />
        {small ? <Marks /> : null}
      </span>
      <CommandButton id="step" icon={ChevronRight} />
      <CommandButton id="next-beat" icon={ChevronsRight} />
      {small ? null : <CommandButton id="next-commit" icon={CircleCheckBig} />}
      {small ? null : <CommandButton id="live" icon={SkipForward} />}
      {small ? null : <PauseOn />}
    </div>
  );
}

function PlayButton() {
  const command = useCommand('play');
  const moving = useSummary((summary) => summary.state !== 'paused');
  const replays = useSummary((summary) => summary.replays);
  const atRest = replays ? RotateCcw : Play;
  return (
    <IconButton
      className={styles['play']}
      kind="primary"
      icon={moving ? Pause : atRest}
      label={command.title()}
      keys="K"
      onClick={() => void command.run()}
    />
  );
}

function Clock() {
  const shownUs = useSummary((summary) => summary.shownUs);
  const state = useSummary((summary) => summary.state);
  const skipped = useSummary((summary) => summary.skipped);
  return (
    <p className={styles['clock']}>
      <span className="visually-hidden">Simulated time </span>
      {/* Not a live region: it would never stop talking. */}
      <span className={styles['digits']}>{clockText(shownUs)}</span>
      <span className={styles['state']}>
        {skipped ? `» skipped ${durationText(skipped.toUs - skipped.fromUs)}` : state}
      </span>
    </p>
  );
}

function Slow() {
  const { player } = usePage();
  const slowBy = useSummary((summary) => summary.slowBy);
  const rateUs = useSummary((summary) => summary.rateUs);
  if (slowBy < 1.5) return null;
  const lower = RATES.findLast((rate) => rate <= rateUs / slowBy) ?? RATES[0];
  return (
    <p className={styles['slow']}>
      Simulating {Math.round(slowBy)}× slower than asked
      {lower !== undefined && lower < rateUs ? (
        <Button onClick={() => player.setRate(lower)}>{durationText(lower)}/s instead</Button>
      ) : null}
    </p>
  );
}

function Speed({ short }: { readonly short: boolean }) {
  const { player } = usePage();
  const rateUs = useSummary((summary) => summary.rateUs);
  return (
    <label className={styles['speed']}>
      <span className="visually-hidden">Speed</span>
      <select value={rateUs} onChange={(event) => player.setRate(Number(event.target.value))}>
        {RATES.map((rate) => (
          <option key={rate} value={rate}>
            {short ? `${durationText(rate)}/s` : speedText(rate)}
          </option>
        ))}
      </select>
    </label>
  );
}
