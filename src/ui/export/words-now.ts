import { plural } from '../../scene/words.ts';
import { clockText } from '../../store/clock-text.ts';
import { VIEWS, type ViewTab } from '../../store/views.ts';
import type { Page } from '../hooks/page.ts';

interface WordsNow {
  readonly tab: ViewTab;
  /** What the view is called. */
  readonly view: string;
  readonly moment: string;
  readonly title: string;
  /** How to read the view. */
  readonly caption: string;
  /** Moment, scenario, seed, interventions: what it takes to come here again. */
  readonly facts: readonly string[];
}

/** What goes with the present moment wherever it is taken to: into a picture, onto paper. */
export function wordsNow({ player, store }: Pick<Page, 'player' | 'store'>): WordsNow {
  const { tab } = store.getState();
  const { title: view = '', says: caption = '' } = VIEWS.find(({ id }) => id === tab) ?? {};
  const { scenario, seed, interventions } = player.run();
  const moment = clockText(player.position().timeUs);
  return {
    ...{ tab, view, moment, caption },
    title: `${scenario.title}: ${view}`,
    facts: [
      ...[`${moment}, simulated`, `scenario “${scenario.title}”`, `seed ${seed}`],
      plural(interventions.length, 'intervention'),
    ],
  };
}
