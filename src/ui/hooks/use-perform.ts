import { useCallback } from 'react';
import type { Act } from '../../protocol/intervention.ts';
import { perform } from '../../store/acts.ts';
import type { Action } from '../power-action.ts';
import { usePage } from './page.ts';

/** Applies an act to the run and says so, with a way back. */
export function useIntervene(): (act: Act) => void {
  const { player, store } = usePage();
  return useCallback((act) => perform(player, store, act), [player, store]);
}

/** Carries out what an action says, or says why it cannot be done. */
export function usePerform(): (action: Action) => void {
  const { player, store } = usePage();
  return useCallback(
    ({ does, blocked }) => {
      const { select, setFocusGroup, follow, toast } = store.getState();
      if (blocked) toast(blocked, { tone: 'problem' });
      else if ('select' in does) select(does.select);
      else if ('focusGroup' in does) setFocusGroup(does.focusGroup);
      else if ('follow' in does) follow(does.follow);
      else if (does.act) perform(player, store, does.act);
    },
    [player, store],
  );
}
