import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf, isOp, OPS } from './act-schema.ts';
import { parseFile, printFile } from './file.ts';
import { fromPayload } from './payload.ts';
import { DEFAULT_RUN } from './presets.ts';
import { run } from './run.testkit.ts';
import { ENGINE_VERSION } from './run.ts';

const parsed = (file: unknown) => {
  const result = parseFile(typeof file === 'string' ? file : JSON.stringify(file));
  return result.ok ? result.value : result.problem;
};

const least = { format: 'redoscope-scenario', version: 1, preset: 'first-write' };

describe('a scenario file', () => {
  it('gives back the run it was made of', () => {
    fc.assert(
      fc.property(run, (given) => {
        expect(parsed(printFile(given))).toEqual({
          run: given,
          adjusted: [],
          madeWith: ENGINE_VERSION,
        });
      }),
    );
  });

  it('says only what differs from its preset, in words a person can change', () => {
    const { scenario } = DEFAULT_RUN;
    const config = { ...scenario.config, replicas: 1 };
    const at = { timeUs: 12_850, n: 3 };
    const file = printFile({
      scenario: { ...scenario, title: 'Mine', config },
      seed: 7,
      interventions: [{ at, act: { op: 'crash', target: 'B2' } }],
    });
    expect(file).toMatchInlineSnapshot(`
      "{
        "format": "redoscope-scenario",
        "version": 1,
        "engine": 2,
        "preset": "first-write",
        "about": {
          "title": "Mine"
        },
        "seed": 7,
        "config": {
          "replicas": 1
        },
        "interventions": [
          {
            "at": "12.850ms.3",
            "op": "crash",
            "target": "B2"
          }
        ]
      }
      "
    `);
  });

  it('needs no more than a preset', () => {
    expect(parsed(least)).toEqual({
      run: { ...DEFAULT_RUN, seed: 1 },
      adjusted: [],
      madeWith: ENGINE_VERSION,
    });
  });

  it('brings numbers into range and lists them', () => {
    expect(parsed({ ...least, config: { replicas: 99 } })).toMatchObject({
      adjusted: ['The configuration: replicas was 99 and is now 15.'],
    });
  });

  const act = (fields: object) => ({ ...least, interventions: [{ at: '1ms', ...fields }] });
  it.each<[string, unknown, RegExp]>([
    ['no JSON', 'scenario: yes', /not a scenario file/],
    ['another format', { ...least, format: 'x' }, /not a scenario file/],
    ['a newer version', { ...least, version: 2 }, /newer version \(v2, this is v1\)/],
    ['no version', { ...least, version: 'one' }, /which version/],
    ['an unknown preset', { ...least, preset: 'nope' }, /no scenario "nope"/],
    ['an unknown field', { ...least, colour: 'red' }, /"colour"/],
    ['an unknown act', act({ op: 'explode' }), /"explode".*crash/],
    ['an act without target', act({ op: 'crash' }), /"target"/],
    ['an act with too much', act({ op: 'crash', target: 'B2', hard: true }), /"hard"/],
    ['an unreadable moment', act({ at: 'noon', op: 'crash', target: 'B2' }), /"noon" is not/],
    ['too much text', ' '.repeat(2_000_000), /too large/],
  ])('with %s is refused in a sentence', (_, file, problem) => {
    expect(parsed(file)).toMatch(problem);
  });
});

describe('docs/scenario.md', () => {
  const text = readFileSync('docs/scenario.md', 'utf8');

  it('shows a file that can be read, and the same run as a link', () => {
    const [, file = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
    const [, payload = ''] = /`(\{"sc":.*?\})`\./.exec(text) ?? [];
    const fromFile = parsed(file);
    const fromLink = fromPayload(JSON.parse(payload));
    expect(typeof fromFile).toBe('object');
    expect(fromLink).toMatchObject({ value: { run: (fromFile as { run: object }).run } });
  });

  it('names every setting, and every act with its fields', () => {
    const { workload, volume: _, ...config } = DEFAULT_RUN.scenario.config;
    const settings = [...Object.keys(config), ...Object.keys(workload).map((k) => `workload.${k}`)];
    const fields = OPS.flatMap((op) => (isOp(op) ? [op, ...fieldsOf(op)] : []));
    expect([...settings, ...fields].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
