import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ClusterView } from '../../protocol/view.ts';
import type { App } from '../../store/app.ts';
import type { AppState, Summary } from '../../store/app-store.ts';
import type { Command } from '../../store/commands.ts';
import type { Showing } from '../export/showing.ts';
import type { FirstPicture } from '../first-picture.ts';

/** Everything behind the page, made once in `start.ts`, and what was drawn before there was a page. */
export interface Page extends App {
  readonly picture: FirstPicture;
  /** What the view on screen is drawn from, for files and paper. */
  readonly showing: Showing;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
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
