import { FIRST_CONSOLE_SESSION } from '../../database/connections.ts';
import type { SessionId, Value } from '../../database/ids.ts';
import type { ActorId } from '../../engine/effect.ts';
import type { Position } from '../../engine/time.ts';
import { CLUSTER } from '../../protocol/topology.ts';
import type { Slice } from './slice.ts';

/** What one statement answered. */
export interface ResultTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** In words: "2 rows", "1 row changed". */
  readonly sentence: string;
}

export type Outcome =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'result'; readonly tables: readonly ResultTable[]; readonly at: Position }
  | { readonly kind: 'problem'; readonly sentence: string };

/** One thing typed: kept as it was typed, whatever became of it. */
export interface HistoryEntry {
  readonly id: number;
  readonly text: string;
  readonly endpoint: ActorId;
  /** Where in the run it was sent. */
  readonly at: Position;
  readonly outcome: Outcome;
}

export interface ConsoleSession {
  readonly id: SessionId;
  /** Whom it asks: the endpoint of whoever writes, or one instance. */
  readonly endpoint: ActorId;
  /** What stands in the box, not sent yet. */
  readonly draft: string;
  readonly history: readonly HistoryEntry[];
}

const MOST_ENTRIES = 200;

/** Database sessions opened by the person at the page. */
export interface ConsoleSlice {
  readonly sessions: readonly ConsoleSession[];
  readonly activeSession: SessionId;
  openSession(endpoint: ActorId): SessionId;
  closeSession(id: SessionId): void;
  activateSession(id: SessionId): void;
  setEndpoint(id: SessionId, endpoint: ActorId): void;
  setDraft(id: SessionId, draft: string): void;
  addEntry(id: SessionId, entry: Omit<HistoryEntry, 'id'>): number;
  settleEntry(id: SessionId, entry: number, outcome: Outcome): void;
}

const empty = (id: SessionId, endpoint: ActorId): ConsoleSession => ({
  id,
  endpoint,
  draft: '',
  history: [],
});

export const consoleSlice: Slice<ConsoleSlice> = (set, get) => {
  let nextEntry = 1;
  let nextSession = FIRST_CONSOLE_SESSION + 1;
  const edit = (id: SessionId, change: (session: ConsoleSession) => ConsoleSession): void =>
    set({ sessions: get().sessions.map((s) => (s.id === id ? change(s) : s)) });
  return {
    sessions: [empty(FIRST_CONSOLE_SESSION, CLUSTER)],
    activeSession: FIRST_CONSOLE_SESSION,
    openSession: (endpoint) => {
      const id: SessionId = nextSession++;
      set({ sessions: [...get().sessions, empty(id, endpoint)], activeSession: id });
      return id;
    },
    closeSession: (id) => {
      const sessions = get().sessions.filter((s) => s.id !== id);
      const [first] = sessions;
      // The console is never without a session to type into.
      if (!first) return;
      const activeSession = get().activeSession === id ? first.id : get().activeSession;
      set({ sessions, activeSession });
    },
    activateSession: (activeSession) => set({ activeSession }),
    setEndpoint: (id, endpoint) => edit(id, (s) => ({ ...s, endpoint })),
    setDraft: (id, draft) => edit(id, (s) => ({ ...s, draft })),
    addEntry: (id, entry) => {
      const added: HistoryEntry = { ...entry, id: nextEntry++ };
      edit(id, (s) => ({ ...s, history: [...s.history, added].slice(-MOST_ENTRIES) }));
      return added.id;
    },
    settleEntry: (id, entry, outcome) =>
      edit(id, (s) => ({
        ...s,
        history: s.history.map((e) => (e.id === entry ? { ...e, outcome } : e)),
      })),
  };
};
