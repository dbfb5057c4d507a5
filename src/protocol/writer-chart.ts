import { setup } from 'xstate';
import { each } from '../database/sorted-map.ts';
import type { Delivery, Effect, Outcome } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type {
  Ack,
  Attach,
  Feedback,
  PageAnswer,
  Query,
  Raw,
  ReadRefused,
  Signals,
} from './messages.ts';
import { note } from './note.ts';
import type { Overdue } from './page-fetch.ts';
import { unanswered } from './reply.ts';
import { newWriter, type Writer, type WriterInput } from './writer.ts';
import { acknowledge } from './writer-acks.ts';
import { type Flush, flush } from './writer-issue.ts';
import { askAnother, pageArrived } from './writer-reads.ts';
import { resend } from './writer-resend.ts';
import { issueRaw, purge, runStatement, startStatement } from './writer-sessions.ts';
import { attach, heed, probe, sendStream } from './writer-stream.ts';
import type { RunSession } from './writer-wake.ts';

export type WriterEvent =
  | Delivery<Ack>
  | Delivery<Query>
  | Delivery<RunSession>
  | Delivery<Raw>
  | Delivery<Flush>
  | Delivery<PageAnswer>
  | Delivery<ReadRefused>
  | Delivery<Overdue>
  | Delivery<Feedback>
  | Delivery<Attach>
  | Signals<'SEND_STREAM' | 'PURGE' | 'PROBE' | 'RESEND' | 'CRASH'>;

const LOST =
  'The connection to the writer was lost. A commit that was waiting has an unknown outcome.';
const REFUSED =
  'The writer is down and nothing answers at its endpoint. Read from a replica, or step back.';

/**
 * All of the writer's knowledge is memory; the volume keeps what matters (SIGMOD'18 §2.4). Clients that
 * waited see their connections end.
 */
function crash(writer: Writer): Outcome<Writer> {
  const effects: Effect[] = [
    { kind: 'disarm', timer: '*' },
    note({ type: 'instance', instance: writer.id, state: 'down' }),
  ];
  const waiting = new Set([...writer.commits].map(({ session }) => session));
  each(writer.db.sessions, (id, { work }) => {
    if (work !== null || waiting.has(id)) effects.push(unanswered(id, LOST));
  });
  return [writer, effects];
}

/** Nobody listens at the endpoint. */
const refuse = (writer: Writer, { message }: Delivery<Query>): Outcome<Writer> => [
  writer,
  [unanswered(message.session, REFUSED)],
];

/** The writer: open for transactions, or down. Opening again after a crash needs recovery. */
export const writerMachine = setup({
  types: {} as { context: Writer; events: WriterEvent; input: WriterInput },
  actions: protocolActions,
}).createMachine({
  id: 'writer',
  context: ({ input }) => newWriter(input),
  initial: 'open',
  states: {
    open: {
      on: {
        QUERY: { actions: step(startStatement) },
        RUN: { actions: step(runStatement) },
        RAW: { actions: step(issueRaw) },
        FLUSH: { actions: step(flush) },
        ACK: { actions: step(acknowledge) },
        PAGE: { actions: step(pageArrived) },
        READ_REFUSED: { actions: step(askAnother) },
        OVERDUE: { actions: step(askAnother) },
        SEND_STREAM: { actions: step(sendStream) },
        PROBE: { actions: step(probe) },
        FEEDBACK: { actions: step(heed) },
        ATTACH: { actions: step(attach) },
        PURGE: { actions: step(purge) },
        RESEND: { actions: step(resend) },
        CRASH: { target: 'down', actions: step(crash) },
      },
    },
    down: { on: { QUERY: { actions: step(refuse) } } },
  },
});
