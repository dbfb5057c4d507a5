import { useApp } from './page.ts';
import { useMedia } from './use-media.ts';

/** Whether nothing may travel across the stage, by choice or by the system. */
export function useReducedMotion(): boolean {
  const motion = useApp((state) => state.settings.motion);
  const system = useMedia('(prefers-reduced-motion: reduce)');
  return motion === 'system' ? system : motion === 'reduced';
}
