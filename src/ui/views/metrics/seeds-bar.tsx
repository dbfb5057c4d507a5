import { Dices, Square, X } from 'lucide-react';
import type { TimeRange } from '../../../scene/metrics/range.ts';
import { numberText, plural } from '../../../scene/words.ts';
import { actDone } from '../../../store/act-words.ts';
import { clockText } from '../../../store/clock-text.ts';
import { MOST_SEEDS, type SeedResult } from '../../../store/many-seeds.ts';
import { usePage } from '../../hooks/page.ts';
import { Button } from '../../kit/button.tsx';
import { Simulated } from '../../kit/simulated.tsx';
import styles from './metrics.module.css';
import { useSeeds } from './use-seeds.ts';

const SEEDS = plural(MOST_SEEDS, 'seed');

/** One button that begins, stops and takes away what other seeds did. */
export function SeedsButton({ range }: { readonly range: TimeRange }) {
  const { state, begin, cancel, forget } = useSeeds();
  if (state.isRunning) {
    return (
      <Button icon={Square} onClick={cancel}>
        Stop the seeds
      </Button>
    );
  }
  if (state.result) {
    return (
      <Button icon={X} onClick={forget}>
        Remove the seeds
      </Button>
    );
  }
  return (
    <Button
      icon={Dices}
      aria-description={`Runs this scenario with its interventions on the seeds 1 to ${numberText(MOST_SEEDS)} and lays what they did upon the charts.`}
      onClick={() => begin(range)}
    >
      Run {SEEDS}
    </Button>
  );
}

/** How far the other seeds are, and what they are; nothing before anybody asked for them. */
export function SeedsBar() {
  const { state } = useSeeds();
  const { isRunning, result, leftMs, problem } = state;
  if (problem !== null) return <p className={styles['seeds']}>{problem}</p>;
  if (!isRunning && !result) return null;
  const done = result?.seeds ?? 0;
  return (
    <section className={styles['seeds']} aria-label="Other seeds">
      {isRunning ? (
        <>
          <progress aria-label={`Running ${SEEDS}`} value={done} max={MOST_SEEDS} />
          <span>
            {numberText(done)} of {SEEDS}
            {leftMs === null ? '' : `, ${leftText(leftMs)}`}
          </span>
        </>
      ) : null}
      {result && !isRunning ? <Told result={result} /> : null}
      <Simulated />
    </section>
  );
}

const leftText = (ms: number): string => {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`;
};

/** Threads that were stopped leave gaps: only all of them are a row without one. */
const whichSeeds = (seeds: number): string =>
  seeds === MOST_SEEDS
    ? `Seeds 1 to ${numberText(seeds)}`
    : `${plural(seeds, 'seed')} among 1 to ${numberText(MOST_SEEDS)}`;

/** What was run, and what it cannot tell. */
function Told({ result }: { readonly result: SeedResult }) {
  const { player } = usePage();
  const { run, slices, seeds, waiting, refused, broken } = result;
  const acts = run.interventions.filter(({ at }) => at.timeUs <= slices.toUs);
  const idle = acts.filter(({ at }) => refused.has(at.timeUs));
  return (
    <p className={styles['told']}>
      {`${whichSeeds(seeds)} of this scenario`}
      {acts.length > 0 ? ` with its ${plural(acts.length, 'intervention')}` : ''}
      {`, ${clockText(slices.fromUs)} to ${clockText(slices.toUs)}. Shade: 5 to 95 % of them; line: half. `}
      {idle.map(({ act, at }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the acts of a run keep their places.
        <span key={i}>
          {`In ${plural(refused.get(at.timeUs) ?? 0, 'seed')} “${actDone(act, at.timeUs, player.writerAt(at))}” found nothing to do. `}
        </span>
      ))}
      {waiting > 0
        ? `${plural(waiting, 'commit')} still waited at the end and ${waiting === 1 ? 'is' : 'are'} not counted. `
        : ''}
      {broken > 0
        ? `${plural(broken, 'seed')} contradicted the model and ended early. That is our bug.`
        : ''}
    </p>
  );
}
