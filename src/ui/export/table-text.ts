import { csvFormatRows } from 'd3';

type Cell = string | number | null;

/** Rows of one kind, with what a reader far from the page has to know about them. */
export interface DataTable {
  /** What the rows are: "events", "commits". */
  readonly name: string;
  /** Each with its unit: "Waited (µs, simulated)"; as keys of JSON the short names. */
  readonly columns: readonly { readonly key: string; readonly head: string }[];
  readonly rows: readonly (readonly Cell[])[];
  /** What part of the run they cover, in a sentence. */
  readonly range: string;
  readonly link: string;
  readonly scenario: string;
  readonly seed: number;
}

/**
 * Spreadsheets carry out what begins like this, in letters of full width as well: an apostrophe makes it text
 * again.
 */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;

/** Without it spreadsheets read a file letter by letter in the code page of their machine. */
const BYTE_ORDER_MARK = '\ufeff';
const NOT_ASCII = /[\u0080-\uffff]/;

const safe = (cell: Cell): string =>
  typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell ?? '');

/** As CSV in UTF-8: where it came from in the first line, units in the heads of columns. */
export function toCsv({ columns, rows, link, scenario, seed, range }: DataTable): string {
  const about = [link, `${scenario}, seed ${seed}; simulated`, range];
  const heads = columns.map(({ head }) => head);
  const text = `${csvFormatRows([about, heads, ...rows].map((row) => row.map(safe)))}\n`;
  return NOT_ASCII.test(text) ? BYTE_ORDER_MARK + text : text;
}

/** As JSON: where it came from first, then what the columns mean, then one object a row. */
export function toJson({ name, columns, rows, ...about }: DataTable): string {
  const { link, scenario, seed, range } = about;
  const meaning = Object.fromEntries(columns.map(({ key, head }) => [key, head]));
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(({ key }, i) => [key, row[i] ?? null])),
  );
  const head = { link, scenario, seed, simulated: true, range, columns: meaning };
  return `${JSON.stringify({ ...head, [name]: objects }, null, 1)}\n`;
}
