import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ClusterView } from '../../protocol/view.ts';
import type { App } from '../../store/app.ts';
import type { AppState, Summary } from '../../store/app-store.ts';
import type { Command } from '../../store/commands.ts';

/** Everything behind the page: made once, in `mount.tsx`. */
export const PageContext = createContext<App | null>(null);

export function usePage(): App {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage needs a PageContext above it');
  return page;
}

/** A part of the store; renders again when that part changes. */
export const useApp = <T>(select: (state: AppState) => T): T => useStore(usePage().store, select);

/** A part of the run as React shows it: at most ten times a second while playing. */
export const useSummary = <T>(select: (summary: Summary) => T): T =>
  useApp((state) => select(state.summary));

/** The present moment; null only before the first run is open. */
export const useView = (): ClusterView | null => useSummary((summary) => summary.view);

/** The command with this id; the registry knows every one that the page names. */
export function useCommand(id: string): Command {
  const command = usePage().commands.find((each) => each.id === id);
  if (!command) throw new Error(`no command is called ${id}`);
  return command;
}
