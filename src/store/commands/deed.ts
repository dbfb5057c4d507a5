import { type Deed, perform } from '../acts.ts';
import type { Command, CommandContext } from '../commands.ts';

/** A command that does a deed; what the deed is depends on the moment, so it is asked for each time. */
export const deedCommand = (
  { player, store }: CommandContext,
  spec: Pick<Command, 'id' | 'group' | 'keys'>,
  deed: () => Deed,
): Command => ({
  ...spec,
  title: () => deed().title,
  enabled: () => deed().reason ?? true,
  pressed: () => deed().on,
  act: () => deed().act,
  run: () => {
    const { act } = deed();
    if (act) perform(player, store, act);
  },
});
