import { type Theme, themeOf } from '../../scene/palettes.ts';
import { useApp } from './page.ts';
import { useMedia } from './use-media.ts';

/** Brightness and palette as the page has them now, by choice or by the system. */
export function useTheme(): Theme {
  const { theme, palette } = useApp((state) => state.settings);
  const system = useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light';
  return themeOf(theme === 'system' ? system : theme, palette);
}
