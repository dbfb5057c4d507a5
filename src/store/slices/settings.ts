import type { Settings, SettingsStorage } from '../storage.ts';
import type { Slice } from './slice.ts';

type PanelName = keyof Settings['panels'];

/** Choices that stay with this browser. */
export interface SettingsSlice {
  readonly settings: Settings;
  /** True when the browser lets nothing be kept: said once, in Settings. */
  readonly storageBlocked: boolean;
  change(settings: Partial<Settings>): void;
  setPanel(panel: PanelName, change: Partial<Settings['panels'][PanelName]>): void;
  resetLayout(): void;
}

/** Settings that write themselves to storage at every change. */
export const settingsSlice =
  (storage: SettingsStorage): Slice<SettingsSlice> =>
  (set, get) => {
    const keep = (settings: Settings): void => {
      const kept = storage.write(settings);
      set({ settings, storageBlocked: !kept });
    };
    return {
      settings: storage.read(),
      storageBlocked: storage.blocked(),
      change: (part) => keep({ ...get().settings, ...part }),
      setPanel: (panel, change) => {
        const { settings } = get();
        const panels = {
          ...settings.panels,
          [panel]: { ...settings.panels[panel], ...change },
        };
        keep({ ...settings, panels });
      },
      resetLayout: () => keep({ ...get().settings, panels: storage.initial.panels }),
    };
  };
