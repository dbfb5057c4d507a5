import { describe, expect, it } from 'vitest';
import { createAppStore } from './app-store.ts';
import { type KeyValue, settingsStorage } from './storage.ts';

function drawer(
  initial: Record<string, string> = {},
): KeyValue & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(initial));
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

const KEY = 'redoscope:settings';

describe('settings', () => {
  it('come back as they were left', () => {
    const storage = drawer();
    const first = createAppStore(settingsStorage(() => storage)).getState();
    first.change({ theme: 'dark', palette: 'tol', labels: 'few', singleKeys: false });
    first.setPanel('console', { collapsed: true });
    const { settings, storageBlocked } = createAppStore(settingsStorage(() => storage)).getState();
    expect(settings).toMatchObject({
      theme: 'dark',
      palette: 'tol',
      labels: 'few',
      singleKeys: false,
      panels: { console: { collapsed: true } },
    });
    expect(storageBlocked).toBe(false);
  });

  it('fall back one by one when a value makes no sense', () => {
    const text = JSON.stringify({
      theme: 'puce',
      palette: 'crayons',
      motion: 'reduced',
      singleKeys: 'yes',
      panels: { console: { size: 1e9, collapsed: false } },
    });
    const { settings } = createAppStore(settingsStorage(() => drawer({ [KEY]: text }))).getState();
    expect(settings).toMatchObject({
      ...{ theme: 'system', palette: 'aurora' },
      ...{ motion: 'reduced', singleKeys: true },
    });
    expect(settings.panels.console.size).toBeLessThan(90);
  });

  it.each(['', '{', 'null', '[]', '7'])('survive %j in storage', (text) => {
    const { settings } = createAppStore(settingsStorage(() => drawer({ [KEY]: text }))).getState();
    expect(settings.theme).toBe('system');
  });

  it('reset the layout alone', () => {
    const { getState } = createAppStore(settingsStorage(() => drawer()));
    getState().change({ theme: 'dark' });
    getState().setPanel('events', { size: 60 });
    getState().resetLayout();
    expect(getState().settings).toMatchObject({ theme: 'dark', panels: { events: { size: 44 } } });
  });
});

describe('blocked storage', () => {
  const refusals: Record<string, () => KeyValue | null> = {
    'is denied': () => {
      throw new DOMException('denied');
    },
    'is not there': () => null,
    'is full': () => ({
      getItem: () => null,
      setItem: () => {
        throw new DOMException('quota');
      },
    }),
  };
  it.each(Object.keys(refusals))('that %s keeps nothing, works, and is told', (how) => {
    const { getState } = createAppStore(settingsStorage(refusals[how]!));
    getState().change({ theme: 'dark' });
    expect(getState().settings.theme).toBe('dark');
    expect(getState().storageBlocked).toBe(true);
  });
});
