import {
  ArrowLeft,
  ArrowRight,
  Clapperboard,
  Lightbulb,
  List,
  Pause,
  Play,
  RotateCcw,
} from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { AT_ONCE, type Storyteller } from '../../store/story/storyteller.ts';
import { numberOf } from '../../stories/chapter-number.ts';
import { printPlace } from '../../stories/place.ts';
import type { Chapter } from '../../stories/step.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Cards } from './cards.tsx';
import { Prediction } from './prediction.tsx';
import { Prose } from './prose.tsx';
import styles from './story.module.css';
import { useArrival } from './use-arrival.ts';
import type { Reading } from './use-story.ts';

interface StepPanelProps {
  readonly reading: Reading;
  readonly teller: Storyteller;
}

/** One step: what it says, what to do, what came of it. */
export function StepPanel({ reading, teller }: StepPanelProps) {
  const { now, chapter, chapterNumber, step, stepNumber } = reading;
  const presenting = useApp((state) => state.presenting);
  const last = chapter.steps.length - 1;
  const box = useRef<HTMLDivElement>(null);
  const name = printPlace(now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step begins at its top.
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
    // On a phone it is the whole panel that scrolls.
    box.current?.parentElement?.scrollIntoView({ block: 'start' });
  }, [name]);
  const heading = useArrival(`${name} ${now.away}`);
  return (
    <article
      className={styles['step']}
      onKeyDown={(event) => turnByKey(event, teller)}
      aria-label={`${chapter.title}: ${step.title}`}
    >
      <Head reading={reading} last={teller.chapters.at(-1) ?? chapter} />
      {/* A long text scrolls by key. */}
      <div
        ref={box}
        className={styles['text']}
        role="group"
        aria-label="Text of this step"
        tabIndex={0}
        data-presenting={presenting || undefined}
      >
        <h2 ref={heading} tabIndex={-1}>
          {stepNumber === 0 ? chapter.title : step.title}
        </h2>
        {stepNumber === 0 ? <p className={styles['question']}>{chapter.asks}</p> : null}
        <p>
          <Prose text={step.say} />
        </p>
        {step.predict ? <Prediction asked={step.predict} teller={teller} /> : null}
        <Deed reading={reading} teller={teller} />
        {now.done ? <Outcome reading={reading} /> : null}
        {now.done && stepNumber === last ? <Cards chapter={chapter} /> : null}
        {presenting ? <p className={styles['notes']}>{step.notes}</p> : null}
      </div>
      <Turn teller={teller} first={chapterNumber === 0 && stepNumber === 0} reading={reading} />
    </article>
  );
}

function Head({ reading, last }: { readonly reading: Reading; readonly last: Chapter }) {
  const { story, store } = usePage();
  const watching = useApp((state) => state.watching);
  const { chapter, chapterNumber, stepNumber } = reading;
  const leave = (): void => {
    store.getState().setStoryPage('chapters');
    story.close();
  };
  return (
    <div className={styles['head']}>
      <IconButton label="All chapters" icon={List} onClick={leave} />
      <p>
        Chapter {chapterNumber} of {numberOf(last)} · step {stepNumber + 1} of{' '}
        {chapter.steps.length}
      </p>
      <IconButton
        label={watching ? 'Stop watching' : 'Watch: let the story play by itself'}
        icon={watching ? Pause : Clapperboard}
        aria-pressed={watching}
        onClick={() => store.getState().setWatching(!watching)}
      />
      <progress
        className={styles['progress']}
        max={chapter.steps.length}
        value={stepNumber + (reading.now.done ? 1 : 0)}
        aria-label="How far this chapter has come"
      />
    </div>
  );
}

/** What to do, and whoever rather watches has it done. */
function Deed({ reading, teller }: StepPanelProps) {
  const { now, step } = reading;
  if (now.away) {
    return (
      // Another button than "Show me": whoever pressed this one does not stand on that one unawares.
      <div key="away" className={styles['away']} role="status">
        <p className={styles['todo']}>The run on the stage is not this step’s any more.</p>
        <Button kind="primary" icon={RotateCcw} onClick={() => teller.comeBack()}>
          Return to the story
        </Button>
      </div>
    );
  }
  if (now.done) return null;
  return (
    <div key="deed" className={styles['deed']}>
      <p className={styles['todo']}>
        <Lightbulb className={styles['icon']} aria-hidden="true" /> {step.deed.says}
      </p>
      <Button kind="primary" icon={Play} onClick={() => teller.show()}>
        Show me
      </Button>
      {now.hinted ? <p className={styles['hint']}>{step.hint}</p> : null}
    </div>
  );
}

/** What came of it, in the place of what there was to do. */
function Outcome({ reading: { now, step } }: Pick<StepPanelProps, 'reading'>) {
  const heading = useArrival();
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    text.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className="visually-hidden">
        What came of it
      </h3>
      {now.atOnce ? <p className={styles['hint']}>{AT_ONCE}</p> : null}
      <p ref={text} className={styles['out']}>
        <Prose text={step.out} figures={now.figures} />
      </p>
    </>
  );
}

/** A presenter's remote sends these. */
function turnByKey(event: KeyboardEvent, teller: Storyteller): void {
  if (event.key !== 'PageDown' && event.key !== 'PageUp') return;
  event.preventDefault();
  if (event.key === 'PageDown') teller.next();
  else teller.back();
}

interface TurnProps extends StepPanelProps {
  readonly first: boolean;
}

function Turn({ reading, teller, first }: TurnProps) {
  const { now, chapter, stepNumber } = reading;
  const ends = stepNumber === chapter.steps.length - 1 && chapter === teller.chapters.at(-1);
  return (
    <div className={styles['turn']}>
      <Button icon={ArrowLeft} aria-disabled={first} onClick={() => teller.back()}>
        Back
      </Button>
      <span className={styles['space']} />
      <Button
        kind={now.done ? 'primary' : 'plain'}
        icon={ArrowRight}
        aria-disabled={ends}
        onClick={() => teller.next()}
      >
        Next
      </Button>
    </div>
  );
}
