import { isTheme, type Settings, type SettingsStorage, type Theme } from '../storage.ts';
import type { Slice } from './slice.ts';

type PanelName = keyof Settings['panels'];

/** Choices that stay with this browser. */
export interface SettingsSlice {
  readonly settings: Settings;
  /** True when the browser lets nothing be kept: said once, in Settings. */
  readonly storageBlocked: boolean;
  change(settings: Partial<Settings>): void;
  /** Shows a theme that a link asks for, until a person chooses one: what the person chose before is kept. */
  wearTheme(theme: unknown): void;
  setPanel(panel: PanelName, change: Partial<Settings['panels'][PanelName]>): void;
  resetLayout(): void;
  /** Remembers that a step of the story came true, by its name. */
  keepStoryDone(step: string): void;
  /** Remembers where somebody is in the story. */
  keepStoryPlace(step: string): void;
  resetStory(): void;
}

/** Settings that write themselves to storage at every change. */
export const settingsSlice =
  (storage: SettingsStorage): Slice<SettingsSlice> =>
  (set, get) => {
    /** The person's own theme, while that of a link is shown. */
    let own: Theme | null = null;
    const keep = (settings: Settings): void => {
      const kept = storage.write(own === null ? settings : { ...settings, theme: own });
      set({ settings, storageBlocked: !kept });
    };
    return {
      settings: storage.read(),
      storageBlocked: storage.blocked(),
      change: (part) => {
        if (part.theme) own = null;
        keep({ ...get().settings, ...part });
      },
      wearTheme: (theme) => {
        const { settings } = get();
        if (!isTheme(theme) || theme === settings.theme) return;
        own ??= settings.theme;
        set({ settings: { ...settings, theme } });
      },
      setPanel: (panel, change) => {
        const { settings } = get();
        const panels = {
          ...settings.panels,
          [panel]: { ...settings.panels[panel], ...change },
        };
        keep({ ...settings, panels });
      },
      resetLayout: () => keep({ ...get().settings, panels: storage.initial.panels }),
      keepStoryDone: (step) => {
        const { settings } = get();
        const { done } = settings.story;
        if (!done.includes(step))
          keep({ ...settings, story: { ...settings.story, done: [...done, step] } });
      },
      keepStoryPlace: (last) => {
        const { settings } = get();
        keep({ ...settings, story: { ...settings.story, last } });
      },
      resetStory: () => keep({ ...get().settings, story: storage.initial.story }),
    };
  };
