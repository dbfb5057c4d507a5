import { setup } from 'xstate';

/** What the story is doing: nothing, waiting for a step to come true, standing after it, or waiting for the reader to come back. */
export const storyMachine = setup({
  types: {
    events: {} as
      | { readonly type: 'OPEN' }
      | { readonly type: 'MET' }
      | { readonly type: 'STRAY' }
      | { readonly type: 'RETURN'; readonly met: boolean }
      | { readonly type: 'UNDONE' }
      | { readonly type: 'CLOSE' },
  },
}).createMachine({
  initial: 'closed',
  on: { OPEN: '.waiting', CLOSE: '.closed' },
  states: {
    closed: {},
    waiting: { on: { MET: 'done', STRAY: 'away' } },
    done: { on: { STRAY: 'away', UNDONE: 'waiting' } },
    away: {
      on: { RETURN: [{ guard: ({ event }) => event.met, target: 'done' }, { target: 'waiting' }] },
    },
  },
});
