import { Term } from '../kit/term.tsx';
import styles from './fact-list.module.css';
import type { Fact, Facts, FactTable } from './facts.ts';

/** Facts as label and value, then tables of like things. */
export function FactList({ facts: { chart, facts, tables } }: { readonly facts: Facts }) {
  return (
    <div className={styles['stack']}>
      {chart ? <ChartPath path={chart} /> : null}
      <Pairs facts={facts} />
      {tables.map((table) => (
        <SmallTable key={table.caption} table={table} />
      ))}
    </div>
  );
}

/** Where the statechart stands, outermost state first. */
function ChartPath({ path }: { readonly path: string }) {
  return (
    <ol className={styles['chart']} aria-label="State">
      {path.split(/[.›]/).map((step) => (
        <li key={step}>{step.trim()}</li>
      ))}
    </ol>
  );
}

export function Pairs({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>
            <Label {...fact} />
          </dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Plain words, the acronym after them, and what both mean a touch away. */
function Label({ label, acronym, term = acronym }: Fact) {
  const words = (
    <>
      {label}
      {acronym ? <abbr> {acronym}</abbr> : null}
    </>
  );
  return term ? <Term name={term}>{words}</Term> : words;
}

function SmallTable({ table: { caption, columns, rows } }: { readonly table: FactTable }) {
  return (
    <table className={styles['table']}>
      <caption>{caption}</caption>
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
          <tr key={row.join(' ')}>
            {row.map((cell, index) => (
              <td key={columns[index]}>{cell}</td>
            ))}
          </tr>
        ))}
        {rows.length === 0 ? (
          <tr>
            <td colSpan={columns.length}>none</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
