import type { Happening } from '../engine/happening.ts';
import { placesPages } from '../history/placements.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import { beatOf, isCommit } from '../protocol/narration/beats.ts';
import { writerFrom } from '../protocol/narration/handover.ts';
import { machineStateOf } from '../protocol/view-actors.ts';
import { openTimeline } from '../scenario/open.ts';
import { DEFAULT_RUN, PRESETS } from '../scenario/presets.ts';
import { announce, freshMemory, type Moment } from './announcer.ts';
import { type AppStore, createAppStore } from './app-store.ts';
import { Checking } from './checking.ts';
import { type Command, createCommands, type Shell } from './commands.ts';
import { type ApiHandle, type ConsoleApi, installConsole } from './console-api.ts';
import { ConsoleRunner, type ParseSql } from './console-session.ts';
import type { Grain } from './contract.ts';
import { isOpenFilter, passing } from './filter-match.ts';
import { leadFocus } from './focus.ts';
import { Foresight } from './foresight.ts';
import { FrameStats, measured } from './frame-stats.ts';
import type { Frames } from './frames.ts';
import { type Address, LinkSync } from './link.ts';
import { pauseTest } from './pause-on.ts';
import { TimelinePlayer } from './player.ts';
import type { RunPlayer } from './run-player.ts';
import { type OpenTimeline, overTimeline } from './run-timeline.ts';
import { type KeyValue, settingsStorage } from './storage.ts';
import { StoryShelf } from './story/story-shelf.ts';
import { SummaryFeed } from './summary-feed.ts';
import { TrackFeed } from './track-feed.ts';
import type { Verdict } from './verdict.ts';

/** What the app needs of the world around it; a browser, or a test. */
export interface Platform {
  readonly frames: Frames;
  readonly address: Address;
  readonly storage: () => KeyValue | null;
  /** What the system asks for; the setting may overrule it. */
  readonly reducedMotion: () => boolean;
  readonly focus: Pick<Shell, 'focusRegion' | 'focusFilter' | 'focused'>;
  readonly page: Pick<Shell, 'print' | 'reload'>;
  /** Reads SQL in place of the parser that is loaded with the first statement. */
  readonly parse?: ParseSql;
  /** Where the console API goes: the window. */
  readonly target: { redoscope?: ConsoleApi };
  readonly version: string;
}

/** Everything behind the page, made once. */
export interface App {
  readonly player: RunPlayer;
  readonly store: AppStore;
  readonly commands: readonly Command[];
  readonly links: LinkSync;
  readonly console: ConsoleRunner;
  /** Says what an act would do before it is done. */
  readonly foresight: Foresight;
  /** The story, once somebody asks for it. */
  readonly story: StoryShelf;
  readonly api: ApiHandle;
  /** What the timeline is painted from. */
  readonly track: TrackFeed;
  /** Frames whose figures `frameStats()` reports: for whoever else draws. */
  readonly frames: Frames;
  /** Calls back with each sentence for the status region; returns what stops it. */
  listen(listener: (sentence: string) => void): () => void;
  /** A sentence for the status region. */
  say(sentence: string): void;
  reducedMotion(): boolean;
  /** Opens what the address says. Comes true when links and words are there, which the first picture does without. */
  start(): Promise<void>;
}

const isLandmark = (happening: Happening): boolean =>
  writerFrom(happening) !== null || placesPages(happening);

const openAurora: OpenTimeline = (run) => {
  const timeline = openTimeline(run, isLandmark);
  return overTimeline(timeline, { view: viewOf, machineState: machineStateOf });
};

const parseLater: ParseSql = async (text) => {
  const { parseSql } = await import('../scenario/sql/parse-sql.ts');
  return parseSql(text);
};

const NOTHING_AHEAD: Readonly<Record<Grain, string>> = {
  event: 'Nothing is on its way. Write or read something first.',
  beat: 'Nothing worth telling is on its way. Write or read something first.',
  commit: 'No commit is on its way. Write something first.',
};

/** Sentences for screen readers, from whoever has one to whoever shows it. */
class Voice {
  readonly #listeners = new Set<(sentence: string) => void>();
  readonly say = (sentence: string): void => {
    for (const listener of this.#listeners) listener(sentence);
  };
  readonly listen = (listener: (sentence: string) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Puts the parts together. */
export function createApp(platform: Platform): App {
  const store = createAppStore(settingsStorage(platform.storage));
  const stats = new FrameStats();
  const frames = measured(platform.frames, stats, () => player.state() === 'paused');
  const voice = new Voice();
  const reducedMotion = (): boolean => {
    const { motion } = store.getState().settings;
    return motion === 'system' ? platform.reducedMotion() : motion === 'reduced';
  };
  const player: TimelinePlayer = new TimelinePlayer(
    {
      ...{ open: openAurora, frames, reducedMotion, scenarios: PRESETS },
      grains: { isBeat: (happening) => beatOf(happening) !== null, isCommit },
      pauseAt: () => either(pauseAt(player, store, feed), story.pauseTest()),
      guided: () => store.getState().settings.pace === 'guided' || store.getState().story !== null,
      computed: () => track.track(),
      nothingAhead: (grain) => store.getState().toast(NOTHING_AHEAD[grain], { tone: 'problem' }),
    },
    DEFAULT_RUN,
  );
  const track: TrackFeed = new TrackFeed(player);
  const checking: Checking = new Checking({ player, frames, changed: () => feed.refresh() });
  const verdict = (): Verdict => checking.verdict;
  const feed: SummaryFeed = new SummaryFeed({ player, store, frames, verdict });
  const story: StoryShelf = new StoryShelf({
    ...{ player, store, frames, verdict, reducedMotion },
    say: voice.say,
  });
  const links = new LinkSync({ player, store, frames, story, address: platform.address });
  const console = new ConsoleRunner({ player, store, parse: platform.parse ?? parseLater });
  const foresight = new Foresight({ player, store, frames, say: voice.say });
  feed.onRefresh(() => console.refresh());
  feed.onRefresh(() => leadFocus(player, store));
  feed.onRefresh(announcer({ player, store, frames, feed, say: voice.say }));
  // What came of a step is more than the event that it came with, and the last word is what is heard.
  feed.onRefresh(() => story.refresh());
  let setLoaded = (): void => {};
  const loaded = new Promise<void>((resolve) => {
    setLoaded = resolve;
  });
  const shell: Shell = {
    ...platform.focus,
    ...platform.page,
    say: voice.say,
    copyLink: () => links.copyLinkHere(),
  };
  const { target, version } = platform;
  const api = installConsole(target, { player, links, stats, version, loaded, verdict });
  void checkOnceReady(api, checking);
  return {
    ...{ player, store, links, console, foresight, story, track, frames, reducedMotion },
    ...{ listen: voice.listen, say: voice.say },
    commands: createCommands({ player, store, shell, story }),
    api,
    start: async () => {
      open(platform.address, { player, store, reducedMotion });
      await load(platform.address, { links, feed, track });
      await player.settled();
      setLoaded();
    },
  };
}

/** Without a link, the cold open: playing, with something to break. */
function open(
  address: Address,
  { player, store, reducedMotion }: Pick<App, 'player' | 'store' | 'reducedMotion'>,
): void {
  if (address.fragment().length > 1) return;
  store.getState().setKillMode(true);
  if (!reducedMotion()) player.play();
}

/** Brings what can come a moment later, and opens the link that the page was opened by. */
async function load(
  address: Address,
  { links, feed, track }: { links: LinkSync; feed: SummaryFeed; track: TrackFeed },
): Promise<void> {
  const [codec, { readFleetSight }, { narrate }, { Follower }, { TrackReader }] = await Promise.all(
    [
      import('../scenario/link.ts'),
      import('./fleet-sight.ts'),
      import('../protocol/narration/narrate.ts'),
      import('./follow.ts'),
      import('./track.ts'),
    ],
  );
  links.use({ ...codec, readFleetSight });
  track.use(new TrackReader());
  const fragment = address.fragment();
  if (fragment.length > 1) links.open(fragment);
  feed.use(narrate, Follower);
}

/** The checker carries the run out a second time: nobody has to wait for it to begin. */
async function checkOnceReady({ api }: ApiHandle, checking: Checking): Promise<void> {
  await api.ready;
  const { RunChecker } = await import('./run-checker.ts');
  checking.use(RunChecker);
}

function pauseAt(
  player: RunPlayer,
  store: AppStore,
  feed: SummaryFeed,
): ReturnType<typeof pauseTest> {
  const { pauseOn, filter, selection, followedTxn } = store.getState();
  if (pauseOn.length === 0) return null;
  const passes = passing(filter, { selection, followedTxn });
  return pauseTest(pauseOn, {
    view: () => player.view(),
    passesFilter: (happening) => !isOpenFilter(filter) && feed.teller.rows(happening).some(passes),
  });
}

type Test = ((happening: Happening) => boolean) | null;

/** Both look at every event: each keeps count of what it saw. */
const either = (a: Test, b: Test): Test => {
  if (a === null || b === null) return a ?? b;
  return (happening) => {
    const met = a(happening);
    return b(happening) || met;
  };
};

interface AnnouncerParts {
  readonly player: RunPlayer;
  readonly store: AppStore;
  readonly frames: Frames;
  readonly feed: SummaryFeed;
  say(sentence: string): void;
}

/** Says what the announcer finds worth saying, at each refresh of the summary. */
function announcer({ player, store, frames, feed, say }: AnnouncerParts): () => void {
  const present = (): Moment => {
    const told = feed.teller.present(player);
    return {
      nowMs: frames.now(),
      state: player.state(),
      count: player.count(),
      view: player.view(),
      sentence: told?.sentence ?? '',
      beat: told !== null && told.beat !== null,
    };
  };
  let memory = freshMemory(present());
  return () => {
    const { verbosity } = store.getState().settings;
    const said = announce(memory, present(), verbosity);
    memory = said.memory;
    if (said.say !== null) say(said.say);
  };
}
