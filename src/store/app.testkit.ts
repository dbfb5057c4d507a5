import { type App, createApp } from './app.ts';
import type { ConsoleApi } from './console-api.ts';
import type { ParseSql } from './console-session.ts';
import type { Address } from './link.ts';
import { HandFrames } from './player.testkit.ts';
import type { ViewTab } from './views.ts';

/** An address bar and a clipboard of our own. */
class HandAddress implements Address {
  hash = '';
  readonly written: string[] = [];
  readonly copied: string[] = [];
  clipboard = true;
  readonly places: ViewTab[] = [];
  goBackTo = (_view: ViewTab): void => {};
  #listeners: ((fragment: string) => void)[] = [];

  fragment(): string {
    return this.hash;
  }
  base(): string {
    return 'https://example.test/';
  }
  replace(fragment: string): void {
    this.hash = fragment;
    this.written.push(fragment);
  }
  push(fragment: string, view: ViewTab): void {
    this.hash = fragment;
    this.places.push(view);
  }
  onReturn(listener: (view: ViewTab) => void): void {
    this.goBackTo = listener;
  }
  onChange(listener: (fragment: string) => void): void {
    this.#listeners.push(listener);
  }
  async copy(text: string): Promise<boolean> {
    if (this.clipboard) this.copied.push(text);
    return this.clipboard;
  }
  /** What a person does who edits the address. */
  type(hash: string, meanwhile = (): void => {}): void {
    this.hash = hash;
    // A browser tells of it a moment later, in a task of its own.
    meanwhile();
    for (const listener of this.#listeners) listener(hash);
  }
}

interface TestApp {
  readonly app: App;
  readonly api: ConsoleApi;
  readonly frames: HandFrames;
  readonly address: HandAddress;
  readonly said: string[];
  readonly focused: string[];
}

interface Options {
  readonly hash?: string;
  readonly reduced?: boolean;
  readonly parse?: ParseSql;
}

/** The whole app over the real engine, in Node: loaded, and paused at its beginning. */
export async function testApp(options: Options = {}): Promise<TestApp> {
  const test = await openedApp(options);
  test.app.player.pause();
  test.app.store.getState().setKillMode(false);
  return test;
}

/** The same as a visitor finds it: playing, if it plays. */
export async function openedApp({
  hash = '',
  reduced = false,
  parse,
}: Options = {}): Promise<TestApp> {
  const frames = new HandFrames();
  const address = new HandAddress();
  address.hash = hash;
  const focused: string[] = [];
  const said: string[] = [];
  const kept = new Map<string, string>();
  const app = createApp({
    frames,
    address,
    storage: () => ({
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
    }),
    reducedMotion: () => reduced,
    focus: {
      focusRegion: (direction) => focused.push(`region ${direction}`),
      focusFilter: () => focused.push('filter'),
      focused: () => null,
    },
    page: { print: () => focused.push('print'), reload: () => focused.push('reload') },
    ...(parse ? { parse } : {}),
    target: {},
    version: '0.0.0',
  });
  app.listen((sentence) => said.push(sentence));
  await app.start();
  // It is fetched behind the page's back, and no test may be over before it is there.
  await import('./run-checker.ts');
  return { app, api: app.api.api, frames, address, said, focused };
}
