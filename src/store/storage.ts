import * as v from 'valibot';

/** The part of `localStorage` that is used; null when the browser refuses to hand it out at all. */
export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'redoscope:settings';

const panel = (initial: number) =>
  v.optional(
    v.fallback(
      v.object({
        /** Share of the page, in per cent. */
        size: v.pipe(v.number(), v.minValue(5), v.maxValue(90)),
        collapsed: v.boolean(),
      }),
      { size: initial, collapsed: false },
    ),
    { size: initial, collapsed: false },
  );

const choice = <const T extends readonly [string, ...string[]]>(options: T) =>
  v.optional(v.fallback(v.picklist(options), options[0]), options[0]);

const flag = (initial: boolean) => v.optional(v.fallback(v.boolean(), initial), initial);

const panelsSchema = v.object({
  console: panel(21),
  inspector: panel(24),
  events: panel(44),
});
const noPanels = v.parse(panelsSchema, {});

/** Each field falls back alone: one damaged value does not cost a person the others. */
const settingsSchema = v.object({
  theme: choice(['system', 'light', 'dark']),
  motion: choice(['system', 'full', 'reduced']),
  singleKeys: flag(true),
  verbosity: choice(['milestones', 'off', 'every step']),
  panels: v.optional(v.fallback(panelsSchema, noPanels), noPanels),
});

export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;
export type Theme = Settings['theme'];
export type Motion = Settings['motion'];
export type Verbosity = Settings['verbosity'];

/** Reads and writes the settings; what cannot be kept is simply not kept. */
export interface SettingsStorage {
  readonly initial: Settings;
  read(): Settings;
  /** False when the value will not survive this page. */
  write(settings: Settings): boolean;
  blocked(): boolean;
}

const initial: Settings = v.parse(settingsSchema, {});

function settingsFrom(text: string | null): Settings {
  if (text === null) return initial;
  try {
    const parsed = v.safeParse(settingsSchema, JSON.parse(text));
    return parsed.success ? parsed.output : initial;
  } catch {
    return initial;
  }
}

/** The one place that touches `localStorage`. Asking for it may itself throw, hence the function. */
export function settingsStorage(open: () => KeyValue | null): SettingsStorage {
  let blocked = false;
  const attempt = <T>(use: (storage: KeyValue) => T, otherwise: T): T => {
    try {
      const storage = open();
      if (storage) {
        const value = use(storage);
        blocked = false;
        return value;
      }
    } catch {
      // Private windows and full disks refuse in different ways; all mean "not kept".
    }
    blocked = true;
    return otherwise;
  };
  return {
    initial,
    read: () => attempt((storage) => settingsFrom(storage.getItem(KEY)), initial),
    write: (settings) =>
      attempt((storage) => {
        storage.setItem(KEY, JSON.stringify(settings));
        return true;
      }, false),
    blocked: () => blocked,
  };
}
