import { createRequire } from 'node:module';
import type { Mermaid } from 'mermaid';
import { diagramOf, played, RUN_IDS } from '../src/scenario/sequence/diagrams.testkit.ts';
import { parsed } from '../src/scenario/sequence/mermaid.testkit.ts';
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

test('point 57: Mermaid itself reads the diagram of every run as it is meant, and draws it', async ({
  page,
}) => {
  test.slow();
  const texts = RUN_IDS.map((id, i) => {
    const { shown, fromUs, toUs } = played(id);
    const last = shown.told('commit-returned').findLast(({ session }) => session !== null);
    return diagramOf(
      shown,
      last && i % 2 === 0
        ? { kind: 'transaction', txn: last.txn }
        : { kind: 'range', fromUs, toUs },
    );
  });
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
      const items = db.getMessages().flatMap(({ from, to, type }) => {
        const head = heads.get(type);
        return head === undefined ? [] : [`${from} ${head} ${to}`];
      });
      result.push({ participants: [...db.getActorKeys()], items });
    }
    return result;
  }, texts);
  for (const [i, text] of texts.entries()) {
    const { participants, items } = parsed(text);
    expect(read[i]).toEqual({
      participants,
      items: items.map((item) =>
        item.kind === 'note'
          ? `${item.over} note ${item.over}`
          : `${item.from} ${item.head} ${item.to}`,
      ),
    });
  }
  const longest = texts.toSorted((a, b) => b.length - a.length)[0]!;
  const drawn = await page.evaluate(
    async (text) => (await window.mermaid!.render('drawn', text)).svg,
    longest,
  );
  expect(drawn.match(/class="messageLine[01]"/g)).toHaveLength(
    parsed(longest).items.filter(({ kind }) => kind === 'arrow').length,
  );
});
