import { useState } from 'react';
import { LogHistory } from '../../../history/log-history.ts';
import { RunReader } from '../../../store/run-reader.ts';
import { usePage } from '../../hooks/page.ts';

/** What the log has to say up to now, read on as the run goes on. */
export function useLog(): () => LogHistory {
  const { player } = usePage();
  const [reader] = useState(() => new RunReader(() => new LogHistory()));
  return () => reader.upToNow(player);
}
