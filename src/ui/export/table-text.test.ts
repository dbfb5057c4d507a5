import { describe, expect, it } from 'vitest';
import { type DataTable, toCsv, toJson } from './table-text.ts';

const LINK = 'https://example.test/#v1.d.abc&t=1ms';

const table = (rows: DataTable['rows']): DataTable => ({
  name: 'events',
  columns: [
    { key: 'atUs', head: 'Time (µs, simulated)' },
    { key: 'says', head: 'What happened' },
  ],
  rows,
  range: 'Events 1 to 2 of 2.',
  link: LINK,
  scenario: 'First, "write"',
  seed: 7,
});

const BOM = '\ufeff';

describe('a table as CSV', () => {
  it('says that it is UTF-8 where spreadsheets would take its letters for others', () => {
    expect(toCsv(table([[1, 'a']])).startsWith(BOM)).toBe(true);
    const columns = [{ key: 'n', head: 'Number' }];
    expect(toCsv({ ...table([[1]]), columns }).startsWith(BOM)).toBe(false);
    expect(toCsv({ ...table([['R1 → A1']]), columns }).lastIndexOf(BOM)).toBe(0);
  });

  it('begins with its link and its range, then heads with units', () => {
    const [first, second, third] = toCsv(table([[1, 'a']])).split('\n');
    expect(first).toBe(`${BOM}${LINK},"First, ""write"", seed 7; simulated",Events 1 to 2 of 2.`);
    expect(second).toBe('"Time (µs, simulated)",What happened');
    expect(third).toBe('1,a');
  });

  it.each(['=1+1', '+1', '-1', '@cmd', '\tx', '\rx', '\nx', '＝1+1', '＠cmd'])(
    'gives a spreadsheet nothing to carry out: %j',
    (text) => {
      const line = toCsv(table([[1, text]]))
        .split('\n')
        .slice(2)
        .join('\n');
      expect(line.replaceAll('"', '')).toContain(`'${text}`);
    },
  );

  it('leaves numbers numbers, and what is unknown empty', () => {
    expect(toCsv(table([[-5, null]])).split('\n')[2]).toBe('-5,');
  });

  it('keeps commas, quotes and line ends inside their cell', () => {
    expect(toCsv(table([[1, 'a, "b"\nc']]))).toContain('"a, ""b""\nc"');
  });
});

describe('a table as JSON', () => {
  it('begins with its link, and says what each column means', () => {
    const text = toJson(table([[1, '=1']]));
    const data = JSON.parse(text);
    expect(Object.keys(data)[0]).toBe('link');
    expect(data).toEqual({
      link: LINK,
      scenario: 'First, "write"',
      seed: 7,
      simulated: true,
      range: 'Events 1 to 2 of 2.',
      columns: { atUs: 'Time (µs, simulated)', says: 'What happened' },
      events: [{ atUs: 1, says: '=1' }],
    });
  });
});
