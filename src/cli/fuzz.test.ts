import { expect, it } from 'vitest';
import { fuzzed, minimal } from '../checker/fuzz/batch.ts';
import { decodeLink } from '../scenario/link.ts';
import { commandFrom } from './arguments.ts';
import { linkOf } from './fuzz.ts';
import { added, medianThousands, NOTHING, neverTaken, tableOf } from './fuzz-report.ts';
import { runCommand } from './run.ts';

const broken = { faults: 'network', mutations: ['three-writes'] } as const;

it('a failing run comes with a link that shows it, at the moment it fails', () => {
  const [failed] = fuzzed({ ...broken, from: 1, to: 1 }).failed;
  if (failed === undefined) throw new Error('nobody noticed');
  const failure = minimal(broken, failed);
  const url = linkOf(failure);
  const opened = decodeLink(url);
  expect(opened).toMatchObject({ ok: true, value: { adjusted: [] } });
  if (!opened.ok) return;
  expect(opened.value.link.at).toEqual(failure.violation.at);
  const command = commandFrom(['run', url]);
  if (!command.ok || command.value.name !== 'run') throw new Error('not understood');
  const finished = runCommand(command.value);
  if (!finished.ok) throw new Error(finished.problem);
  const { violations } = finished.value.report;
  expect(violations.map(({ invariant }) => invariant)).toContain(failure.violation.invariant);
});

it('totals add up batch by batch', () => {
  const batch = fuzzed({ faults: 'network', mutations: [], from: 1, to: 4 });
  const totals = added(added(NOTHING, batch), fuzzed({ ...broken, from: 5, to: 6 }));
  expect(totals).toMatchObject({ runs: 6, violations: 2, first: { seed: 5 } });
  expect(medianThousands(totals)).toBeGreaterThan(0);
  expect(neverTaken(totals)).toContain('instance: open CRASH→down');
  expect(tableOf(totals)).toContain('| Schedules | 6 |');
});

it.each([
  ['fuzz', { from: 1, to: 1_000, faults: 'all', mutations: [], log: null, table: false }],
  ['fuzz --seeds 5', { from: 5, to: 5 }],
  ['fuzz --endless --faults swarm --table', { to: 4_294_967_295, faults: 'swarm', table: true }],
  ['fuzz --endless --seeds 1..9 --log a.json', { to: 9, log: 'a.json' }],
  ['fuzz --mutation three-writes', { mutations: ['three-writes'] }],
])('understands "%s"', (line, meant) => {
  expect(commandFrom(line.split(' '))).toMatchObject({
    ok: true,
    value: { name: 'fuzz', ...meant },
  });
});
