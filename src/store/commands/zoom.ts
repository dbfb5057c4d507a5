import type { Command, CommandContext } from '../commands.ts';
import type { Zoomable } from '../zoomable.ts';

/** Looking at the picture more closely, whichever it is. */
export function zoomCommands({ store }: CommandContext): readonly Command[] {
  const zoomable = (): Zoomable | null => store.getState().zoomable;
  const enabled = (): true | string =>
    zoomable() !== null || 'This view shows everything at one size.';
  const command = (
    id: string,
    title: string,
    keys: readonly string[],
    run: (zoomable: Zoomable) => void,
  ): Command => ({
    ...{ id, group: 'Inspect', title: () => title, keys, repeats: true, enabled },
    run: () => {
      const picture = zoomable();
      if (picture) run(picture);
    },
  });
  return [
    command('zoom-in', 'Look closer', ['+', '='], (picture) => picture.zoomIn()),
    command('zoom-out', 'Look from further away', ['-'], (picture) => picture.zoomOut()),
    command('zoom-fit', 'Show all', ['0'], (picture) => picture.fit()),
    {
      id: 'zoom-selection',
      group: 'Inspect',
      title: () => 'Bring the selection close, or show all again',
      keys: ['F'],
      enabled: () => {
        if (!zoomable()?.show) return 'This view brings nothing close.';
        return store.getState().selection !== null || 'Select something first.';
      },
      run: () => {
        const { selection, toast } = store.getState();
        if (selection && zoomable()?.show?.(selection) === false)
          toast('This view does not show what is selected.', { tone: 'problem' });
      },
    },
  ];
}
