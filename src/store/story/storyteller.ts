import { createActor } from 'xstate';
import type { Happening } from '../../engine/happening.ts';
import { comparePositions, type Micros, type Position } from '../../engine/time.ts';
import { saysSame } from '../../scenario/plain.ts';
import type { Run } from '../../scenario/run.ts';
import { asksChecker } from '../../stories/condition.ts';
import { figuresOf } from '../../stories/figures.ts';
import { printPlace, type StoryPlace } from '../../stories/place.ts';
import { plainText } from '../../stories/prose.ts';
import type { Chapter, Step } from '../../stories/step.ts';
import { type Around, holds, seen, type Watch } from '../../stories/watch.ts';
import type { Way } from '../../stories/way.ts';
import type { AppStore } from '../app-store.ts';
import type { Frames } from '../frames.ts';
import type { RunPlayer } from '../run-player.ts';
import { readSelection } from '../selection-text.ts';
import type { StoryNow } from '../slices/story.ts';
import type { Verdict } from '../verdict.ts';
import { type Attempt, attemptAt, deedLeft, isBefore, isStillPast, metIn } from './attempt.ts';
import { storyMachine } from './story-machine.ts';
import { Watching } from './watching.ts';

/** Whoever has been at a step for so long gets a hint. */
const HINT_MS = 20_000;
/** A step that plays is over in about so many seconds, however long it takes in the run. */
const STEP_SECONDS = 8;
/** Simulated microseconds per second in which a single write can be followed. */
const SLOW_US = 300;
/** How a step is shown where motion is reduced. */
export const AT_ONCE = 'Shown at once, since motion is reduced.';

/** What the story is told with. */
export interface StoryParts {
  readonly player: RunPlayer;
  readonly store: AppStore;
  readonly frames: Frames;
  verdict(): Verdict;
  reducedMotion(): boolean;
  /** Says a sentence to those who listen. */
  say(sentence: string): void;
}

/** Leads through the story on the run that the page plays: what a step waits for may be brought about by anybody. */
export class Storyteller {
  readonly chapters: readonly Chapter[];
  readonly #parts: StoryParts;
  readonly #chart = createActor(storyMachine).start();
  readonly #watching: Watching;
  #at: Attempt | null = null;
  #hint: (() => void) | null = null;

  constructor(parts: StoryParts, chapters: readonly Chapter[]) {
    this.#parts = parts;
    this.chapters = chapters;
    this.#watching = new Watching(parts);
    parts.store.subscribe(({ selection }, before) => {
      if (!selection || selection === before.selection || !this.#at) return;
      this.#at.looked.add(`${selection.kind}:${selection.id}`);
      this.refresh();
    });
    parts.store.subscribe(({ watching }, before) => {
      if (watching !== before.watching) this.#turnPage();
    });
  }

  /** Opens a step exactly where it begins. False when there is no such step. */
  open(place: StoryPlace): boolean {
    const found = this.#find(place);
    return found !== null && this.#enter(found.chapter, found.number, null);
  }

  /** Opens the very first step. */
  openFirst(): void {
    const [first] = this.chapters;
    if (first) this.#enter(first, 0, null);
  }

  /**
   * Goes on at a step in a run that is open already, as a link brings it: how the run is looked at and whether
   * it plays is the link's. False when there is no such step.
   */
  adopt(place: StoryPlace): boolean {
    const found = this.#find(place);
    const at = found && attemptAt(found.chapter, found.number, null);
    if (!at) return false;
    this.#stand(at);
    this.#look();
    this.#turnPage();
    return true;
  }

  /** The next step: on from what the reader has made of this one, or from its own beginning. */
  next(): void {
    const at = this.#at;
    if (!at) return;
    const { chapter, number } = at;
    const following = chapter.steps[number + 1];
    const goesOn = this.#state() === 'done' && following?.opening === undefined;
    if (following) this.#enter(chapter, number + 1, (goesOn && at.met?.at) || null);
    else this.#turn(1);
  }

  /** The step before, where it began. */
  back(): void {
    if (!this.#at) return;
    const { chapter, number } = this.#at;
    if (number > 0) this.#enter(chapter, number - 1, null);
    else this.#turn(-1);
  }

  /** Takes one of the choices of a prediction. */
  choose(choice: number): void {
    const { store, say } = this.#parts;
    const { story, setStory } = store.getState();
    const chosen = this.#at?.step.predict?.choices[choice];
    if (!story || !chosen || story.choice !== null) return;
    setStory({ ...story, choice });
    say(plainText(chosen.feedback, new Map()));
  }

  /** Does what the step asks for, if nobody has, and lets the run go on until it has come true. */
  show(): void {
    const { player } = this.#parts;
    if (this.#state() === 'away') this.comeBack();
    this.#watching.stop();
    const at = this.#at;
    if (!at) return;
    // Where the step begins may be far into the run, and nothing is done on the way.
    if (player.state() !== 'seeking') this.#do(at);
    else void player.settled().then((isThere) => isThere && this.#do(at));
  }

  #do(at: Attempt): void {
    const { player, store, reducedMotion } = this.#parts;
    if (this.#at !== at || this.#state() !== 'waiting') return;
    const { deed, view } = at.step;
    store.getState().setTab(view);
    for (const act of deedLeft(at, player.run())) player.intervene(act);
    for (const place of deed.looks ?? []) store.getState().select(readSelection(place));
    if (deed.plays && reducedMotion()) void this.#showAtOnce(at);
    else if (deed.plays) player.play();
    this.refresh();
  }

  /** As far as the step takes by itself; beat by beat, as time runs with reduced motion, it would take long. */
  async #showAtOnce(at: Attempt): Promise<void> {
    const { player } = this.#parts;
    this.#keep({ atOnce: true });
    player.seekStop(player.position().timeUs + lengthUs(at.way));
    const isThere = await player.settled();
    if (this.#at !== at) return;
    if (isThere) this.refresh();
    if (this.#state() !== 'waiting') return;
    // The checker looks behind what is shown, and has to come here first.
    if (isThere && asksChecker(at.step.until)) return;
    this.#keep({ atOnce: false });
    if (isThere) player.play();
  }

  /** Puts everything back as it was when the step began. */
  comeBack(): void {
    if (this.#at) this.#enter(this.#at.chapter, this.#at.number, null);
  }

  /** Leaves the story; the run stays as it is. */
  close(): void {
    this.#hint?.();
    this.#watching.stop();
    this.#parts.store.getState().setWatching(false);
    this.#at = null;
    this.#chart.send({ type: 'CLOSE' });
    const { setStory, point } = this.#parts.store.getState();
    setStory(null);
    point([]);
  }

  /** A test of events: playing stops at the one that makes the step come true. Null when nothing is waited for. */
  pauseTest(): ((happening: Happening) => boolean) | null {
    const at = this.#at;
    if (!at || this.#state() !== 'waiting') return null;
    const { player } = this.#parts;
    let watch = at.reader.upToNow(player).watch;
    const around = this.#around(at);
    return (happening) => {
      if (happening.notes.length === 0) return false;
      watch = seen(watch, happening);
      return this.#isMet(at, watch, around);
    };
  }

  /** Looks at the run as it is now. Called whenever what the page shows of it is renewed. */
  refresh(): void {
    const { player } = this.#parts;
    const waited = this.#state() === 'waiting';
    this.#look();
    if (!waited || this.#state() !== 'done') return;
    if (player.state() !== 'paused') player.pause();
    this.#sayOutcome();
  }

  #look(): void {
    const at = this.#at;
    if (!at) return;
    const { player } = this.#parts;
    if (at.met && !isStillPast(at.met, player.run())) {
      at.met = null;
      this.#chart.send({ type: 'UNDONE' });
      this.#keep({ atOnce: false, figures: new Map() });
    }
    if (this.#strayed(at)) this.#stray();
    else if (this.#state() === 'away') this.#chart.send({ type: 'RETURN', met: at.met !== null });
    if (this.#state() === 'waiting' && player.state() !== 'seeking') {
      const { watch } = at.reader.upToNow(player);
      if (this.#isMet(at, watch, this.#around(at))) this.#met(at, watch);
    }
    this.#publish();
  }

  /** Whoever opens another run means to look at that one. */
  #stray(): void {
    if (this.#state() === 'away') return;
    this.#chart.send({ type: 'STRAY' });
    this.#parts.store.getState().setWatching(false);
  }

  #state = (): string => this.#chart.getSnapshot().value;

  #find({ chapter: id, step: name }: StoryPlace): Pick<Attempt, 'chapter' | 'number'> | null {
    const chapter = this.chapters.find((each) => each.id === id);
    const number = chapter?.steps.findIndex((step) => step.id === name) ?? -1;
    return chapter && number >= 0 ? { chapter, number } : null;
  }

  /** Puts a step on the page with its own look: on from `since`, or from where it begins by itself. */
  #enter(chapter: Chapter, number: number, since: Position | null): boolean {
    const { player, store } = this.#parts;
    const at = attemptAt(chapter, number, since && { run: player.run(), at: since });
    if (!at) return false;
    // What comes now is not the step's that is left.
    this.#at = null;
    if (since === null) player.open(at.way.begin.run, at.way.begin.at);
    else {
      player.pause();
      // The run may have gone on since, perhaps past what this step waits for.
      if (comparePositions(player.position(), since) !== 0) player.seek(since);
    }
    const { select, setFocusGroup, setKillMode, setTab } = store.getState();
    select(null);
    setKillMode(false);
    setTab(at.step.view);
    setFocusGroup(groupOf(at.step));
    player.setRate(rateFor(at.way));
    this.#stand(at);
    this.refresh();
    this.#turnPage();
    return true;
  }

  /** Is at a step from now on, in the run as it is. */
  #stand(at: Attempt): void {
    const { store, frames } = this.#parts;
    const place = placeOf(at);
    this.#at = at;
    this.#chart.send({ type: 'OPEN' });
    const { point, setStory, keepStoryPlace } = store.getState();
    point(at.step.focus);
    setStory({
      ...{ ...place, done: false, away: false, hinted: false },
      ...{ atOnce: false, choice: null, figures: new Map() },
    });
    this.#hint?.();
    this.#hint = frames.after(HINT_MS, () => this.#giveHint());
    keepStoryPlace(printPlace(place));
  }

  /** To the first step of the next chapter, or of the one before. */
  #turn(by: 1 | -1): void {
    const at = this.#at;
    if (!at) return;
    const chapter = this.chapters[this.chapters.indexOf(at.chapter) + by];
    if (chapter) this.#enter(chapter, by === 1 ? 0 : chapter.steps.length - 1, null);
    else this.#parts.store.getState().setWatching(false);
  }

  #around({ looked }: Attempt): Around {
    const { violations } = this.#parts.verdict();
    return {
      looked: [...looked],
      violated: violations.map(({ invariant }) => invariant),
    };
  }

  #isMet({ step }: Attempt, watch: Watch, around: Around): boolean {
    return holds(step.until, watch, () => this.#parts.player.view(), around);
  }

  #met(at: Attempt, watch: Watch): void {
    const { player, store, verdict } = this.#parts;
    const { until } = at.step;
    // The checker tells of what lies behind by then.
    const found =
      'violated' in until
        ? verdict().violations.find(({ invariant }) => invariant === until.violated)
        : undefined;
    at.met = metIn(player.run(), found?.at ?? player.position());
    this.#hint?.();
    this.#chart.send({ type: 'MET' });
    this.#keep({ figures: figuresOf(at.step, watch) });
    store.getState().keepStoryDone(printPlace(placeOf(at)));
    this.#turnPage();
  }

  #sayOutcome(): void {
    const { store, say } = this.#parts;
    const { story } = store.getState();
    if (!story || !this.#at) return;
    const outcome = plainText(this.#at.step.out, story.figures);
    say(story.atOnce ? `${AT_ONCE} ${outcome}` : outcome);
  }

  #keep(change: Partial<StoryNow>): void {
    const { story, setStory } = this.#parts.store.getState();
    if (story) setStory({ ...story, ...change });
  }

  /** For whoever watches: shows the step once its text was read, and goes on once its outcome was. */
  #turnPage(): void {
    if (!this.#at) return;
    const { step } = this.#at;
    const state = this.#state();
    if (state === 'done') this.#watching.after(step.out, () => this.next());
    else if (state === 'waiting') this.#watching.after(step.say, () => this.show());
  }

  /** Whether the run is another one than the story's, or its past is. */
  #strayed(at: Attempt): boolean {
    const { player } = this.#parts;
    if (isBefore(player.position(), at) && player.state() !== 'seeking') return true;
    return !isSameWorld(player.run(), at.way.begin.run);
  }

  #giveHint(): void {
    if (this.#state() !== 'done') this.#keep({ hinted: true });
  }

  #publish(): void {
    const { story } = this.#parts.store.getState();
    if (!story) return;
    const done = this.#state() === 'done';
    const away = this.#state() === 'away';
    if (done !== story.done || away !== story.away) this.#keep({ done, away });
  }
}

const placeOf = ({ chapter, step }: Attempt): StoryPlace => ({
  chapter: chapter.id,
  step: step.id,
});

/** The protection group that a step is about: all of several, and null where it leaves that open. */
function groupOf({ focus, view }: Step): number | 'all' | null {
  const groups = new Set(
    focus.flatMap((place) => /^(?:group:|segment:)(\d+)/.exec(place)?.[1] ?? []),
  );
  if (groups.size > 1) return view === 'log' ? 'all' : null;
  const [group] = groups;
  return group === undefined ? null : Number(group);
}

/** Links make scenarios of their own: what counts is what they say. */
const isSameWorld = (a: Run, b: Run): boolean =>
  a.seed === b.seed &&
  (a.scenario === b.scenario || saysSame(a.scenario.config, b.scenario.config));

/** How fast a step plays: one write slowly, a failover of seconds within a few. */
const rateFor = (way: Way): number => Math.max(SLOW_US, Math.round(lengthUs(way) / STEP_SECONDS));

const lengthUs = ({ begin, end }: Way): Micros => end.at.timeUs - begin.at.timeUs;
