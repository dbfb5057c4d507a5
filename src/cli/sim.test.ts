import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVARIANTS } from '../checker/catalogue.ts';
import { PROFILES } from '../checker/fuzz/profiles.ts';
import { LIVENESS } from '../checker/liveness.ts';
import { millis, seconds } from '../engine/time.ts';
import { MUTATIONS } from '../protocol/mutations.ts';
import { printFile } from '../scenario/file.ts';
import { decodeLink, encodeLink } from '../scenario/link.ts';
import { DEFAULT_RUN, PRESETS } from '../scenario/presets.ts';
import type { SequenceSubject } from '../scenario/sequence/sequence.ts';
import { commandFrom } from './arguments.ts';
import { compareCommand } from './compare.ts';
import { list } from './list.ts';
import { type Report, runCommand } from './run.ts';
import { sequenceCommand } from './sequence.ts';

const asked = (line: string) => {
  const command = commandFrom(line === '' ? [] : line.split(' '));
  return command.ok ? command.value : command.problem;
};

/** What a command line comes to: a report, or the sentence that refuses it. */
function reported(...words: readonly string[]): Report | string {
  const command = commandFrom(['run', ...words]);
  if (!command.ok || command.value.name !== 'run') return command.ok ? '' : command.problem;
  const finished = runCommand(command.value);
  return finished.ok ? finished.value.report : finished.problem;
}

/** A report without what depends on the machine. */
function settled(report: Report | string): object {
  if (typeof report === 'string') throw new Error(report);
  const { wallMs: _, eventsPerSecond: __, ...rest } = report;
  return rest;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoscope-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the command line', () => {
  it.each([
    ['', /^Say what to do/],
    ['dance', /^"dance" is not a command/],
    ['fuzz it', /^fuzz takes no "it"/],
    ['fuzz --seeds 9..1', /two whole numbers like 1\.\.1000, not "9\.\.1"/],
    ['fuzz --faults rain', /no faults called "rain".*network/],
    ['fuzz --mutation none', /no mutation "none".*commit-at-four-acks/],
    ['list all', /^list takes no "all"/],
    ['list --seed 1', /^list takes no "--seed"/],
    ['sequence', /^Say what to run/],
    ['sequence quiet', /^Say what to draw/],
    ['sequence quiet --from 1ms', /^Say what to draw/],
    ['sequence quiet --txn nine', /^--txn takes a whole number, not "nine"/],
    ['sequence quiet --txn 9 --to 2ms', /a transaction or of a stretch of time/],
    ['sequence quiet --from 1 --to 2ms', /^--from: "1" is not a moment/],
    ['sequence quiet --txn 9 --until 2ms', /nothing else/],
    ['run', /^Say what to run/],
    ['run quiet busy', /two: "quiet" and "busy"/],
    ['run quiet --until soon', /^--until: "soon" is not a moment/],
    ['run quiet --until 5ms.3', /without an event number/],
    ['run quiet --until', /--until.*argument missing/],
    ['run quiet --seed -1', /--seed/],
    ['run quiet --seed 1.5', /whole number from 0 to 4294967295, not "1.5"/],
    ['run quiet --seed 4294967296', /whole number/],
    ['run quiet --trace=', /needs the name of a file/],
    ['run quiet --speed 3', /Unknown option '--speed'/],
  ])('answers "%s" with a sentence', (line, sentence) => {
    expect(asked(line)).toMatch(sentence);
    expect(asked(line)).toMatch(/\.$/);
  });

  it('understands every option', () => {
    expect(asked('run quiet --until 50ms --seed 9 --trace out.jsonl --engine-only')).toEqual({
      ...{ name: 'run', input: 'quiet', untilUs: millis(50), seed: 9, trace: 'out.jsonl' },
      engineOnly: true,
    });
    expect(asked('compare busy --until 1s --seed 3')).toEqual({
      ...{ name: 'compare', input: 'busy', untilUs: seconds(1), seed: 3 },
    });
    expect(asked('sequence busy --from 1ms --to 2ms --seed 3')).toEqual({
      ...{ name: 'sequence', input: 'busy', seed: 3 },
      subject: { kind: 'range', fromUs: millis(1), toUs: millis(2) },
    });
    expect(asked('compare busy --engine-only')).toMatch(/nothing else/);
    expect(asked('list')).toEqual({ name: 'list' });
    expect(asked('--help')).toEqual({ name: 'help' });
  });

  it('lists what can be named', () => {
    const { presets, faults, mutations, invariants } = list();
    expect(presets).toHaveLength(PRESETS.length);
    expect(faults).toHaveLength(PROFILES.length);
    expect(mutations).toHaveLength(MUTATIONS.length);
    expect(invariants).toHaveLength(INVARIANTS.length + LIVENESS.length);
  });
});

describe('a run from the command line', () => {
  it('reports what happened, the same every time', () => {
    const report = settled(reported('first-write', '--until', '30ms'));
    expect(report).toMatchObject({
      ...{ scenario: 'first-write', seed: 41, untilUs: 30_000, volumeEpoch: 1, violations: [] },
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(settled(reported('first-write', '--until', '30ms'))).toEqual(report);
    expect(settled(reported('first-write', '--until', '30ms', '--seed', '2'))).not.toEqual(report);
  });

  it('is the same from a preset, a link and a file', () => {
    const link = encodeLink({ run: DEFAULT_RUN, at: null, play: false, title: '', ui: {} });
    const path = join(folder, 'default.json');
    writeFileSync(path, printFile(DEFAULT_RUN));
    const expected = settled(reported('first-write', '--until', '20ms'));
    for (const input of [link, `https://example.org/${link}`, path]) {
      expect(settled(reported(input, '--until', '20ms'))).toEqual(expected);
    }
  });

  it('writes a trace with a line for each event', () => {
    const path = join(folder, 'trace.jsonl');
    const report = reported('busy', '--until', '20ms', '--trace', path);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(report).toMatchObject({ events: lines.length - 1 });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 'redoscope-trace', version: 1 });
  });

  it('refuses what it cannot read, in a sentence', () => {
    const path = join(folder, 'bad.json');
    writeFileSync(path, '{}');
    expect(reported(path)).toMatch(/bad\.json: This is not a scenario file/);
    expect(reported('no-such')).toMatch(/no file "no-such".*Presets: first-write/);
    expect(reported('https://example.org/')).toMatch(/no "#"/);
    expect(reported('#v9.d.x')).toMatch(/newer version/);
    const trace = join(folder, 'missing', 'x.jsonl');
    expect(reported('quiet', '--trace', trace)).toMatch(/cannot be written/);
  });
});

describe('a comparison from the command line', () => {
  it('reports both sides beside what was published', () => {
    const compared = compareCommand({
      ...{ name: 'compare', input: 'first-write', untilUs: millis(100), seed: null },
    });
    expect(compared).toMatchObject({
      ok: true,
      value: {
        ...{ scenario: 'first-write', seed: 41, untilUs: 100_000 },
        aurora: { synchronousHops: 2 },
        mysql: { synchronousHops: 12 },
        published: { mysql: { iosPerTransaction: 7.4 } },
      },
    });
  });

  it('says what it cannot read', () => {
    const compared = compareCommand({
      name: 'compare',
      input: 'no-such',
      untilUs: null,
      seed: null,
    });
    expect(compared).toMatchObject({ ok: false, problem: expect.stringContaining('no-such') });
  });
});

describe('a sequence diagram from the command line', () => {
  const draw = (input: string, subject: SequenceSubject) =>
    sequenceCommand({ name: 'sequence', input, seed: null, subject });

  it('is of a transaction, with a link to the moment it is answered in', () => {
    const drawn = draw('first-write', { kind: 'transaction', txn: 9 });
    const diagram = drawn.ok ? drawn.value.diagram : drawn.problem;
    expect(diagram).toMatch(/^%% Redoscope: First write, seed 41/);
    expect(diagram).toMatch(/Note over W: 1\.335ms durable \(4 of 6\), VDL 1003/);
    const [, link = ''] = /^%% (#v1\..*)$/m.exec(diagram) ?? [];
    const opened = decodeLink(link);
    expect(opened).toMatchObject({ ok: true, value: { link: { at: { timeUs: 1_335 } } } });
  });

  it('is of a stretch of time', () => {
    const drawn = draw('first-write', { kind: 'range', fromUs: 0, toUs: millis(2) });
    expect(drawn).toMatchObject({
      ok: true,
      value: { diagram: expect.stringContaining('%% From 0.000ms to 2.000ms') },
    });
  });

  it('says what it cannot draw', () => {
    expect(draw('no-such', { kind: 'transaction', txn: 9 })).toMatchObject({ ok: false });
    expect(draw('quiet', { kind: 'transaction', txn: 999_999 })).toMatchObject({
      problem: expect.stringContaining('999999'),
    });
  });
});

describe('the program', () => {
  const sim = (...words: readonly string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/sim.ts', ...words], {
      encoding: 'utf8',
    });

  it('prints JSON and ends with 0', () => {
    const { status, stdout, stderr } = sim('run', 'quiet', '--until', '5ms');
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ scenario: 'quiet', violations: [] });
  }, 60_000);

  it('ends with 2 and a sentence on standard error when asked for nonsense', () => {
    const { status, stdout, stderr } = sim('fuzz', '--faults', 'rain');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^There are no faults called "rain"/);
  }, 60_000);
});
