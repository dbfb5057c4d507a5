import { useCallback } from 'react';
import type { Act } from '../../protocol/intervention.ts';
import { perform } from '../../store/acts.ts';
import { type Milestone, momentOf } from '../../store/moment-of.ts';
import type { Action } from '../power-action.ts';
import { type Page, usePage } from './page.ts';

/** Applies an act to the run and says so, with a way back. */
export function useIntervene(): (act: Act) => void {
  const { player, store } = usePage();
  return useCallback((act) => perform(player, store, act), [player, store]);
}

/** Carries out what an action says, or says why it cannot be done. */
export function usePerform(): (action: Action) => void {
  const page = usePage();
  return useCallback(
    ({ does, blocked }) => {
      const { select, setFocusGroup, follow, toast } = page.store.getState();
      if (blocked) toast(blocked, { tone: 'problem' });
      else if ('select' in does) select(does.select);
      else if ('focusGroup' in does) setFocusGroup(does.focusGroup);
      else if ('follow' in does) follow(does.follow);
      else if ('goTo' in does) goTo(page, does.goTo);
      else if (does.act) perform(page.player, page.store, does.act);
    },
    [page],
  );
}

function goTo({ player, store }: Page, milestone: Milestone): void {
  const at = momentOf(player, milestone);
  if (at) player.seek(at);
  else
    store
      .getState()
      .toast('That has not happened yet, or lies before what is kept.', { tone: 'problem' });
}
