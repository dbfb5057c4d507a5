import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type AppStore, createAppStore } from '../../store/app-store.ts';
import { settingsStorage } from '../../store/storage.ts';
import { keepOffline, reloadNewest } from './keep-offline.ts';
import { reloadPage } from './reload-page.ts';

/** A service worker that waits: it answers which version it keeps, and takes over if it can. */
class Waiting extends EventTarget {
  state = 'installed';
  readonly heard: unknown[] = [];
  readonly #version: string;

  constructor(version: string) {
    super();
    this.#version = version;
  }
  postMessage(message: unknown, ports: readonly MessagePort[] = []): void {
    this.heard.push(message);
    if (message === 'which version') ports[0]?.postMessage(this.#version);
  }
  becomes(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

const reload = vi.fn();
let serviceWorker: EventTarget;
let store: AppStore;

/** A browser that shows version 2, while an older one still answers for it. */
function browserWith(waiting: Waiting | null): void {
  const registration = Object.assign(new EventTarget(), { waiting, installing: null });
  serviceWorker = Object.assign(new EventTarget(), {
    controller: {},
    register: async () => registration,
    getRegistration: async () => registration,
  });
  vi.stubGlobal('navigator', { serviceWorker });
  vi.stubGlobal('location', { reload });
  vi.stubGlobal('document', { querySelector: () => ({ content: '2' }) });
}

beforeEach(() => {
  reload.mockClear();
  store = createAppStore(settingsStorage(() => null));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a version that waits is newer if it is another one than that on screen', async () => {
  browserWith(new Waiting('3'));
  await keepOffline(store);
  expect(store.getState().newer).toBe(true);
});

it('the version on screen is not newer than itself, although it waits to be kept', async () => {
  const waiting = new Waiting('2');
  browserWith(waiting);
  await keepOffline(store);
  expect(waiting.heard).toEqual(['which version']);
  expect(store.getState().newer).toBe(false);
});

it('reloads at once where nothing waits', async () => {
  browserWith(null);
  await reloadNewest();
  expect(reload).toHaveBeenCalledTimes(1);
});

it('reloads where it may not even be asked what waits', async () => {
  browserWith(new Waiting('3'));
  Object.assign(serviceWorker, { getRegistration: () => Promise.reject(new Error('no')) });
  await reloadPage();
  expect(reload).toHaveBeenCalledTimes(1);
});

it.each([
  ['answers for the page', () => serviceWorker.dispatchEvent(new Event('controllerchange'))],
  ['is at work', (waiting: Waiting) => waiting.becomes('activated')],
  ['was given up for a newer one', (waiting: Waiting) => waiting.becomes('redundant')],
  ['is not heard of', () => vi.advanceTimersByTime(4_000)],
])('reloads when what waited %s', async (_, happen) => {
  vi.useFakeTimers();
  const waiting = new Waiting('3');
  browserWith(waiting);
  await reloadNewest();
  waiting.becomes('activating');
  expect(waiting.heard).toEqual(['take over']);
  expect(reload).not.toHaveBeenCalled();
  happen(waiting);
  expect(reload).toHaveBeenCalledTimes(1);
});
