import { useEffect } from 'react';
import { commandFor, type Focus } from '../../store/keyboard.ts';
import { usePage } from './page.ts';

const TEXT = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]';

/** Where keyboard focus is, as far as shortcuts care. */
function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element) || target === document.body) return 'stage';
  if (target.closest(TEXT)) return 'text';
  if (target.closest('[role=menu], [role=dialog]')) return 'menu or dialog';
  if (target.closest('[data-keys=timeline]')) return 'timeline';
  return target.closest('[data-keys=stage]') || target.id === 'stage' ? 'stage' : 'widget';
}

const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** Lets the registry's keys reach the registry's commands. */
export function useKeys(): void {
  const { store, commands } = usePage();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing } = event;
      const altGraph = event.getModifierState('AltGraph');
      const press = {
        key,
        code,
        ctrlKey,
        metaKey,
        altKey,
        shiftKey,
        repeat,
        isComposing,
        altGraph,
      };
      const { settings, dialog } = store.getState();
      const { singleKeys } = settings;
      // A dialog may be on its way: what is typed meanwhile is meant for it.
      const focus = dialog === null ? focusOf(event.target) : 'menu or dialog';
      const command = commandFor(press, focus, commands, { singleKeys, apple });
      if (!command) return;
      event.preventDefault();
      void command.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [store, commands]);
}
