import { LABEL_DENSITIES, type LabelDensity } from '../scene/labels.ts';
import { PALETTES, type PaletteName } from '../scene/palettes.ts';
import { readPlace } from '../stories/place.ts';
import type { PaceName } from './guided-pace.ts';

/** The part of `localStorage` that is used; null when the browser refuses to hand it out at all. */
export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'redoscope:settings';

/** A panel's share of the page in per cent, and whether it is folded. */
interface PanelSettings {
  readonly size: number;
  readonly collapsed: boolean;
}

const THEMES = ['system', 'light', 'dark'] as const;
const MOTIONS = ['system', 'full', 'reduced'] as const;
const VERBOSITIES = ['milestones', 'off', 'every step'] as const;
const PACES: readonly [PaceName, ...PaceName[]] = ['steady', 'guided'];
const SCALES = ['time', 'beats'] as const;
const LEAST_SHARE = 5;
const MOST_SHARE = 90;

export type Theme = (typeof THEMES)[number];
export const isTheme = (value: unknown): value is Theme => THEMES.some((each) => each === value);
export type Motion = (typeof MOTIONS)[number];
export type Verbosity = (typeof VERBOSITIES)[number];
/** What is evenly spaced on the timeline. */
type TimeScaleName = (typeof SCALES)[number];

export interface Settings {
  readonly theme: Theme;
  readonly palette: PaletteName;
  /** Beside messages in the pictures. */
  readonly labels: LabelDensity;
  readonly motion: Motion;
  readonly singleKeys: boolean;
  readonly verbosity: Verbosity;
  readonly pace: PaceName;
  readonly timeScale: TimeScaleName;
  readonly story: StoryProgress;
  readonly panels: {
    readonly console: PanelSettings;
    readonly inspector: PanelSettings;
    readonly events: PanelSettings;
  };
}

/** How far somebody has come in the story: steps by their names, `s05.count`. */
interface StoryProgress {
  readonly done: readonly string[];
  /** Where the story was left; null before it was begun. */
  readonly last: string | null;
}

/** More steps than the story has. */
const MOST_STEPS = 400;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const choice = <const T extends string>(options: readonly [T, ...T[]], value: unknown): T =>
  options.find((option) => option === value) ?? options[0];

function panel(value: unknown, initialShare: number): PanelSettings {
  const { size, collapsed } = fieldsOf(value);
  const fits = typeof size === 'number' && size >= LEAST_SHARE && size <= MOST_SHARE;
  return { size: fits ? size : initialShare, collapsed: collapsed === true };
}

const isStepName = (value: unknown): value is string => readPlace(value) !== null;

function progress(value: unknown): StoryProgress {
  const { done, last } = fieldsOf(value);
  const names = Array.isArray(done) ? done.filter(isStepName) : [];
  return {
    done: [...new Set(names)].slice(0, MOST_STEPS),
    last: isStepName(last) ? last : null,
  };
}

/**
 * Settings from whatever was stored. Each field falls back alone: one damaged value does not cost a
 * person the others. By hand, because these few fields are needed before the first picture and a
 * validation library is not.
 */
function checked(value: unknown): Settings {
  const { theme, palette, labels, motion, singleKeys, verbosity, pace, timeScale, story, panels } =
    fieldsOf(value);
  const { console, inspector, events } = fieldsOf(panels);
  return {
    theme: choice(THEMES, theme),
    palette: choice(PALETTES, palette),
    labels: choice(LABEL_DENSITIES, labels),
    motion: choice(MOTIONS, motion),
    singleKeys: singleKeys !== false,
    verbosity: choice(VERBOSITIES, verbosity),
    pace: choice(PACES, pace),
    timeScale: choice(SCALES, timeScale),
    story: progress(story),
    panels: {
      console: panel(console, 21),
      inspector: panel(inspector, 24),
      events: panel(events, 44),
    },
  };
}

/** Reads and writes the settings; what cannot be kept is simply not kept. */
export interface SettingsStorage {
  readonly initial: Settings;
  read(): Settings;
  /** False when the value will not survive this page. */
  write(settings: Settings): boolean;
  blocked(): boolean;
}

const initial: Settings = checked({});

function settingsFrom(text: string | null): Settings {
  if (text === null) return initial;
  try {
    return checked(JSON.parse(text));
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
