import type { WorkloadConfig } from '../database/workload.ts';
import type { ClusterView, GroupView } from '../protocol/view.ts';
import type { Verbosity } from './app-store.ts';
import { spokenClock } from './clock-text.ts';
import {
  copiesText,
  lagSentence,
  slowestReplica,
  whatIsDown,
  worstGroup,
} from './cluster-words.ts';
import type { PlayerState } from './contract.ts';

/** While playing, at most one announcement in this time. */
const QUIET_MS = 4_000;
/** Two announcements closer than this interrupt each other in some screen readers. */
const APART_MS = 1_500;

/** What the announcer is told of a moment. */
export interface Moment {
  readonly nowMs: number;
  readonly state: PlayerState;
  readonly count: number;
  readonly view: ClusterView;
  /** The sentence of the event that made this position, and whether it is a beat. */
  readonly sentence: string;
  readonly beat: boolean;
}

/** What it remembers between moments. */
export interface AnnouncerMemory {
  readonly saidMs: number;
  readonly commits: number;
  readonly health: string;
  readonly count: number;
  readonly state: PlayerState;
}

export interface Announcement {
  readonly memory: AnnouncerMemory;
  readonly say: string | null;
}

/** The state of the cluster as far as a change of it is worth saying. */
function healthOf(view: ClusterView): string {
  const group = worstGroup(view);
  const down = whatIsDown(view);
  return [
    ...(group ? [copiesText(group), group.health] : []),
    ...(down.length > 0 ? [down.join(', ')] : []),
  ].join('; ');
}

export const freshMemory = ({ nowMs, state, count, view }: Moment): AnnouncerMemory => ({
  saidMs: nowMs - QUIET_MS,
  commits: view.counters.commits,
  health: healthOf(view),
  count,
  state,
});

/** Playing: what has changed since the last announcement, in one breath. */
function whilePlaying(memory: AnnouncerMemory, { view }: Moment): string | null {
  const commits = view.counters.commits - memory.commits;
  const changed = healthOf(view) !== memory.health;
  if (commits <= 0 && !changed) return null;
  const replica = slowestReplica(view);
  return [
    ...(commits > 0 ? [commits === 1 ? '1 commit' : `${commits} commits`] : []),
    ...healthWords(worstGroup(view), changed),
    ...(replica ? [lagSentence(replica)] : []),
  ].join('. ');
}

/** What a group's copies mean is said when it has changed; what all is well means need not be. */
function healthWords(group: GroupView | null, changed: boolean): readonly string[] {
  if (!group) return [];
  const telling = changed && group.health !== 'writes continue';
  return [telling ? `${copiesText(group)}: ${group.health}` : copiesText(group)];
}

/** Paused: a step is answered at once, since the person asked for it. */
function whileStepping(
  memory: AnnouncerMemory,
  { count, sentence, beat }: Moment,
  verbosity: Verbosity,
): string | null {
  const moved = count !== memory.count;
  if (!moved || sentence === '') return null;
  return beat || verbosity === 'every step' ? sentence : null;
}

/** What to say of a moment, if anything, and what to remember. Pure: the wall clock is in the moment. */
export function announce(
  memory: AnnouncerMemory,
  moment: Moment,
  verbosity: Verbosity,
): Announcement {
  const { nowMs, state, count } = moment;
  // The step's own sentence comes when it has arrived.
  if (state === 'stepping') return { memory: { ...memory, state }, say: null };
  const playing = state === 'playing';
  const wait = playing ? QUIET_MS : memory.state === 'playing' ? APART_MS : 0;
  if (nowMs - memory.saidMs < wait) return { memory: { ...memory, state }, say: null };
  const sentence = playing
    ? whilePlaying(memory, moment)
    : whileStepping(memory, moment, verbosity);
  if (sentence === null) {
    // After going back in time commits are counted from there.
    const commits = Math.min(memory.commits, moment.view.counters.commits);
    return { memory: { ...memory, state, count, commits }, say: null };
  }
  const heard: AnnouncerMemory = { ...freshMemory(moment), saidMs: nowMs };
  return { memory: heard, say: verbosity === 'off' ? null : `Simulation: ${ended(sentence)}` };
}

const ended = (sentence: string): string => (sentence.endsWith('.') ? sentence : `${sentence}.`);

/** What the status needs beside the cluster itself. */
export interface Circumstances {
  readonly shownUs: number;
  readonly state: PlayerState;
  readonly workload: WorkloadConfig;
}

/** The whole state on demand: time, workload, durability, health, what is down, what is waited for. */
export function statusNow(view: ClusterView, { shownUs, state, workload }: Circumstances): string {
  const group = worstGroup(view);
  const replica = slowestReplica(view);
  const down = whatIsDown(view);
  const waiting = view.instances.reduce((sum, i) => sum + i.waitingCommits.length, 0);
  const stalled = view.instances.flatMap((i) => (i.stalled ? [i.stalled] : []));
  return [
    `${spokenClock(shownUs)}, ${state}`,
    workload.on ? `Workload: ${workload.perSecond} transactions a second` : 'Workload off',
    `Durable up to record ${view.volume.vdl}`,
    ...(group ? [`${copiesText(group)}: ${group.health}`] : []),
    down.length > 0 ? `Down: ${down.join(', ')}` : 'Nothing is down',
    ...(replica ? [lagSentence(replica)] : []),
    ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'commit waits' : 'commits wait'}`] : []),
    ...stalled,
  ]
    .map(ended)
    .join(' ');
}
