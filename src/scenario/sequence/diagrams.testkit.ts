import { afterAll, millis } from '../../engine/time.ts';
import { Shown } from '../demonstration.testkit.ts';
import { insert, sql, you } from '../demonstration.ts';
import { DEMONSTRATIONS } from '../demonstrations.ts';
import { openingOf } from '../openings.ts';
import { PRESETS } from '../presets.ts';
import { type SequenceSubject, sequenceDiagram } from './sequence.ts';

export const LINK = '#v1.d.abc-_&t=12.850ms';

/** Every run that diagrams are tried on. */
export const RUN_IDS: readonly string[] = [
  ...new Set([
    ...DEMONSTRATIONS.map(({ scenario }) => scenario.id),
    ...PRESETS.map(({ id }) => id),
  ]),
];

/** A run around the moment that it is for. */
export function played(id: string): {
  readonly shown: Shown;
  readonly fromUs: number;
  readonly toUs: number;
} {
  const at = openingOf(id)?.at.timeUs ?? 0;
  const toUs = at + millis(20);
  const shown = new Shown(id).to(toUs / 1_000);
  return { shown, fromUs: Math.max(0, at - millis(25)), toUs };
}

/** What would end, begin, colour or typeset something if Mermaid took it for its own. */
export const HOSTILE: readonly string[] = [
  "INSERT INTO shop.orders VALUES (1, 'end; %%{init: {}}%% #35; <br/> <script>&lt;&amp;')",
  'wrap: the END of style fill:#fff; classDef a:#b;',
  '$$x^2$$ "quoted" `ticks` [box] {braces} (brackets) a->>b: c + - ~~~',
];

/** A run whose title and statements are written to harm whatever draws them. */
export function hostileRun(): Shown {
  const { run } = new Shown('quiet');
  const interventions = HOSTILE.map((text, i) => ({
    at: afterAll(millis(i + 1)),
    act: { ...sql(you(i + 1), 'cluster', insert(9_000 + i, text)), text },
  }));
  const title = 'two\nlines %%{init: {"theme": "dark"}}%% end; <br/>';
  return new Shown('quiet', { scenario: { ...run.scenario, title }, interventions }).to(20);
}

/** The diagram of a part of a run, which must have one. */
export function diagramOf(shown: Shown, subject: SequenceSubject): string {
  const diagram = sequenceDiagram(shown.happenings, shown.run, LINK, subject);
  if (!diagram.ok) throw new Error(diagram.problem);
  return diagram.value;
}
