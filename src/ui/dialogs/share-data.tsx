import { Download, FolderOpen } from 'lucide-react';
import type { RunPlayer } from '../../store/run-player.ts';
import { commitsTable } from '../export/commits-table.ts';
import { downloadText, fileName } from '../export/download.ts';
import { eventsTable } from '../export/events-table.ts';
import { type DataTable, toCsv, toJson } from '../export/table-text.ts';
import { useScenarioFiles } from '../header/use-scenario-files.ts';
import { usePage, useSummary } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import styles from './share.module.css';
import { ShareSequence } from './share-sequence.tsx';

type Make = (player: RunPlayer, link: string) => DataTable;

const TABLES: readonly (readonly [title: string, says: string, make: Make])[] = [
  [
    'Events',
    'What happened up to this moment, in words: why, by which rule, and to which records and copies.',
    eventsTable,
  ],
  [
    'Metrics',
    'One row for each commit: how long it waited, and when each copy acknowledged.',
    commitsTable,
  ],
];

const FORMATS = [
  ['CSV', toCsv, 'text/csv'],
  ['JSON', toJson, 'application/json'],
] as const satisfies readonly (readonly [string, (table: DataTable) => string, string])[];

/** The run as data, for spreadsheets and programs; and as a file that opens again. */
export function ShareData() {
  const { player, links, store } = usePage();
  const files = useScenarioFiles();
  const kept = useSummary(({ count }) => count > player.kept().to - player.kept().from + 1);
  const save = (make: Make, [format, print, type]: (typeof FORMATS)[number]): void => {
    const table = make(player, links.linkHere());
    const name = fileName(player.run().scenario.id, table.name);
    downloadText(`${name}.${format.toLowerCase()}`, print(table), type);
    store.getState().toast(`${table.name} saved. ${table.range}`);
  };
  return (
    <>
      {TABLES.map(([title, says, make]) => (
        <section key={title} className={styles['data']} aria-label={title}>
          <h3>{title}</h3>
          <p>{says}</p>
          <div className={styles['buttons']}>
            {FORMATS.map((format) => (
              <Button key={format[0]} icon={Download} onClick={() => save(make, format)}>
                {title} as {format[0]}
              </Button>
            ))}
          </div>
        </section>
      ))}
      <ShareSequence />
      <section className={styles['data']} aria-label="Scenario file">
        <h3>Scenario file</h3>
        <p>The run itself: scenario, seed and interventions. Dropped on the page, it opens.</p>
        <div className={styles['buttons']}>
          <Button icon={Download} onClick={() => files.save()}>
            Save this run as a file
          </Button>
          <Button icon={FolderOpen} onClick={() => files.open()}>
            Open a scenario file
          </Button>
        </div>
      </section>
      <p className={styles['note']}>
        Columns name their units; all times are simulated. The link to this moment comes first.
        {kept ? ' Of a run this long only the newest events are kept: each file says which.' : ''}
      </p>
    </>
  );
}
