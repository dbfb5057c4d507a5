import type { Command } from './commands.ts';

/** The parts of a keyboard event that decide what a key means. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  /** True while an input method composes: the key belongs to the text. */
  readonly isComposing: boolean;
  /** AltGr, with which some layouts type `[ ] { } \`. */
  readonly altGraph: boolean;
}

/** Where keyboard focus is, as far as shortcuts care. */
export type Focus = 'text' | 'menu or dialog' | 'timeline' | 'widget' | 'stage';

export interface KeyRules {
  /** Bare keys are on: WCAG 2.1.4 asks for a way to switch them off. */
  readonly singleKeys: boolean;
  /** On Apple systems Command takes Control's place. */
  readonly apple: boolean;
}

const LETTER = /^[A-Z]$/;
const DIGIT = /^[1-9]$/;
const NAMED = /^(?:Space|Escape|Home|End|F2|F6|Arrow\w+|Page\w+)$/;

interface Chord {
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly key: string;
}

function chordOf(keys: string): Chord {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return {
    ctrl: parts.includes('Ctrl'),
    shift: parts.includes('Shift'),
    key: parts.at(-1) ?? '',
  };
}

const FOREIGN = /^\p{L}$/u;

/** The letter a key stands for: what it types, or its place where the layout types no Latin letter. */
function letterOf({ key, code }: KeyPress): string {
  const typed = key.toUpperCase();
  return !LETTER.test(typed) && FOREIGN.test(typed) ? code.replace(/^Key/, '') : typed;
}

const named = ({ key }: KeyPress): string => (key === ' ' ? 'Space' : key);

/** Shift+1 types another sign on every layout, so digits also go by their place on the keyboard. */
const digitOf = ({ key, code }: KeyPress): string =>
  DIGIT.test(key) ? key : code.replace(/^Digit/, '');

function isKey(press: KeyPress, { key, shift }: Chord): boolean {
  if (LETTER.test(key)) return press.shiftKey === shift && letterOf(press) === key;
  if (DIGIT.test(key)) return press.shiftKey === shift && digitOf(press) === key;
  if (NAMED.test(key)) return press.shiftKey === shift && named(press) === key;
  // A symbol is what it types: whether that takes Shift or AltGr is the layout's affair.
  return press.key === key;
}

/** Whether a key press is the chord written as in the help dialog. */
function matches(press: KeyPress, keys: string, apple: boolean): boolean {
  const chord = chordOf(keys);
  const command = apple ? press.metaKey : press.ctrlKey;
  const other = apple ? press.ctrlKey : press.metaKey;
  // AltGr reports itself as Control and Alt on some systems.
  const plain = press.altGraph || (!press.altKey && command === chord.ctrl && !other);
  return plain && isKey(press, chord);
}

/** Keys that do not write anything and so stay on when single keys are off. */
const isSingle = (keys: string): boolean => !/^(?:Ctrl\+|(?:Shift\+)?F6$|F2$|Escape$)/.test(keys);

/** The keys of a command that count where focus is. */
function keysAt(command: Command, focus: Focus): readonly string[] {
  switch (focus) {
    case 'text':
      // Undo belongs to the text; moving on to the next region does not.
      return command.keys.filter((keys) => keys.endsWith('F6'));
    case 'menu or dialog':
      return [];
    case 'timeline':
      return [...command.keys, ...(command.timelineKeys ?? [])];
    case 'stage':
      return [...command.keys, ...(command.stageKeys ?? [])];
    case 'widget':
      return command.keys;
  }
}

/** The command that a key press means, if any. */
export function commandFor(
  press: KeyPress,
  focus: Focus,
  commands: readonly Command[],
  { singleKeys, apple }: KeyRules,
): Command | null {
  if (press.isComposing) return null;
  const found = commands.find((command) =>
    keysAt(command, focus).some(
      (keys) => (singleKeys || !isSingle(keys)) && matches(press, keys, apple),
    ),
  );
  return found && (found.repeats || !press.repeat) ? found : null;
}
