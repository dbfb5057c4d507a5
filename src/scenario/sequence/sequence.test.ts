import { describe, expect, it } from 'vitest';
import type { Happening } from '../../engine/happening.ts';
import { millis } from '../../engine/time.ts';
import { Shown } from '../demonstration.testkit.ts';
import { diagramOf, HOSTILE, hostileRun, LINK, played, RUN_IDS } from './diagrams.testkit.ts';
import { comment, escaped } from './escaped.ts';
import { type Item, type Parsed, parsed } from './mermaid.testkit.ts';
import { castOf, MOST_PARTICIPANTS } from './places.ts';
import { MOST_CHARACTERS, type SequenceSubject, sequenceDiagram } from './sequence.ts';

function drawn(shown: Shown, subject: SequenceSubject): Parsed & { readonly text: string } {
  const text = diagramOf(shown, subject);
  expect(text.length).toBeLessThan(MOST_CHARACTERS);
  return { ...parsed(text), text };
}

const arrowsOf = (items: readonly Item[]) => items.filter((item) => item.kind === 'arrow');

interface Record {
  readonly group: number;
  readonly lsn: number;
}

const recordsOf = (shown: Shown): readonly Record[] =>
  shown.told('mtr-closed').flatMap(({ records }) => records);

/** The newest of some records in each group. */
const tailsOf = (records: readonly Record[]): ReadonlyMap<number, number> =>
  new Map(
    records
      .toSorted((a, b) => a.lsn - b.lsn)
      .map(({ group, lsn }): [number, number] => [group, lsn]),
  );

interface Ack {
  readonly from: string;
  readonly group: number;
  readonly scl: number;
  /** The first and the last record stored. */
  readonly stored: readonly [number, number] | null;
}

/** An acknowledgement as a reader of the diagram sees it. */
function ackIn({ head, from, text }: Extract<Item, { readonly kind: 'arrow' }>): Ack | null {
  const [, group, scl, first, last] =
    /^PG (\d+) complete to (\d+), stored (?:(\d+)(?:–(\d+))?|nothing)/.exec(text) ?? [];
  if (head !== '-->>' || group === undefined) return null;
  const stored = first === undefined ? null : ([Number(first), Number(last ?? first)] as const);
  return { from, group: Number(group), scl: Number(scl), stored };
}

const holds = ({ stored }: Ack, lsn: number): boolean =>
  stored !== null && stored[0] <= lsn && lsn <= stored[1];

/**
 * Every note that names a number of copies comes after acknowledgements of as many that are complete to
 * the record in question, in each group of it: those of a transaction, or else the group heard of last.
 */
function expectEnoughAcks(items: readonly Item[], shown: Shown, own?: readonly Record[]): number {
  const { pgclRule } = shown.run.scenario.config;
  const acks: Ack[] = [];
  let notes = 0;
  for (const item of items) {
    if (item.kind === 'arrow') {
      acks.push(...[ackIn(item)].flatMap((ack) => ack ?? []));
      continue;
    }
    const [, copies, vdl] = /durable \((\d+) of \d+\), VDL (\d+)$/.exec(item.text) ?? [];
    if (copies === undefined) continue;
    notes += 1;
    const heardLast = acks.at(-1)?.group;
    const asked = own ?? recordsOf(shown).filter(({ group }) => group === heardLast);
    const tails = tailsOf(asked.filter(({ lsn }) => lsn <= Number(vdl)));
    expect(tails.size).toBeGreaterThan(0);
    const counted = [...tails].map(([group, lsn]) => {
      const having = acks.filter(
        (ack) =>
          ack.group === group && (ack.scl >= lsn || (pgclRule === 'perRecord' && holds(ack, lsn))),
      );
      return new Set(having.map(({ from }) => from)).size;
    });
    expect(`${item.text}: ${Math.min(...counted)}`).toBe(`${item.text}: ${copies}`);
    expect(Number(copies)).toBeGreaterThanOrEqual(3);
  }
  return notes;
}

/** Why messages were lost in a stretch of time: redo where it was sent, the rest where it ended. */
function losses(happenings: readonly Happening[], fromUs: number, toUs: number): readonly string[] {
  return happenings
    .filter(({ timeUs }) => fromUs <= timeUs && timeUs <= toUs)
    .flatMap(({ flight, sent }) => [
      ...(flight.type === 'WRITE' ? [] : [flight]),
      ...sent.filter(({ type }) => type === 'WRITE'),
    ])
    .flatMap(({ lost }) => lost ?? []);
}

/** What there was to check, so that no check passes for want of it. */
interface Seen {
  readonly lost: number;
  readonly whole: number;
  readonly durable: number;
  readonly transactions: number;
}

const NOTHING: Seen = { lost: 0, whole: 0, durable: 0, transactions: 0 };

/** Looks at each run once, whichever test asks first. */
function once(look: (id: string) => Seen): (id: string) => Seen {
  const known = new Map<string, Seen>();
  return (id) => {
    const seen = known.get(id) ?? look(id);
    known.set(id, seen);
    return seen;
  };
}

const lookAtStretch = once((id) => {
  const { shown, fromUs, toUs } = played(id);
  const { items, participants, boxes, comments, text } = drawn(shown, {
    ...{ kind: 'range', fromUs, toUs },
  });
  expect(participants.length).toBeLessThanOrEqual(MOST_PARTICIPANTS);
  const used = new Set(
    items.flatMap((item) => (item.kind === 'note' ? [item.over] : [item.from, item.to])),
  );
  expect([...used].toSorted()).toEqual(participants.toSorted());
  for (const [box, names] of boxes) {
    const zone = box.at(-1) ?? '';
    for (const name of names) expect(name).toMatch(new RegExp(`^(${zone}\\d+|[WR]\\d*)$`));
  }
  expect(comments).toContain(`%% ${LINK}`);
  expect(comments[0]).toContain(`seed ${shown.run.seed},`);
  expectEnoughAcks(items, shown);
  if (text.includes('%% Cut at') || text.includes('%% No room')) return NOTHING;
  const shownLost = arrowsOf(items).filter(
    ({ head, text }) => head === '-x' && !text.endsWith('(nobody there takes it)'),
  );
  const lost = losses(shown.happenings, fromUs, toUs);
  expect(
    shownLost.map((arrow) => arrow.text.slice(arrow.text.lastIndexOf('(') + 1, -1)).toSorted(),
  ).toEqual(lost.toSorted());
  return { ...NOTHING, lost: lost.length, whole: 1 };
});

const lookAtTransactions = once((id) => {
  const { shown } = played(id);
  const returned = shown.told('commit-returned').filter(({ session }) => session !== null);
  let [durable, transactions] = [0, 0];
  for (const { txn, lsn } of [returned[0], returned.at(-1)].flatMap((one) => one ?? [])) {
    const records = shown
      .told('mtr-closed')
      .filter((note) => note.txn === txn)
      .flatMap((note) => note.records);
    const { items } = drawn(shown, { kind: 'transaction', txn });
    const groups = new Set(records.map(({ group }) => group));
    for (const group of groups) {
      expect(arrowsOf(items).some(({ text }) => text.includes(`of PG ${group}`))).toBe(true);
    }
    expect(arrowsOf(items).at(0)?.head).toBe('->>');
    const notes = items.filter((item) => item.kind === 'note' && / VDL \d+$/.test(item.text));
    expect(notes).toHaveLength(1);
    expect(Number(/VDL (\d+)$/.exec(notes[0]?.text ?? '')?.[1])).toBeGreaterThanOrEqual(lsn);
    durable += expectEnoughAcks(items, shown, records);
    transactions += 1;
  }
  return { ...NOTHING, durable, transactions };
});

describe('a sequence diagram', () => {
  it('is tried on at least twenty runs', () => expect(RUN_IDS.length).toBeGreaterThanOrEqual(20));

  it.each(RUN_IDS)('of a stretch of %s is Mermaid, and true', (id) => {
    lookAtStretch(id);
  });

  it.each(RUN_IDS)('of transactions of %s shows each whole', (id) => {
    lookAtTransactions(id);
  });

  it('is tried on losses, and on durable notes with their numbers', { timeout: 60_000 }, () => {
    const all = RUN_IDS.flatMap((id) => [lookAtStretch(id), lookAtTransactions(id)]);
    const sum = (key: keyof Seen): number => all.reduce((total, each) => total + each[key], 0);
    expect(sum('lost')).toBeGreaterThan(50);
    expect(sum('whole')).toBeGreaterThan(20);
    expect(sum('transactions')).toBeGreaterThan(30);
    expect(sum('durable')).toBeGreaterThan(sum('transactions') * 0.9);
  });

  it('counts the copies of every group that a write touches', () => {
    const { shown } = played('first-write');
    const { items } = drawn(shown, { kind: 'transaction', txn: 9 });
    expect(expectEnoughAcks(items, shown)).toBe(1);
    const fan = arrowsOf(items).filter(({ branch }) => branch !== null);
    expect(fan.map(({ branch }) => branch)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(fan.map(({ to }) => to)).toEqual(['A1', 'A2', 'B1', 'B2', 'C1', 'C2']);
    expect(items[0]).toMatchObject({ from: 'app1', to: 'W', head: '->>' });
    expect(arrowsOf(items)).toContainEqual(
      expect.objectContaining({ from: 'W', to: 'app1', text: 'committed transaction 9 at 1003' }),
    );
  });

  it('shows how a copy that missed a record comes by it', () => {
    const { items } = drawn(new Shown('lost-packet').to(200), { kind: 'transaction', txn: 9 });
    const told = arrowsOf(items).map(({ from, head, to, text }) => `${from}${head}${to} ${text}`);
    const ways = [/^W-xB3 redo .*dropped by hand/, /^B3-\)C3 gossip/, /^C3-\)B3 fills/, /^B3-->>W/];
    const places = ways.map((way) => told.findIndex((each) => way.test(each)));
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('stays below what Mermaid reads, and says what it left out', () => {
    const shown = new Shown('busy').to(400);
    const { comments, items } = drawn(shown, { kind: 'range', fromUs: 0, toUs: millis(400) });
    expect(comments.at(-1)).toMatch(/^%% Cut at \d+\.\d{3}ms: \d+ more messages do not fit$/);
    expect(items.at(-1)).toMatchObject({ kind: 'note', text: comments.at(-1)?.slice(3) });
  });

  it('has a head that never grows beyond it, whatever the run is called and whoever takes part', () => {
    const { shown, toUs } = played('first-write');
    const asked = shown.happenings.find(({ flight }) => flight.type === 'QUERY')!;
    const happenings = Array.from({ length: 2_000 }, (_, i) => ({
      ...asked,
      flight: { ...asked.flight, order: i, from: `somebody${i}` },
    }));
    const scenario = { ...shown.run.scenario, title: 'long '.repeat(12_000) };
    const link = `#${'x'.repeat(60_000)}`;
    const subject = { kind: 'range', fromUs: 0, toUs } as const;
    const made = sequenceDiagram(happenings, { ...shown.run, scenario }, link, subject);
    const text = made.ok ? made.value : '';
    expect(text.length).toBeLessThan(MOST_CHARACTERS);
    const { comments, items } = parsed(text);
    expect(comments).toContainEqual(
      expect.stringMatching(/^%% Drawn as one: somebody0, .* and more$/),
    );
    expect(arrowsOf(items).length).toBeGreaterThan(100);
  });

  it('says what was typed to the letter, and takes none of it for Mermaid', () => {
    const { items } = drawn(hostileRun(), { kind: 'range', fromUs: 0, toUs: millis(20) });
    const told = arrowsOf(items).map(({ text }) => text);
    expect(told).toEqual(expect.arrayContaining([...HOSTILE]));
  });

  it('of a stretch without messages is still a diagram', () => {
    const { shown } = played('quiet');
    const { items } = drawn(shown, { kind: 'range', fromUs: 1, toUs: 1 });
    expect(items).toEqual([{ kind: 'note', over: 'W', text: 'nothing was sent' }]);
  });

  it('refuses in a sentence', () => {
    const { shown } = played('quiet');
    const refused = (subject: SequenceSubject) =>
      sequenceDiagram(shown.happenings, shown.run, LINK, subject);
    expect(refused({ kind: 'transaction', txn: 999_999 })).toMatchObject({
      problem: 'Transaction 999999 wrote nothing in the events that are kept.',
    });
    expect(refused({ kind: 'range', fromUs: 2, toUs: 1 })).toMatchObject({ ok: false });
  });
});

describe('a text in a diagram', () => {
  it.each([
    ["SET a = '#1;'", "SET a = '#35;1#59;'"],
    ['the END of it, not endless', 'the #69;ND of it, not endless'],
    ['two\nlines', 'two lines'],
    ['a %% b <br/>', 'a #37;#37; b #60;br/#62;'],
    ['wrap: a $$ &lt;', '#119;rap: a #36;#36; #38;lt#59;'],
    ['style: #1;', '#115;tyle: #35;1#59;'],
  ])('%j is written %j', (text, written) => expect(escaped(text)).toBe(written));
});

describe('a comment in a diagram', () => {
  it('is one line, and never settings', () => {
    expect(comment('a\n%%{init: {}}%%')).toBe('%% a %% {init: {}}%%');
  });
});

describe('the lifelines', () => {
  it('share one for all clients where there are too many, and drop replicas next', () => {
    const hosts = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'];
    const replicas = Array.from({ length: 10 }, (_, i) => `R${i + 1}`);
    const cast = castOf(['app1', 'app2', 'W', ...replicas, ...hosts]);
    expect(cast.names).toEqual(['W', ...hosts, 'clients', ...replicas.slice(0, 6)]);
    expect(cast.leftOut).toEqual(['R7', 'R8', 'R9', 'R10']);
    expect([cast.nameOf('app2'), cast.nameOf('R9')]).toEqual(['clients', null]);
  });
});
