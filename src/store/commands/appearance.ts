import { PALETTES, paletteTitles } from '../../scene/palettes.ts';
import type { Command, CommandContext } from '../commands.ts';
import { always } from './always.ts';

const THEMES = ['system', 'light', 'dark'] as const;

/** How pictures and page look, whatever they show. */
export function appearanceCommands({ store }: CommandContext): readonly Command[] {
  return [
    {
      id: 'theme',
      group: 'Page',
      title: () => `Theme: ${store.getState().settings.theme}`,
      keys: [],
      enabled: always,
      run: () => {
        const { change, settings } = store.getState();
        const next = THEMES[(THEMES.indexOf(settings.theme) + 1) % THEMES.length] ?? 'system';
        change({ theme: next });
      },
    },
    {
      id: 'labels',
      group: 'Page',
      title: () =>
        store.getState().settings.labels === 'few'
          ? 'Label all messages that have room'
          : 'Label few messages',
      keys: [],
      enabled: always,
      pressed: () => store.getState().settings.labels === 'few',
      run: () => {
        const { change, settings } = store.getState();
        change({ labels: settings.labels === 'few' ? 'usual' : 'few' });
      },
    },
    ...PALETTES.map(
      (palette): Command => ({
        id: `colours-${palette}`,
        group: 'Page',
        title: () => `Colours: ${paletteTitles[palette]}`,
        keys: [],
        enabled: always,
        pressed: () => store.getState().settings.palette === palette,
        run: () => store.getState().change({ palette }),
      }),
    ),
  ];
}
