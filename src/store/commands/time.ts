import { START } from '../../engine/time.ts';
import type { AppStore } from '../app-store.ts';
import type { Command, CommandContext } from '../commands.ts';
import type { Direction, Grain } from '../contract.ts';
import { DEFAULT_RATE, nextRate } from '../playback.ts';
import type { RunPlayer } from '../run-player.ts';
import { PAUSE_ON, type PauseOn } from '../slices/event-filter.ts';
import { always } from './always.ts';

/** Play, pause, step and speed. */
export function timeCommands({ player, store }: CommandContext): readonly Command[] {
  return [
    {
      id: 'play',
      group: 'Time',
      title: () => {
        if (player.state() !== 'paused') return 'Pause';
        return player.replays() ? 'Replay' : 'Play';
      },
      keys: ['K'],
      stageKeys: ['Space'],
      timelineKeys: ['Space'],
      enabled: always,
      run: () => (player.state() === 'paused' ? player.play() : player.pause()),
    },
    ...stepCommands(player),
    ...jumpCommands(player),
    ...speedCommands(player),
    ...pauseOnCommands(store),
  ];
}

interface StepSpec {
  readonly id: string;
  readonly title: string;
  readonly key: string;
  readonly timelineKey: string;
  readonly grain: Grain;
  readonly direction: Direction;
}

const STEPS: readonly StepSpec[] = [
  {
    id: 'step',
    title: 'Step one event forward',
    key: '.',
    timelineKey: 'ArrowRight',
    grain: 'event',
    direction: 1,
  },
  {
    id: 'step-back',
    title: 'Step one event back',
    key: ',',
    timelineKey: 'ArrowLeft',
    grain: 'event',
    direction: -1,
  },
  {
    id: 'next-beat',
    title: 'Next beat',
    key: ']',
    timelineKey: 'Shift+ArrowRight',
    grain: 'beat',
    direction: 1,
  },
  {
    id: 'previous-beat',
    title: 'Previous beat',
    key: '[',
    timelineKey: 'Shift+ArrowLeft',
    grain: 'beat',
    direction: -1,
  },
  {
    id: 'next-commit',
    title: 'Next commit returned',
    key: '}',
    timelineKey: 'PageUp',
    grain: 'commit',
    direction: 1,
  },
  {
    id: 'previous-commit',
    title: 'Previous commit returned',
    key: '{',
    timelineKey: 'PageDown',
    grain: 'commit',
    direction: -1,
  },
];

const stepCommands = (player: RunPlayer): readonly Command[] =>
  STEPS.map(({ id, title, key, timelineKey, grain, direction }) => ({
    id,
    group: 'Time',
    title: () => title,
    keys: [key],
    timelineKeys: [timelineKey],
    repeats: true,
    enabled: () => direction === 1 || player.count() > 0 || 'This is the beginning of the run.',
    run: () => player.step(grain, direction),
  }));

const jumpCommands = (player: RunPlayer): readonly Command[] => [
  {
    id: 'start',
    group: 'Time',
    title: () => 'Go to the beginning',
    keys: [],
    timelineKeys: ['Home'],
    enabled: always,
    run: () => player.seek(START),
  },
  {
    id: 'live',
    group: 'Time',
    title: () => 'Go to the furthest moment computed',
    keys: ['L'],
    timelineKeys: ['End'],
    enabled: always,
    run: () => player.seekEdge(),
  },
];

const speedCommands = (player: RunPlayer): readonly Command[] => [
  {
    id: 'faster',
    group: 'Time',
    title: () => 'Faster',
    keys: ['>'],
    repeats: true,
    enabled: () => nextRate(player.rateUs(), 1) !== player.rateUs() || 'This is the fastest speed.',
    run: () => player.setRate(nextRate(player.rateUs(), 1)),
  },
  {
    id: 'slower',
    group: 'Time',
    title: () => 'Slower',
    keys: ['<'],
    repeats: true,
    enabled: () =>
      nextRate(player.rateUs(), -1) !== player.rateUs() || 'This is the slowest speed.',
    run: () => player.setRate(nextRate(player.rateUs(), -1)),
  },
  {
    id: 'default-speed',
    group: 'Time',
    title: () => 'Default speed',
    keys: ['\\'],
    enabled: always,
    run: () => player.setRate(DEFAULT_RATE),
  },
];

const MOMENTS: Readonly<Record<PauseOn, string>> = {
  'fourth ack': 'the fourth acknowledgement',
  commit: 'a commit returned',
  'quorum lost': 'a lost write quorum',
  gap: 'a gap in a log',
  failure: 'any failure',
  filter: 'what the filter finds',
};

/** Moments at which playing stops by itself, like breakpoints: `pause-on-fourth-ack` and so on. */
const pauseOnCommands = (store: AppStore): readonly Command[] =>
  PAUSE_ON.map((moment) => ({
    id: `pause-on-${moment.replace(' ', '-')}`,
    group: 'Time',
    title: () => `Pause on ${MOMENTS[moment]}`,
    keys: [],
    enabled: always,
    pressed: () => store.getState().pauseOn.includes(moment),
    run: () => store.getState().togglePauseOn(moment),
  }));
