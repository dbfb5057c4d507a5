import { useEffect, useRef } from 'react';
import type { ConsoleSession, HistoryEntry, ResultTable } from '../../store/app-store.ts';
import { clockText } from '../../store/clock-text.ts';
import { usePage } from '../hooks/page.ts';
import styles from './console.module.css';

const EXAMPLES: readonly (readonly [says: string, sql: string])[] = [
  ['Read one order', 'SELECT * FROM orders WHERE id = 1010'],
  ['Add an order', "INSERT INTO orders VALUES (901, 'a blue pen')"],
  ['Change it', "UPDATE orders SET item = 'two pens' WHERE id = 901"],
  ['Keep a transaction open', 'BEGIN'],
];

/** What was typed and what came of it, oldest first. */
export function SessionHistory({ session }: { readonly session: ConsoleSession }) {
  const box = useRef<HTMLDivElement>(null);
  const { history } = session;
  const last = history.at(-1)?.outcome;
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls whenever the last outcome changes.
  useEffect(() => {
    if (box.current && history.length > 0) box.current.scrollTop = box.current.scrollHeight;
  }, [history.length, last]);
  return (
    <div ref={box} className={styles['history']} tabIndex={0} role="log" aria-label="Answers">
      {history.length === 0 ? <Examples session={session} /> : null}
      {history.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </div>
  );
}

function Examples({ session }: { readonly session: ConsoleSession }) {
  const { store } = usePage();
  return (
    <div className={styles['examples']}>
      <p>
        Type SQL and watch it become redo. The volume holds a table of a shop,{' '}
        <code>orders (id, item)</code>.
      </p>
      <ul>
        {EXAMPLES.map(([says, sql]) => (
          <li key={sql}>
            <button type="button" onClick={() => store.getState().setDraft(session.id, sql)}>
              <span>{says}</span>
              <code className={styles['example-sql']}>{sql}</code>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const { text, endpoint, at, outcome } = entry;
  return (
    <article className={styles['entry']} aria-label={text}>
      <p className={styles['asked']}>
        <code className={styles['asked-sql']}>{text}</code>
        <span>
          {endpoint === 'cluster' ? 'writer' : endpoint}, {clockText(at.timeUs)}
        </span>
      </p>
      {outcome.kind === 'waiting' ? (
        <p className={styles['waiting']}>waiting for an answer</p>
      ) : null}
      {outcome.kind === 'problem' ? <p className={styles['problem']}>{outcome.sentence}</p> : null}
      {outcome.kind === 'result'
        ? outcome.tables.map((table, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: answers keep the order of their statements.
            <Result key={index} table={table} />
          ))
        : null}
    </article>
  );
}

function Result({ table: { columns, rows, sentence } }: { readonly table: ResultTable }) {
  return (
    <div className={styles['result']}>
      {columns.length > 0 ? (
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={String(row[0])}>
                {row.map((cell, index) => (
                  <td key={columns[index]} data-null={cell === null || undefined}>
                    {cell === null ? 'NULL' : String(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p>{sentence}</p>
    </div>
  );
}
