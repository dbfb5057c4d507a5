import type { Command, CommandContext } from '../commands.ts';
import { always } from './always.ts';

/** The ways through the story; a presenter's remote sends the same keys. */
export function storyCommands({ store, story }: CommandContext): readonly Command[] {
  const reads = (): true | string =>
    store.getState().story !== null || 'Open a chapter of the story first.';
  return [
    {
      id: 'story',
      group: 'Story',
      title: () =>
        store.getState().settings.story.last === null ? 'Start the story' : 'Go on with the story',
      keys: [],
      enabled: always,
      run: () => story.open(),
    },
    {
      id: 'story-next',
      group: 'Story',
      title: () => 'Next step of the story',
      keys: [],
      // Whatever scrolls keeps them for itself; in the story's own text they turn the page.
      stageKeys: ['PageDown'],
      enabled: reads,
      run: () => story.turn('next'),
    },
    {
      id: 'story-back',
      group: 'Story',
      title: () => 'Previous step of the story',
      keys: [],
      stageKeys: ['PageUp'],
      enabled: reads,
      run: () => story.turn('back'),
    },
    {
      id: 'story-show',
      group: 'Story',
      title: () => 'Show me: do what the step asks for',
      keys: [],
      enabled: reads,
      run: () => story.turn('show'),
    },
    {
      id: 'presenting',
      group: 'Story',
      title: () =>
        store.getState().presenting ? 'Leave presenting' : 'Present: large type and notes',
      keys: [],
      enabled: always,
      pressed: () => store.getState().presenting,
      run: () => store.getState().setPresenting(!store.getState().presenting),
    },
  ];
}
