import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ConnectionSlice, connectionSlice } from './slices/connection.ts';
import { type ConsoleSlice, consoleSlice } from './slices/console-sessions.ts';
import { type EventsSlice, eventsSlice } from './slices/event-filter.ts';
import { type ForeseenSlice, foreseenSlice } from './slices/foreseen.ts';
import { type LookSlice, lookSlice } from './slices/look.ts';
import { type SettingsSlice, settingsSlice } from './slices/settings.ts';
import { type StorySlice, storySlice } from './slices/story.ts';
import { type SummarySlice, summarySlice } from './slices/summary.ts';
import { type ToastSlice, toastSlice } from './slices/toasts.ts';
import type { SettingsStorage } from './storage.ts';

/**
 * Everything the page shows that is not the run itself, and the summary React reads of the run.
 * Data and the actions that change it live side by side; nothing here touches the player.
 */
export type AppState = LookSlice &
  SettingsSlice &
  ToastSlice &
  ConsoleSlice &
  ConnectionSlice &
  EventsSlice &
  ForeseenSlice &
  StorySlice &
  SummarySlice;

export type AppStore = StoreApi<AppState>;

export function createAppStore(storage: SettingsStorage): AppStore {
  return createStore<AppState>()((set, get) => ({
    ...lookSlice(set, get),
    ...settingsSlice(storage)(set, get),
    ...toastSlice(set, get),
    ...consoleSlice(set, get),
    ...connectionSlice(set, get),
    ...eventsSlice(set, get),
    ...foreseenSlice(set, get),
    ...storySlice(set, get),
    ...summarySlice(set, get),
  }));
}

export type {
  ConsoleSession,
  HistoryEntry,
  Outcome,
  ResultTable,
} from './slices/console-sessions.ts';
export type { EventFilter, FilterChip, PauseOn } from './slices/event-filter.ts';
export type { Prospect } from './slices/foreseen.ts';
export type { DialogName, FleetForm, FleetScale, Selection, SelectionKind } from './slices/look.ts';
export type { Fault, Summary, ToldEvent } from './slices/summary.ts';
export type { Toast } from './slices/toasts.ts';
export type { Motion, Theme, Verbosity } from './storage.ts';
