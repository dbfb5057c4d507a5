import { type Cone, coneOf, coneOfMessage } from '../../../history/causal-cone.ts';
import type { MessageHistory } from '../../../history/message-history.ts';

/** What could have affected a mark of the diagram (`m12`, `e40.1`, `c1042`); null when it is no mark. */
export function coneAt(history: MessageHistory, mark: string | null): Cone | null {
  if (mark === null) return null;
  const id = mark.slice(1);
  const { messages, events, commits } = history;
  switch (mark[0]) {
    case 'm': {
      const message = messages.find(({ order }) => String(order) === id);
      return message ? coneOfMessage(messages, message) : null;
    }
    case 'e': {
      const event = events.find((each) => each.id === id);
      return event ? coneOf(messages, event) : null;
    }
    case 'c': {
      const commit = commits.find(({ lsn }) => String(lsn) === id);
      const returned = events.find(({ deed, lsn }) => deed === 'return' && String(lsn) === id);
      if (returned) return coneOf(messages, returned);
      return commit ? coneOf(messages, { actor: commit.instance, n: commit.queuedN }) : null;
    }
    default:
      return null;
  }
}
