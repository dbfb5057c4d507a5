import { useApp, usePage } from '../hooks/page.ts';

/** The name of the button: what was chosen is part of it, for those who do not see the dots. */
export function usePauseOnLabel(): string {
  const { commands } = usePage();
  useApp((state) => state.pauseOn);
  const chosen = commands.filter(({ id, pressed }) => id.startsWith('pause-on-') && pressed?.());
  const names = chosen.map((command) => command.title().replace('Pause on ', ''));
  return names.length > 0 ? `Pause on… (${names.join(', ')})` : 'Pause on…';
}
