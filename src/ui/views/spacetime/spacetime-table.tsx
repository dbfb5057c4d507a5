import { actorWords, cargoWords, fateOf, kindWords } from '../../../scene/spacetime/words.ts';
import { useView } from '../../hooks/page.ts';
import { DataTable } from '../data-table.tsx';
import { useMessages } from './use-messages.ts';

const MOST_ROWS = 200;

const inMillis = (us: number): string => (us / 1_000).toFixed(3);

/** The diagram as a table: one row a message, newest first. */
export function SpacetimeTable() {
  const view = useView();
  const history = useMessages()();
  if (!view) return null;
  const messages = history.messages
    .filter(({ kind }) => kind !== 'heartbeat')
    .slice(-MOST_ROWS)
    .reverse();
  return (
    <DataTable
      caption={`Newest ${messages.length} messages, newest first, heartbeats left out; simulated.`}
      heads={[
        'Message',
        'Kind',
        'From',
        'To',
        'Sent, ms',
        'Arrives, ms',
        'Fate',
        'Records',
        'Carries',
      ]}
      rows={messages.map((message) => [
        message.order,
        kindWords(message.kind),
        actorWords(view, message.from),
        actorWords(view, message.to),
        inMillis(message.sentUs),
        message.lost === null ? inMillis(message.dueUs) : 'never',
        message.lost ?? fateOf(message, view.timeUs, history.isSlow(message)),
        message.count,
        cargoWords(message),
      ])}
    />
  );
}
