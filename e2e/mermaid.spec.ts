import { createRequire } from 'node:module';
import type { Mermaid } from 'mermaid';
import {
  diagramOf,
  hostileRun,
  played,
  RUN_IDS,
} from '../src/scenario/sequence/diagrams.testkit.ts';
import { type Item, parsed } from '../src/scenario/sequence/mermaid.testkit.ts';
import { expect, test } from './fixtures.ts';

const MERMAID = createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');

/** What Mermaid makes of a diagram: of its database, the part that is compared. */
interface Database {
  getActorKeys(): readonly string[];
  getMessages(): readonly { from?: string; to?: string; type: number; message: string }[];
  readonly LINETYPE: Readonly<Record<string, number>>;
}

declare global {
  interface Window {
    mermaid?: Mermaid;
  }
}

/** Mermaid's own marks for entities, which it takes back when the diagram is drawn. */
const decoded = (message: string): string =>
  message.replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCharCode(Number(code)));

const textOf = (item: Item): string =>
  item.kind === 'note'
    ? `${item.over} note ${item.over}: ${item.text}`
    : `${item.from} ${item.head} ${item.to}: ${item.text}`;

const HOSTILE = diagramOf(hostileRun(), { kind: 'range', fromUs: 0, toUs: 20_000 });

/** A diagram of every run, by turns of a transaction and of a stretch of time, and a hostile one. */
function diagrams(): readonly string[] {
  const ordinary = RUN_IDS.map((id, i) => {
    const { shown, fromUs, toUs } = played(id);
    const last = shown.told('commit-returned').findLast(({ session }) => session !== null);
    return diagramOf(
      shown,
      last && i % 2 === 0
        ? { kind: 'transaction', txn: last.txn }
        : { kind: 'range', fromUs, toUs },
    );
  });
  return [...ordinary, HOSTILE];
}

test('point 57: Mermaid itself reads the diagram of every run as it is meant, and draws it', async ({
  page,
}) => {
  test.slow();
  const texts = diagrams();
  expect(texts.length).toBeGreaterThan(20);
  await page.goto('about:blank');
  await page.addScriptTag({ path: MERMAID });
  const read = await page.evaluate(async (all) => {
    const mermaid = window.mermaid!;
    const result = [];
    for (const text of all) {
      // Throws at what it cannot read.
      await mermaid.parse(text);
      const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
      const db = diagram.db as unknown as Database;
      const { SOLID, DOTTED, SOLID_CROSS, SOLID_POINT, NOTE } = db.LINETYPE;
      const heads = new Map([
        [SOLID, '->>'],
        [DOTTED, '-->>'],
        [SOLID_CROSS, '-x'],
        [SOLID_POINT, '-)'],
        [NOTE, 'note'],
      ]);
      const items = db.getMessages().flatMap(({ from, to, type, message }) => {
        const head = heads.get(type);
        return head === undefined ? [] : [`${from} ${head} ${to}: ${message}`];
      });
      result.push({ participants: [...db.getActorKeys()], items });
    }
    return result;
  }, texts);
  for (const [i, text] of texts.entries()) {
    const { participants, items } = parsed(text);
    expect(read[i]?.participants).toEqual(participants);
    expect(read[i]?.items.map(decoded)).toEqual(items.map(textOf));
  }
  const longest = texts.toSorted((a, b) => b.length - a.length)[0]!;
  for (const text of [longest, HOSTILE]) {
    const { items } = parsed(text);
    const shown = await page.evaluate(async (one) => {
      const { svg } = await window.mermaid!.render('drawn', one);
      const drawing = new DOMParser().parseFromString(svg, 'text/html');
      const textsOf = (what: string) =>
        [...drawing.querySelectorAll(what)].map(({ textContent }) => textContent);
      return {
        lines: drawing.querySelectorAll('.messageLine0, .messageLine1').length,
        arrow: textsOf('text.messageText'),
        note: textsOf('text.noteText'),
      };
    }, text);
    const saying = (kind: Item['kind']) =>
      items.filter((item) => item.kind === kind).map((item) => item.text);
    expect(shown).toEqual({
      lines: saying('arrow').length,
      arrow: saying('arrow'),
      note: saying('note'),
    });
  }
});
