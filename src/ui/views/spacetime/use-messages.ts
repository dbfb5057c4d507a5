import { useState } from 'react';
import { MessageHistory } from '../../../history/message-history.ts';
import { RunReader } from '../../../store/run-reader.ts';
import { usePage } from '../../hooks/page.ts';

/** So many events have more messages than are kept. */
const BACK = 10_000;

/** What was said and done up to now, read on as the run goes on. */
export function useMessages(): () => MessageHistory {
  const { player } = usePage();
  const [reader] = useState(() => new RunReader(() => new MessageHistory(), BACK));
  return () => reader.upToNow(player);
}
