import { useEffect } from 'react';
import { usePage } from './hooks/page.ts';
import { keepOffline, watchConnection } from './offline/keep-offline.ts';
import { PrintSheet } from './print/print-sheet.tsx';

/** What can wait until the page is idle: printing, working offline, hearing of newer versions. */
export function Idle() {
  const { store } = usePage();
  useEffect(() => {
    // While developing, nothing may be older than what was just written.
    if (import.meta.env.PROD) void keepOffline(store);
    return watchConnection(store);
  }, [store]);
  return <PrintSheet />;
}
