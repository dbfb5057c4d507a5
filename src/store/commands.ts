import type { AppStore } from './app-store.ts';
import type { RunPlayer } from './run-player.ts';

export type CommandGroup = 'Time' | 'Workload' | 'Fault' | 'Inspect' | 'Copy' | 'Page';

/**
 * One thing a person can do, known once: keys, menus and the help dialog all read this registry.
 */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  /** What it would do now: "Crash B2", "Play". */
  title(): string;
  /** Keys in the notation of the help dialog: `K`, `Shift+X`, `Ctrl+Z`, `.`; none for pointer-only commands. */
  readonly keys: readonly string[];
  /** Where focus has to be for the keys to count; anywhere when left out. */
  readonly where?: 'stage or body' | 'timeline';
  /** True, or a sentence saying why not. */
  enabled(): true | string;
  /** For toggles: whether it is on. */
  pressed?(): boolean;
  run(): void | Promise<void>;
}

/** What commands need of the page and cannot do themselves. */
export interface Shell {
  /** Moves keyboard focus to the next (1) or previous (-1) region of the page. */
  focusRegion(direction: 1 | -1): void;
  /** Puts the caret into the Events filter. */
  focusFilter(): void;
  /** Says a sentence through the page's status region at once. */
  say(sentence: string): void;
  /** Copies the link of the present moment; tells the person what came of it. */
  copyLink(): Promise<void>;
}

/** What every command works on. */
export interface CommandContext {
  readonly player: RunPlayer;
  readonly store: AppStore;
  readonly shell: Shell;
}
