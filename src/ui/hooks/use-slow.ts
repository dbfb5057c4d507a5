import { useEffect, useRef, useState } from 'react';
import { useSummary } from './page.ts';

/** A value that changes at most once per `ms` while playing, and at once otherwise. */
export function useSlow<T>(value: T, ms: number): T {
  const playing = useSummary((summary) => summary.state === 'playing');
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => setShown(latest.current), ms);
    return () => clearInterval(timer);
  }, [playing, ms]);
  useEffect(() => {
    if (!playing) setShown(value);
  }, [playing, value]);
  return shown ?? value;
}
