import type { AppStore } from '../app-store.ts';
import type { Command, CommandContext } from '../commands.ts';
import type { Loop } from '../course.ts';
import type { RunPlayer } from '../run-player.ts';
import { always } from './always.ts';

/** How time is played and laid out: pace, scale, loop, and the ways a run has gone. */
export function courseCommands({ player, store }: CommandContext): readonly Command[] {
  return [
    paceCommand(store),
    scaleCommand(store),
    ...loopCommands(player),
    {
      id: 'history',
      group: 'Time',
      title: () => 'History of this run',
      keys: [],
      enabled: always,
      run: () => store.getState().openDialog('history'),
    },
  ];
}

function paceCommand(store: AppStore): Command {
  const isGuided = (): boolean => store.getState().settings.pace === 'guided';
  return {
    id: 'guided-pace',
    group: 'Time',
    title: () => 'Guided pace: skip what is idle',
    keys: [],
    enabled: always,
    pressed: isGuided,
    run: () => store.getState().change({ pace: isGuided() ? 'steady' : 'guided' }),
  };
}

function scaleCommand(store: AppStore): Command {
  const isInBeats = (): boolean => store.getState().settings.timeScale === 'beats';
  return {
    id: 'beats-scale',
    group: 'Time',
    title: () => 'Timeline in beats: each one equally wide',
    keys: [],
    enabled: always,
    pressed: isInBeats,
    run: () => store.getState().change({ timeScale: isInBeats() ? 'time' : 'beats' }),
  };
}

/** A new loop is a fifth of the run, this at least. */
const LEAST_SIDE_US = 1_000;

/** Around a moment, within what has been computed. */
function loopAround(shownUs: number, edgeUs: number): Loop {
  const sideUs = Math.max(LEAST_SIDE_US, edgeUs / 10);
  const toUs = Math.min(shownUs + sideUs, Math.max(edgeUs, 2 * sideUs));
  return { fromUs: Math.max(0, toUs - 2 * sideUs), toUs };
}

function loopCommands(player: RunPlayer): readonly Command[] {
  const around = (): Loop => player.loop() ?? loopAround(player.shownUs(), player.edge().timeUs);
  return [
    {
      id: 'loop',
      group: 'Time',
      title: () => (player.loop() ? 'Stop repeating' : 'Repeat a stretch around this moment'),
      keys: [],
      enabled: always,
      pressed: () => player.loop() !== null,
      run: () => player.setLoop(player.loop() ? null : around()),
    },
    {
      id: 'loop-from',
      group: 'Time',
      title: () => 'Repeat from this moment (A)',
      keys: [],
      enabled: always,
      run: () => player.setLoop(startingAt(player.shownUs(), around())),
    },
    {
      id: 'loop-to',
      group: 'Time',
      title: () => 'Repeat up to this moment (B)',
      keys: [],
      enabled: () => player.shownUs() > 0 || 'This is the beginning of the run.',
      run: () => player.setLoop(endingAt(player.shownUs(), around())),
    },
  ];
}

/** The other end stays where it is, unless that would be before this one. */
const startingAt = (fromUs: number, { toUs }: Loop): Loop => ({
  fromUs,
  toUs: toUs > fromUs ? toUs : fromUs + LEAST_SIDE_US,
});

const endingAt = (toUs: number, { fromUs }: Loop): Loop => ({
  fromUs: fromUs < toUs ? fromUs : Math.max(0, toUs - LEAST_SIDE_US),
  toUs,
});
