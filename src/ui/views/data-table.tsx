import styles from './data-table.module.css';

interface DataTableProps {
  /** Tells it from another on the same page. */
  readonly name?: string;
  /** What the table holds, in a sentence. */
  readonly caption: string;
  readonly heads: readonly string[];
  /** The first cell of each names its row. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What a view draws, as a table. */
export function DataTable({ name = 'Data table', caption, heads, rows }: DataTableProps) {
  return (
    <section className={styles['frame']} aria-label={name} tabIndex={0}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={heads[i + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
