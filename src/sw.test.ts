import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const SCOPE = 'https://example.test/app/';
const WORKER = './sw.ts';

type Listener = (event: object) => void;

/** Caches by name, each of addresses and what stands there. */
const stores = new Map<string, Map<string, string>>();
const listeners = new Map<string, Listener>();
const network = vi.fn<(request: { readonly url: string }, init?: RequestInit) => unknown>();

const addressOf = (request: string | { readonly url: string }): string =>
  typeof request === 'string' ? request : request.url;

const caches = {
  open: async (name: string) => {
    const store = stores.get(name) ?? new Map<string, string>();
    stores.set(name, store);
    return {
      addAll: async (requests: readonly { readonly url: string }[]) => {
        for (const { url } of requests) store.set(url, `kept ${url}`);
      },
      match: async (request: string | { readonly url: string }) => store.get(addressOf(request)),
    };
  },
  keys: async () => [...stores.keys()],
  delete: async (name: string) => stores.delete(name),
};

/** What the worker does to be done with an event. */
async function lasting(type: 'install' | 'activate'): Promise<void> {
  const done: Promise<unknown>[] = [];
  listeners.get(type)?.({ waitUntil: (promise: Promise<unknown>) => done.push(promise) });
  await Promise.all(done);
}

/** What the worker answers; undefined where it leaves that to the browser. */
function asked(url: string, mode = 'navigate'): Promise<unknown> | undefined {
  let answer: Promise<unknown> | undefined;
  listeners.get('fetch')?.({
    request: { method: 'GET', url, mode },
    respondWith: (promise: Promise<unknown>) => {
      answer = promise;
    },
  });
  return answer;
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  stores.clear();
  network.mockReset();
  vi.stubGlobal('__KEPT__', [
    ['./', false],
    ['transcript.html', false],
    ['assets/index-1a.js', true],
  ]);
  vi.stubGlobal('__VERSION__', 'v2');
  vi.stubGlobal('location', { href: `${SCOPE}sw.js` });
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('fetch', network);
  vi.stubGlobal('self', {
    registration: { scope: SCOPE },
    clients: { claim: async () => {} },
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
  });
  await import(WORKER);
  await lasting('install');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('the page is asked for anew, whatever the browser kept of it', async () => {
  const fresh = { ok: true };
  network.mockResolvedValue(fresh);
  expect(await asked(`${SCOPE}?x=1`)).toBe(fresh);
  expect(network.mock.lastCall?.[1]).toMatchObject({ cache: 'no-cache' });
});

it('a network that has begun to answer is given the time it takes', async () => {
  network.mockResolvedValue({ ok: true });
  await asked(SCOPE);
  const signal = network.mock.lastCall?.[1]?.signal;
  expect(signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(signal?.aborted).toBe(false);
});

it('a network that does not answer, or with an error, is as good as none', async () => {
  const kept = `kept ${SCOPE}`;
  network.mockImplementation(
    (_, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('late')));
      }),
  );
  const late = asked(`${SCOPE}index.html`);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await late).toBe(kept);
  network.mockResolvedValue({ ok: false });
  expect(await asked(SCOPE)).toBe(kept);
});

it('another page is kept under its own address, whatever place in it is asked for', async () => {
  network.mockRejectedValue(new Error('no network'));
  expect(await asked(`${SCOPE}transcript.html#s05`)).toBe(`kept ${SCOPE}transcript.html`);
  expect(asked(`${SCOPE}other.html`)).toBeUndefined();
});

it('pieces come from what is kept, and what is not kept is left to the browser', async () => {
  const piece = `${SCOPE}assets/index-1a.js`;
  expect(await asked(piece, 'cors')).toBe(`kept ${piece}`);
  expect(asked(`${SCOPE}assets/index-0f.js`, 'cors')).toBeUndefined();
  expect(asked('https://example.test/other/')).toBeUndefined();
  expect(network).not.toHaveBeenCalled();
});

it('taking over, older versions go; other paths of the server keep theirs', async () => {
  for (const name of [`redoscope ${SCOPE} v1`, 'redoscope https://example.test/app/two/ v1', 'x'])
    await caches.open(name);
  await lasting('activate');
  expect([...stores.keys()]).toEqual([
    `redoscope ${SCOPE} v2`,
    'redoscope https://example.test/app/two/ v1',
    'x',
  ]);
});
