import type { AppStore } from '../../store/app-store.ts';

/** Keeps the store told of whether there is a network. Returns what ends that. */
export function watchConnection(store: AppStore): () => void {
  const tell = (): void => store.getState().setOnline(navigator.onLine);
  tell();
  addEventListener('online', tell);
  addEventListener('offline', tell);
  return () => {
    removeEventListener('online', tell);
    removeEventListener('offline', tell);
  };
}

/** The first version that is kept is the one on screen; a later one is newer if it is another one. */
export async function keepOffline(store: AppStore): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  try {
    const registration = await serviceWorker.register('./sw.js');
    const tell = async (): Promise<void> => {
      const { waiting } = registration;
      if (!waiting || !serviceWorker.controller) return;
      // Where there is a network the page itself is always the newest, whatever is kept.
      if ((await versionOf(waiting)) !== versionOnScreen()) store.getState().setNewer(true);
    };
    const watch = (): void =>
      registration.installing?.addEventListener('statechange', () => void tell());
    watch();
    registration.addEventListener('updatefound', watch);
    await tell();
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}

/** Written into the page by the build. */
const versionOnScreen = (): string | undefined =>
  document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content;

/** Which version a worker keeps; of one that does not answer nothing is said. */
const versionOf = (worker: ServiceWorker): Promise<unknown> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data);
    };
    worker.postMessage('which version', [port2]);
  });

/** A worker that has not taken over within this time may never do it. */
const PATIENCE_MS = 4_000;

/** Loads the page anew, with the newest version there is: once that answers for the page, or cannot. */
export async function reloadNewest(): Promise<void> {
  const { serviceWorker } = navigator;
  const waiting = (await serviceWorker?.getRegistration())?.waiting;
  const reload = (): void => location.reload();
  if (!waiting) return reload();
  serviceWorker.addEventListener('controllerchange', reload);
  waiting.addEventListener('statechange', () => {
    // Redundant: another came in its place.
    if (waiting.state === 'activated' || waiting.state === 'redundant') reload();
  });
  setTimeout(reload, PATIENCE_MS);
  waiting.postMessage('take over');
}
