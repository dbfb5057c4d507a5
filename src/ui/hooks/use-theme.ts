import { useApp } from './page.ts';
import { useMedia } from './use-media.ts';

/** Whether the page is dark now, by choice or by the system. */
export function useDarkTheme(): boolean {
  const theme = useApp((state) => state.settings.theme);
  const system = useMedia('(prefers-color-scheme: dark)');
  return theme === 'system' ? system : theme === 'dark';
}
