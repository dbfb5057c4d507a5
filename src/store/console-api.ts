import type { Happening } from '../engine/happening.ts';
import type { Result } from '../engine/result.ts';
import { type Position, START } from '../engine/time.ts';
import type { Run } from '../scenario/run.ts';
import {
  type EventQuery,
  readPosition,
  readQuery,
  readRate,
  readStep,
} from './console-arguments.ts';
import type { Grain, PlayerState } from './contract.ts';
import type { FrameReport, FrameStats } from './frame-stats.ts';
import type { LinkSync } from './link.ts';
import type { RunPlayer } from './run-player.ts';
import type { Verdict } from './verdict.ts';

/** One event as `events()` gives it: plain data. */
interface EventRow {
  readonly count: number;
  readonly timeUs: number;
  readonly n: number;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly sentUs: number;
  readonly timer: string | null;
  readonly lost: string | null;
  readonly accepted: boolean;
  readonly notes: readonly object[];
  readonly sent: number;
}

/** `window.redoscope`: the page for scripts, documented in docs/console.md. */
export interface ConsoleApi {
  readonly ready: Promise<void>;
  readonly version: string;
  open(source: unknown): Promise<void>;
  run(): Run;
  time(): number;
  position(): Position;
  seek(at: number | Position): Promise<void>;
  step(grain: Grain, direction: 1 | -1): Promise<void>;
  play(rateUs?: number): Promise<void>;
  pause(): Promise<void>;
  intervene(intervention: unknown): Promise<string>;
  undo(): Promise<boolean>;
  state(): object;
  events(query?: unknown): readonly EventRow[];
  hash(): string;
  url(): string;
  displayList(): readonly unknown[];
  frameStats(): FrameReport;
  violations(): readonly object[];
}

export interface ApiParts {
  readonly player: RunPlayer;

  readonly links: LinkSync;
  readonly stats: FrameStats;
  readonly version: string;
  /** What comes after the first picture is there. */
  readonly loaded: Promise<unknown>;
  verdict(): Verdict;
}

/** What the page hands over once it has drawn for the first time. */
export interface ApiHandle {
  readonly api: ConsoleApi;
  /** Supplies what the canvas shows: the stage is made after the console. */
  setDisplayList(list: () => readonly unknown[]): void;
  /** The first picture is drawn: `ready` comes true when everything else is there, too. */
  setReady(): void;
}

/** A value that was good, or an error whose message is the sentence. */
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new TypeError(result.problem);
  return result.value;
}

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function rowOf({ flight, ...event }: Happening): EventRow {
  const { type, from, to, sentUs, timer, lost } = flight;
  const { count, timeUs, n, accepted, notes, sent } = event;
  return plain({
    ...{ count, timeUs, n, type, from, to, sentUs, timer, lost, accepted },
    ...{ notes, sent: sent.length },
  });
}

const matchesQuery = ({ flight, notes }: Happening, { type, actor }: EventQuery): boolean =>
  (type === null || flight.type === type || notes.some((note) => note.type === type)) &&
  (actor === null || flight.from === actor || flight.to === actor);

function stateOf({ player, verdict }: ApiParts): object {
  const state: PlayerState = player.state();
  const fault = player.fault()?.message ?? null;
  const { rules, upTo, violations } = verdict();
  return plain({
    ...{ state, position: player.position(), shownUs: player.shownUs(), edge: player.edge() },
    ...{ rateUs: player.rateUs(), slowBy: player.slowBy(), fault, ...player.view() },
    checker: { rules, upTo, broken: violations.length },
  });
}

/**
 * Comes true in a task of its own. A loop of commands that are waited for would otherwise be one single
 * task, in which the page never gets to show anything and React takes it for an endless update.
 */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Commands: what they change is current when their promise resolves; bad arguments reject it. */
function commandsOf({ player }: ApiParts) {
  /** True when nobody asked for something else on the way. */
  const current = async (): Promise<boolean> => {
    const there = await player.settled();
    await nextTask();
    return there;
  };
  return {
    async open(source: unknown): Promise<void> {
      const { readRun } = await import('./console-runs.ts');
      const { run, at } = must(readRun(source));
      player.open(run, at ?? START);
      await current();
    },
    async seek(at: number | Position): Promise<void> {
      player.seek(must(readPosition(at)));
      await current();
    },
    async step(grain: Grain, direction: 1 | -1): Promise<void> {
      player.step(...must(readStep(grain, direction)));
      if (await player.settled()) player.finishStep();
      await current();
    },
    async play(rateUs?: number): Promise<void> {
      if (rateUs !== undefined) player.setRate(must(readRate(rateUs)));
      player.play();
      await nextTask();
    },
    async pause(): Promise<void> {
      player.pause();
      await nextTask();
    },
    async intervene(intervention: unknown): Promise<string> {
      const { readIntervention } = await import('./console-runs.ts');
      const { act, at } = must(readIntervention(intervention, player.run()));
      if (at) player.seek(at);
      if (!(await player.settled())) throw new Error(NOT_REACHED);
      const says = player.intervene(act);
      await current();
      return says;
    },
    async undo(): Promise<boolean> {
      const undone = player.undo();
      await current();
      return undone;
    },
  };
}

const NOT_REACHED = 'Nothing was done: something else was asked for before its moment was reached.';

/** Questions: answered at once, in plain data that nothing changes afterwards. */
function questionsOf(parts: ApiParts) {
  const { player, links, stats, verdict } = parts;
  return {
    run: () => plain(player.run()),
    time: () => player.shownUs(),
    position: () => player.position(),
    state: () => stateOf(parts),
    events(query?: unknown): readonly EventRow[] {
      const asked = must(readQuery(query));
      const all = player.happenings(asked.from ?? START, asked.to ?? player.edge());
      return all
        .filter((happening) => matchesQuery(happening, asked))
        .slice(0, asked.limit)
        .map(rowOf);
    },
    hash: () => player.hash(),
    url: () => links.linkHere(),
    frameStats: () => stats.report(),
    violations: () => plain(verdict().violations),
  };
}

/** Puts the API where scripts look for it. */
export function installConsole(target: { redoscope?: ConsoleApi }, parts: ApiParts): ApiHandle {
  let list: () => readonly unknown[] = () => [];
  let setReady = (): void => {};
  const drawn = new Promise<void>((resolve) => {
    setReady = resolve;
  });
  const api: ConsoleApi = {
    ready: Promise.all([drawn, parts.loaded]).then(() => {}),
    version: parts.version,
    ...commandsOf(parts),
    ...questionsOf(parts),
    displayList: () => plain(list()),
  };
  target.redoscope = api;
  return {
    api,
    setDisplayList: (supplied) => {
      list = supplied;
    },
    setReady: () => setReady(),
  };
}
