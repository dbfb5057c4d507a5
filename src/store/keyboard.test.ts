import { describe, expect, it } from 'vitest';
import { testApp } from './app.testkit.ts';
import { commandFor, type Focus, type KeyPress, type KeyRules } from './keyboard.ts';

const { app } = await testApp();
const RULES: KeyRules = { singleKeys: true, apple: false };

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  altGraph: false,
  ...more,
});

const meant = (key: KeyPress, focus: Focus = 'stage', rules = RULES): string | null =>
  commandFor(key, focus, app.commands, rules)?.id ?? null;

const shift = { shiftKey: true };
const ctrl = { ctrlKey: true };

describe('the keyboard', () => {
  it.each([
    ['k', {}, 'play'],
    [' ', {}, 'play'],
    ['.', {}, 'step'],
    [',', {}, 'step-back'],
    [']', {}, 'next-beat'],
    ['[', {}, 'previous-beat'],
    ['}', shift, 'next-commit'],
    ['{', shift, 'previous-commit'],
    ['l', {}, 'live'],
    ['>', shift, 'faster'],
    ['<', shift, 'slower'],
    ['<', {}, 'slower'],
    ['\\', {}, 'default-speed'],
    ['w', {}, 'write'],
    ['r', {}, 'read'],
    ['b', {}, 'burst'],
    ['u', {}, 'workload'],
    ['x', {}, 'crash'],
    ['X', shift, 'crash-zone'],
    ['z', {}, 'slow'],
    ['d', {}, 'drop'],
    ['i', {}, 'isolate'],
    ['m', {}, 'menu'],
    ['z', ctrl, 'undo'],
    ['Z', { ...ctrl, ...shift }, 'redo'],
    ['1', { code: 'Digit1' }, 'view-cluster'],
    ['!', { code: 'Digit1', ...shift }, 'focus-group-0'],
    ['(', { code: 'Digit9', ...shift }, 'focus-group-8'],
    ['Escape', {}, 'escape'],
    ['F6', {}, 'next-region'],
    ['F6', shift, 'previous-region'],
    ['n', {}, 'say-status'],
    ['/', {}, 'filter'],
    ['s', {}, 'share'],
    ['c', {}, 'copy-link'],
    ['?', shift, 'help'],
    ['t', {}, 'console'],
  ] as const)('%s %o is %s', (key, more, id) => {
    expect(meant(press(key, more))).toBe(id);
  });

  it.each([
    ['ArrowRight', {}, 'step'],
    ['ArrowLeft', {}, 'step-back'],
    ['ArrowRight', shift, 'next-beat'],
    ['ArrowLeft', shift, 'previous-beat'],
    ['Home', {}, 'start'],
    ['End', {}, 'live'],
  ] as const)('%s %o counts on the timeline only', (key, more, id) => {
    expect(meant(press(key, more), 'timeline')).toBe(id);
    expect(meant(press(key, more))).toBeNull();
  });

  it.each([
    ['PageUp', 'next-commit', 'story-back'],
    ['PageDown', 'previous-commit', 'story-next'],
  ] as const)(
    '%s goes from commit to commit on the timeline, through the story elsewhere',
    (key, there, here) => {
      expect(meant(press(key), 'timeline')).toBe(there);
      expect(meant(press(key), 'stage')).toBe(here);
      expect(meant(press(key), 'widget')).toBeNull();
    },
  );

  it('gives no key to two commands', async () => {
    const keys = app.commands.flatMap((command) => [...command.keys, ...(command.stageKeys ?? [])]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leaves Space to a focused widget, and keeps K', async () => {
    expect(meant(press(' '), 'widget')).toBeNull();
    expect(meant(press('k'), 'widget')).toBe('play');
  });

  it('is inert where one types, in menus and in dialogs', async () => {
    for (const { keys } of app.commands) {
      for (const key of keys.filter((each) => !each.includes('+') && each !== 'F6')) {
        expect(meant(press(key.toLowerCase()), 'text')).toBeNull();
        expect(meant(press(key.toLowerCase()), 'menu or dialog')).toBeNull();
      }
    }
    expect(meant(press('z', ctrl), 'text')).toBeNull();
    expect(meant(press('F6'), 'text')).toBe('next-region');
  });

  it('keeps only chords, F6 and Escape when single keys are off', async () => {
    const off = { ...RULES, singleKeys: false };
    expect(meant(press('x'), 'stage', off)).toBeNull();
    expect(meant(press(' '), 'stage', off)).toBeNull();
    expect(meant(press('X', shift), 'stage', off)).toBeNull();
    expect(meant(press('?', shift), 'stage', off)).toBeNull();
    expect(meant(press('z', ctrl), 'stage', off)).toBe('undo');
    expect(meant(press('Escape'), 'stage', off)).toBe('escape');
    expect(meant(press('F6'), 'stage', off)).toBe('next-region');
  });

  it('goes by place for letters where the layout types no Latin ones, by sign for symbols', async () => {
    expect(meant(press('ч', { code: 'KeyX' }))).toBe('crash');
    // AZERTY: the key in Q's place types A, which means nothing here.
    expect(meant(press('a', { code: 'KeyQ' }))).toBeNull();
    // German: brackets and braces need AltGr, which reports itself as Control and Alt.
    const altGraph = { altGraph: true, ctrlKey: true, altKey: true };
    expect(meant(press(']', { code: 'Digit9', ...altGraph }))).toBe('next-beat');
    expect(meant(press('}', { code: 'Digit0', ...altGraph }))).toBe('next-commit');
    expect(meant(press('@', { code: 'KeyQ', ...altGraph }))).toBeNull();
  });

  it('takes Command for Control on Apple systems', async () => {
    const apple = { ...RULES, apple: true };
    expect(meant(press('z', { metaKey: true }), 'stage', apple)).toBe('undo');
    expect(meant(press('z', ctrl), 'stage', apple)).toBeNull();
  });

  it('leaves the browser its own chords, function keys and composed text', async () => {
    for (const key of ['w', 't', 'n', 'l', 'r']) expect(meant(press(key, ctrl))).toBeNull();
    for (const key of ['F1', 'F5', 'Tab']) expect(meant(press(key, { code: key }))).toBeNull();
    expect(meant(press('ArrowLeft', { altKey: true }), 'timeline')).toBeNull();
    expect(meant(press('k', { isComposing: true }))).toBeNull();
  });

  it('repeats steps while held, and nothing that changes the run', async () => {
    expect(meant(press('.', { repeat: true }))).toBe('step');
    expect(meant(press('x', { repeat: true }))).toBeNull();
    expect(meant(press('w', { repeat: true }))).toBeNull();
  });
});
