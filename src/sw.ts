/**
 * Keeps the pages in the browser, so that they open without a network. A page itself is asked for anew
 * each time there is one; what it loads carries its content in its name and is asked for once.
 */

/** A file of the build by its address, and whether its name tells its content. */
type Kept = readonly [address: string, hashed: boolean];

/** Written by the build: what to keep, and a name for exactly that. */
declare const __KEPT__: readonly Kept[];
declare const __VERSION__: string;

interface LastingEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface AskedEvent extends LastingEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: AskedEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** All that is kept, by whole address. */
const files = new Map<string, boolean>();
for (const [address, hashed] of __KEPT__) files.set(new URL(address, location.href).href, hashed);

const worker = self as unknown as Worker;
/** Pages under other paths of the same server have caches of their own. */
const { scope } = worker.registration;
const prefix = `redoscope ${scope} `;
const cacheName = prefix + __VERSION__;
/** A network that does not begin to answer within this time is as good as none. */
const PATIENCE_MS = 4_000;

worker.addEventListener('install', (event) => event.waitUntil(keep()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('message', ({ data, ports }) => {
  if (data === 'take over') void worker.skipWaiting();
  if (data === 'which version') ports[0]?.postMessage(__VERSION__);
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  const page = pageOf(request);
  if (page !== null) event.respondWith(newest(request, page));
  else if (files.has(request.url)) event.respondWith(kept(request));
});

/** Under which address a page is kept, whatever query or place in it was asked for; null for anything else. */
function pageOf({ mode, url }: Request): string | null {
  const { origin, pathname } = new URL(url);
  const path = (origin + pathname).replace(/index\.html$/, '');
  return mode === 'navigate' && files.get(path) === false ? path : null;
}

async function keep(): Promise<void> {
  const cache = await caches.open(cacheName);
  // What has no content in its name may be old in the browser's own cache.
  const requests = [...files].map(
    ([address, hashed]) => new Request(address, { cache: hashed ? 'default' : 'reload' }),
  );
  await cache.addAll(requests);
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function newest(request: Request, page: string): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    // What the browser itself keeps may name pieces that are nowhere any more.
    const answer = await fetch(request, { cache: 'no-cache', signal: patience.signal });
    if (answer.ok) return answer;
    return (await keptPage(page)) ?? answer;
  } catch (error) {
    const known = await keptPage(page);
    if (known) return known;
    throw error;
  } finally {
    // What has begun to arrive may take its time.
    clearTimeout(timer);
  }
}

const keptPage = async (page: string): Promise<Response | undefined> =>
  (await caches.open(cacheName)).match(page);

async function kept(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}
