import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Happening } from '../../engine/happening.ts';
import { beatOf, isCommit } from './beats.ts';
import { narrate } from './narrate.ts';
import { EXTREME, happeningOf, LOOKUPS, ORDINARY, record } from './notes.testkit.ts';
import { OWN_CHOICE, RULES } from './rules.ts';
import { LONGEST, percent, span } from './words.ts';

const sentences = (happening: Happening): readonly string[] =>
  narrate(happening, LOOKUPS).map(({ sentence }) => sentence);

describe('narration', () => {
  it('tells an ordinary run in plain words', () => {
    const lines = Object.values(ORDINARY).flatMap((note) => sentences(happeningOf([note])));
    expect(lines).toMatchInlineSnapshot(`
      [
        "app3 at Writer: INSERT INTO orders VALUES (1, 'tea')",
        "app3 begins txn 17",
        "app3 waits for txn 16: INSERT INTO orders VALUES (1, 'tea')",
        "app3 loses a deadlock: INSERT INTO orders VALUES (1, 'tea')",
        "Recovery has rolled txn 17 back",
        "app3 gets an error: INSERT INTO orders VALUES (1, 'tea')",
        "R15 answers app3 with 2 rows",
        "Writer closes mini-transaction 1040–1042 for page 7 in PG 0",
        "Writer waits: record 1042 would pass the allocation limit 1041",
        "Writer issues records again: the allocation limit is now 1042",
        "Writer sends 1040–1042 to the segments of PG 0",
        "B2 acks 1042 — 4 of 6, already durable",
        "PG 0 durable up to 1042",
        "Volume complete up to 1042",
        "Volume durable up to 1042",
        "app3 queues the commit of txn 17 until 1042 is durable",
        "Writer returns the commit of txn 17 after 3.4 ms",
        "Writer streams 1040–1042 to 15 replicas",
        "Writer purges 2 old versions from undo page 7 in PG 0",
        "B2 queues 1040–1042 in memory",
        "B2 stores 1040–1042 on disk (3.4 ms)",
        "C1 notices a gap in PG 0 between 1039 and 1042",
        "C1 asks B2 what it has of PG 0 above 1042",
        "B2 gives 1040 to C1 by gossip",
        "B2 folds 2 records into page 7, now at 1042",
        "B2 drops 2 records of PG 0 up to 1042",
        "B2’s copy of PG 0 is catching up",
        "R1 needs page 7: asks B2 for it as of 1042",
        "B2 rebuilds page 7 from version 1042 plus 2 records",
        "B2 applies 1042 to page 7: INSERT INTO orders VALUES (1, 'tea')",
        "B2 sends page 7 at 1042 to R1",
        "B2 refuses page 7 to R1: it is not complete that far",
        "Writer caches page 7 at 1042 after 3.4 ms",
        "Writer drops page 7 from its cache: 1042 is durable",
        "R1 receives 2 records up to 1042",
        "R1 applies 1042 to cached page 7",
        "R1 skips 1042: page 7 is not in its cache",
        "R1 catches up: 12 records it had missed",
        "R1 has fallen behind the writer by 3.4 ms: restarting",
        "R1 notes that txn 7 has committed at 1042",
        "R1 moves its read view to 1042, 3.4 ms behind the writer",
        "B2 is down",
        "R1 crashed: its cache and its sessions are gone",
        "AZ C is down: every protection group loses its two copies there",
        "Next message to B2 will be lost",
        "Network loses 2 % of messages",
        "Network repeats 2 % of messages",
        "Nothing that Writer sends reaches B2, R1",
        "Control plane answers nobody",
        "Applications run 2,000 transactions a second",
        "B2 refuses Writer: stale volume epoch",
        "B2 promises: nothing of volume epoch 2 any more, only of 3",
        "B2 drops 2 records annulled above 1040",
        "Control plane raises the volume epoch to 2 for R1",
        "Control plane refuses the volume to R1",
        "Control plane records what epoch 2 annuls: above 1042 up to 1044",
        "R1 asks every group what it holds",
        "B2 answers for PG 0: complete to 1042, 3 heard",
        "R1 finds the volume durable up to 1041",
        "R1 is open in volume epoch 2 after 3.4 ms",
        "Writer learns that it was replaced: epoch 3, not 2",
        "Control plane makes R1 the writer in place of Writer",
        "Cluster endpoint leads to R1",
        "app3 connects to R1",
        "B2 stages 1040–1042 of PG 0 to the object store",
        "Object store has the log of PG 0 up to 1042",
        "One bit of page 7 at 1042 flips on the disk of B2",
        "B2 finds page 7 at 1042 damaged and asks a peer for it",
        "C1 gives page 7 at 1042 to B2: the bad block is replaced",
        "B2 checks 2 blocks of PG 0: all sound",
        "B2 puts 2 background jobs off: its disk is busy",
        "B2 slows reads and writes down: background work is too far behind",
        "PG 0 has lost its write quorum: the writer waits",
        "PG 0 has its write quorum back after 3.4 ms",
        "PG 0 has lost its read quorum too",
        "PG 0 has a read quorum again",
        "Writer asks for one more protection group: PG 0",
        "Control plane asks A100, A99, B100, B99, C100, C99 to carry PG 0",
        "Control plane refuses to let the volume grow beyond 2 groups",
        "PG 0 exists with 6 segments: geometry epoch 2",
        "Writer has the map of 2 groups, geometry epoch 2",
        "New volume is made from the backup, as the volume was at 1042",
        "New volume builds PG 0 from 12 pages and 2 records",
        "New volume is ready: as it was at 1042, 3.4 ms before the time asked for",
        "C2’s copy F of PG 0 is to be replaced",
        "Control plane asks ? to carry G of PG 0",
        "No node in AZ C can carry another copy of PG 0",
        "Membership epoch 2 of PG 0: G joins beside F",
        "2 copies of PG 0 recorded membership epoch 2",
        "? knows membership epoch 2 of PG 0",
        "? has 3 of 16 parts of PG 0 from C2",
        "G of PG 0 on ? counts for reads from now on",
        "Volume goes on without AZ C: 3 of 4 copies, geometry epoch 2",
        "C4 is taken down for a patch, 2 nodes to follow",
      ]
    `);
  });

  it.each(Object.entries(EXTREME))('keeps %s within one line', (_, note) => {
    const longest = { ...LOOKUPS, writer: 'R15' };
    const told = [
      ...narrate(happeningOf([note]), LOOKUPS),
      ...narrate(happeningOf([note], { to: 'R15' }), longest),
    ];
    for (const { sentence } of told) expect(sentence.length).toBeLessThanOrEqual(LONGEST);
  });

  it('calls the writer by its part, and nobody else: not the one that it followed', () => {
    const after = { ...LOOKUPS, writer: 'R1' };
    const closed = ORDINARY['mtr-closed'];
    const crashed = { ...ORDINARY.instance, state: 'down' } as const;
    const [now] = narrate(happeningOf([closed], { to: 'R1' }), after);
    expect(now).toMatchObject({
      sentence: 'Writer R1 closes mini-transaction 1040–1042 for page 7 in PG 0',
      refs: { instances: ['R1'] },
    });
    const [old] = narrate(happeningOf([closed], { to: 'W' }), after);
    expect(old?.sentence).toMatch(/^W closes/);
    const said = (instance: string) =>
      narrate(happeningOf([{ ...crashed, instance }]), after)[0]?.sentence;
    expect([said('R1'), said('W')]).toEqual([
      'Writer R1 crashed: its cache and its sessions are gone',
      'W crashed: its cache and its sessions are gone',
    ]);
  });

  it('says of compensating records what they take back', () => {
    const closed = ORDINARY['mtr-closed'];
    const records = closed.records.map((each) => ({ ...each, kind: 'clr' as const }));
    const [told] = narrate(happeningOf([{ ...closed, records }]), LOOKUPS);
    expect(told).toMatchObject({
      sentence: 'Writer takes txn 17 back: 1040–1042 on page 7 in PG 0',
      glyph: 'undo',
    });
    const far = EXTREME['mtr-closed'];
    const back = {
      ...far,
      records: far.records.map((each) => ({ ...each, kind: 'clr' as const })),
    };
    const [longest] = narrate(happeningOf([back], { to: 'R15' }), { ...LOOKUPS, writer: 'R15' });
    expect(longest?.sentence.length).toBeLessThanOrEqual(LONGEST);
  });

  it('knows a copy that joined later by its node, and a new writer as an instance', () => {
    const lost = happeningOf([], {
      ...{ type: 'ACK', message: { type: 'ACK' }, from: '0/g@B3', to: 'W2' },
      lost: 'lost on the network',
    });
    const [told] = narrate(lost, { ...LOOKUPS, hostOf: () => 'B3' });
    expect(told).toMatchObject({
      sentence: 'Network loses the acknowledgement from B3 to W2',
      refs: { hosts: ['B3'], instances: ['W2'] },
    });
  });

  it.each(Object.entries(ORDINARY))('says why of %s, by which rule, and who says so', (_, note) => {
    for (const told of narrate(happeningOf([note]), LOOKUPS)) {
      expect(told.why).toMatch(/^\S.*\.$/);
      expect(told.rule).toMatch(/^[A-Z].*\.$/);
      expect(sourcesListed()).toContain(told.source);
    }
  });

  it('never repeats a popular mistake', () => {
    const all = [...Object.values(ORDINARY), ...Object.values(EXTREME)];
    const text = JSON.stringify([all.map((n) => narrate(happeningOf([n]), LOOKUPS)), RULES]);
    expect(text).not.toMatch(/no replication lag|broadcast|does not use WAL|all nodes/i);
  });

  it('tells the acknowledgement that completes the quorum from the others', () => {
    const ack = ORDINARY.acked;
    const pgcl = { type: 'pgcl', group: 0, from: 1041, to: 1042 } as const;
    expect(sentences(happeningOf([{ ...ack, copies: 3 }]))).toEqual(['B2 acks 1042 — 3 of 6']);
    expect(sentences(happeningOf([ack, pgcl]))[0]).toBe('B2 acks 1042 — 4 of 6, now durable');
    expect(sentences(happeningOf([{ ...ack, copies: 5 }]))).toEqual([
      'B2 acks 1042 — 5 of 6, already durable',
    ]);
    expect(sentences(happeningOf([{ ...ack, scl: 1039, copies: 3 }]))).toEqual([
      'B2 acks 1042 but is complete only up to 1039',
    ]);
  });

  it('does not call a record durable because another group moved', () => {
    const pgcl = { type: 'pgcl', group: 1, from: 1041, to: 1042 } as const;
    expect(sentences(happeningOf([ORDINARY.acked, pgcl]))[0]).not.toMatch(/now durable/);
  });

  it('marks acknowledgements short of the quorum as minor beats', () => {
    const [told] = narrate(happeningOf([{ ...ORDINARY.acked, copies: 2 }]), LOOKUPS);
    expect(told).toMatchObject({ beat: 'ack', level: 'beat', minor: true });
  });

  it('says where records went, and which records a lost message carried', () => {
    const lost = happeningOf([], {
      type: 'WRITE',
      message: { type: 'WRITE', records: [record(1040), record(1042)] } as never,
      from: 'W',
      to: '0/c',
      lost: 'lost on the network',
    });
    const [told] = narrate(lost, LOOKUPS);
    expect(told).toMatchObject({
      sentence: 'Network loses the redo 1040–1042 from Writer to B2',
      beat: 'lost',
      refs: { hosts: ['B2'], segments: ['0/c'], instances: ['W'], groups: [0] },
    });
    expect(beatOf(lost)).toBe('lost');
  });

  it('tells of a message that nobody would take', () => {
    const refused = {
      ...happeningOf([], { type: 'WRITE', from: 'W', to: '0/c' }),
      accepted: false,
    };
    expect(sentences(refused)).toEqual(['B2 ignores the redo from Writer']);
  });

  it('has a line for every event, if only for those who want everything', () => {
    expect(narrate(happeningOf([]), LOOKUPS)).toMatchObject([{ level: 'trace', beat: null }]);
    const timer = happeningOf([], { type: 'GOSSIP_NOW', timer: 'gossip', to: '0/c' });
    expect(sentences(timer)).toEqual(['B2 wakes up for its gossip now']);
  });

  it('names what each account is about, without repeating itself', () => {
    const [told] = narrate(happeningOf([ORDINARY['gossip-filled']]), LOOKUPS);
    expect(told?.refs).toEqual({
      hosts: ['C1', 'B2'],
      segments: ['0/e', '0/c'],
      groups: [0],
      lsns: [{ first: 1040, last: 1040 }],
      txns: [],
      pages: [],
      instances: [],
    });
  });
});

describe('beats', () => {
  it('are named by the furthest thing an event led to', () => {
    const { acked, pgcl, vdl } = ORDINARY;
    expect(beatOf(happeningOf([acked]))).toBe('ack');
    expect(beatOf(happeningOf([acked, pgcl, vdl]))).toBe('volume-durable');
    expect(beatOf(happeningOf([acked, pgcl, vdl, ORDINARY['commit-returned']]))).toBe(
      'commit-returned',
    );
    expect(beatOf(happeningOf([ORDINARY['gossip-asked']]))).toBeNull();
  });

  it('count as a commit only when a client is answered', () => {
    expect(isCommit(happeningOf([ORDINARY['commit-queued']]))).toBe(false);
    expect(isCommit(happeningOf([ORDINARY['commit-returned']]))).toBe(true);
  });
});

describe('rules', () => {
  it('cite only what the list of sources has', () => {
    const cited = Object.values(RULES).map(({ source }) => source);
    expect(cited.filter((source) => !sourcesListed().includes(source))).toEqual([]);
  });
});

describe('words', () => {
  it('give a span in the unit a person would choose', () => {
    expect([120, 999, 3_400, 999_999, 1_284_000].map(span)).toEqual([
      '120 µs',
      '999 µs',
      '3.4 ms',
      '1.00 s',
      '1.28 s',
    ]);
  });
  it('give a rate as a percentage', () => {
    expect([0, 1, 100, 20_000, 1_000_000].map(percent)).toEqual([
      '0 %',
      '0.0001 %',
      '0.01 %',
      '2 %',
      '100 %',
    ]);
  });
});

/** Headings of docs/sources.md such as "SIGMOD'17 §4.2.1". */
function sourcesListed(): readonly string[] {
  const text = readFileSync('docs/sources.md', 'utf8');
  const headings = [...text.matchAll(/^### (SIGMOD'1[78] §[\d.]+)/gm)];
  return [OWN_CHOICE, ...headings.map((match) => match[1] ?? '')];
}
