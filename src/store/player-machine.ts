import { setup } from 'xstate';

export type PlayerEvent =
  | { readonly type: 'PLAY' }
  | { readonly type: 'PAUSE' }
  /** A step forward whose interval is to be shown. */
  | { readonly type: 'STEP' }
  /** The step under way has reached its end. */
  | { readonly type: 'ARRIVE' }
  /** A jump: to another moment, or into another run. */
  | { readonly type: 'JUMP' }
  /** A jump, or the look for where a step ends, takes longer than a frame. */
  | { readonly type: 'SEEK' }
  /** What took longer is done. */
  | { readonly type: 'FOUND' }
  | { readonly type: 'HIDE' }
  | { readonly type: 'SHOW' };

/**
 * What the player does, and whether anybody can see it. The tag `moving` is the whole rule for
 * animation frames: they are asked for in states that carry it while the page is visible, and never else.
 */
export const playerMachine = setup({ types: { events: {} as PlayerEvent } }).createMachine({
  id: 'player',
  type: 'parallel',
  states: {
    mode: {
      initial: 'paused',
      states: {
        paused: { on: { PLAY: 'playing', STEP: 'stepping', SEEK: 'seeking' } },
        playing: {
          tags: 'moving',
          on: { PAUSE: 'paused', JUMP: 'paused', STEP: 'stepping', SEEK: 'seeking' },
        },
        stepping: {
          tags: 'moving',
          on: { PAUSE: 'paused', JUMP: 'paused', ARRIVE: 'paused', PLAY: 'playing' },
        },
        seeking: {
          tags: 'moving',
          on: {
            PAUSE: 'paused',
            JUMP: 'paused',
            FOUND: 'paused',
            STEP: 'stepping',
            PLAY: 'playing',
          },
        },
      },
    },
    page: {
      initial: 'visible',
      states: {
        visible: { tags: 'seen', on: { HIDE: 'hidden' } },
        hidden: { on: { SHOW: 'visible' } },
      },
    },
  },
});
