import type { NoteOf } from '../notes.ts';
import type { ReplicaNote } from '../notes-replicas.ts';
import { RULES } from './rules.ts';
import { txnName } from './sql.ts';
import { only, type Setting, type Tale, type Tellers } from './told.ts';
import { count, range, span } from './words.ts';

/** The log stream from the writer to its replicas. */
export const REPLICAS: Tellers<ReplicaNote['type']> = {
  'stream-sent': streamSent,
  'stream-received': ({ replica, records, last, vdl }, { nameOf }) => ({
    glyph: 'stream',
    sentence:
      last === null
        ? `${nameOf(replica)} hears that the volume is durable up to ${vdl}`
        : `${nameOf(replica)} receives ${count(records, 'record')} up to ${last}`,
    why: `It may show nothing above the durable point it has been told: ${vdl}.`,
    rule: last === null ? RULES.controlRecords : RULES.streamToReplicas,
    refs: { instances: [replica], lsns: last === null ? [] : [only(last)] },
  }),
  'replica-applied': ({ replica, lsn, page }, { nameOf }) => ({
    glyph: 'stream',
    sentence: `${nameOf(replica)} applies ${lsn} to cached page ${page}`,
    why: `Page ${page} is in its cache, and ${lsn} is durable.`,
    rule: RULES.replicaApplies,
    refs: { instances: [replica], pages: [page], lsns: [only(lsn)] },
  }),
  'replica-skipped': ({ replica, lsn, page }, { nameOf }) => ({
    glyph: 'stream',
    sentence: `${nameOf(replica)} skips ${lsn}: page ${page} is not in its cache`,
    why: 'Storage has the record too, and will apply it when somebody reads the page.',
    rule: RULES.replicaApplies,
    refs: { instances: [replica], pages: [page], lsns: [only(lsn)] },
  }),
  'stream-resumed': ({ replica, parts, records }, { nameOf }) => ({
    glyph: 'heal',
    sentence: `${nameOf(replica)} catches up: ${count(records, 'record')} it had missed`,
    why: `The writer still had the ${count(parts, 'part')} of the stream that were lost, so the cache stays.`,
    rule: RULES.streamResumes,
    refs: { instances: [replica] },
  }),
  'fallen-behind': ({ replica, lagUs, limitUs }, { nameOf }) => ({
    glyph: 'fail',
    sentence: `${nameOf(replica)} has fallen behind the writer by ${span(lagUs)}: restarting`,
    why: `More than ${span(limitUs)} behind it is quicker to begin with an empty cache; the volume has all data.`,
    rule: RULES.fallsBehind,
    refs: { instances: [replica] },
  }),
  'commit-noticed': ({ replica, txn, lsn }, { nameOf }) => ({
    glyph: 'stream',
    sentence: `${nameOf(replica)} notes that ${txnName(txn)} has committed at ${lsn}`,
    why: `The durable point covers its commit record; read views from ${lsn} on see its changes.`,
    rule: RULES.controlRecords,
    refs: { instances: [replica], txns: [txn], lsns: [only(lsn)] },
  }),
  'read-view': ({ replica, from, to, lagUs }, { nameOf }) => ({
    glyph: 'stream',
    sentence: `${nameOf(replica)} moves its read view to ${to}, ${span(lagUs)} behind the writer`,
    why: `It has gone through every record up to ${to}; before, up to ${from}. Lag is small but not zero.`,
    rule: RULES.replicaReadView,
    refs: { instances: [replica], lsns: [only(to)] },
  }),
};

function streamSent(
  { replicas, records, first, last, vdl }: NoteOf<'stream-sent'>,
  { at, nameOf }: Setting,
): Tale {
  const lsns = first === null || last === null ? [] : [{ first, last }];
  const whom = count(replicas, 'replica');
  return {
    glyph: 'stream',
    sentence: lsns[0]
      ? `${nameOf(at)} streams ${range(lsns[0].first, lsns[0].last)} to ${whom}`
      : `${nameOf(at)} tells ${whom} that the volume is durable up to ${vdl}`,
    why: `${count(records, 'record')} and the durable point ${vdl}; no commit waits for a replica.`,
    rule: lsns.length === 0 ? RULES.controlRecords : RULES.streamToReplicas,
    refs: { instances: [at], lsns },
  };
}
