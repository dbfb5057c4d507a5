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

/** The first version that is kept is the one on screen; any later one is a newer one. */
export async function keepOffline(store: AppStore): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  try {
    const registration = await serviceWorker.register('./sw.js');
    const tell = (): void => {
      if (registration.waiting && serviceWorker.controller) store.getState().setNewer(true);
    };
    const watch = (): void => registration.installing?.addEventListener('statechange', tell);
    tell();
    watch();
    registration.addEventListener('updatefound', watch);
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}

/** Loads the page anew, with the newest version there is. */
export async function reloadNewest(): Promise<void> {
  const { serviceWorker } = navigator;
  const waiting = (await serviceWorker?.getRegistration())?.waiting;
  if (!waiting) return location.reload();
  serviceWorker.addEventListener('controllerchange', () => location.reload());
  waiting.postMessage('take over');
}
