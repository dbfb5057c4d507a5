import { useEffect, useState } from 'react';

/** A run that plays may never leave the browser idle: then it is soon enough. */
const AT_LAST_MS = 3_000;

/** True from the first moment on in which the browser has nothing else to do. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const begin = (): void => setIdle(true);
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(begin, AT_LAST_MS);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(begin, { timeout: AT_LAST_MS });
    return () => cancelIdleCallback(request);
  }, []);
  return idle;
}
