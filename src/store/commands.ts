import type { Act } from '../protocol/intervention.ts';
import type { AppStore, Selection } from './app-store.ts';
import { aboutCommands } from './commands/about.ts';
import { appearanceCommands } from './commands/appearance.ts';
import { courseCommands } from './commands/course.ts';
import { faultCommands } from './commands/fault.ts';
import { lookCommands } from './commands/look.ts';
import { storyCommands } from './commands/story.ts';
import { timeCommands } from './commands/time.ts';
import { workloadCommands } from './commands/workload.ts';
import type { RunPlayer } from './run-player.ts';
import type { StoryShelf } from './story/story-shelf.ts';

export type CommandGroup = 'Time' | 'Workload' | 'Fault' | 'Inspect' | 'Story' | 'Copy' | 'Page';

/**
 * One thing a person can do, known once: keys, menus and the help dialog all read this registry.
 * Keys are written as the help dialog prints them: `K`, `Shift+X`, `Ctrl+Z`, `.`, `Space`.
 */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  /** What it would do now: "Crash B2", "Play". */
  title(): string;
  /** Keys that count anywhere but where one types, in menus and in dialogs. */
  readonly keys: readonly string[];
  /** Keys that count only while no widget has a use for them: focus on the stage or nowhere. */
  readonly stageKeys?: readonly string[];
  /** Keys that count only while the timeline has focus. */
  readonly timelineKeys?: readonly string[];
  /** Whether holding the key down does it again and again. */
  readonly repeats?: true;
  /** True, or a sentence saying why not. */
  enabled(): true | string;
  /** For toggles: whether it is on. */
  pressed?(): boolean;
  /** What it would do to the run now; null when nothing. Left out where it never does anything to it. */
  act?(): Act | null;
  /** Does it, or says in a toast why not. */
  run(): void | Promise<void>;
}

/** What commands need of the page and cannot do themselves. */
export interface Shell {
  /** Moves keyboard focus to the next (1) or previous (-1) region of the page. */
  focusRegion(direction: 1 | -1): void;
  /** Puts the caret into the Events filter. */
  focusFilter(): void;
  /** What keyboard focus is on, of all that can be selected; null when it is elsewhere. */
  focused(): Selection | null;
  /** Says a sentence through the page's status region at once. */
  say(sentence: string): void;
  /** Prints the present moment as a page of its own. */
  print(): void;
  /** Loads the page anew, at the address it has. */
  reload(): void;
  /** Copies the link of the present moment; tells the person what came of it. */
  copyLink(): Promise<void>;
}

/** What every command works on. */
export interface CommandContext {
  readonly player: RunPlayer;
  readonly store: AppStore;
  readonly shell: Shell;
  readonly story: Pick<StoryShelf, 'open' | 'turn'>;
}

/** Every command there is, in the order of the help dialog. */
export function createCommands(context: CommandContext): readonly Command[] {
  const all = [
    ...timeCommands(context),
    ...courseCommands(context),
    ...workloadCommands(context),
    ...faultCommands(context),
    ...lookCommands(context),
    ...storyCommands(context),
    ...aboutCommands(context),
    ...appearanceCommands(context),
  ];
  return all.map((command) => guarded(command, context.store));
}

/** A command that cannot be done now says why instead, however it was reached. */
const guarded = (command: Command, store: AppStore): Command => ({
  ...command,
  run: () => {
    const enabled = command.enabled();
    if (enabled === true) return command.run();
    store.getState().toast(enabled, { tone: 'problem' });
  },
});
