import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Act } from '../protocol/intervention.ts';
import { toBase64Url } from './base64url.ts';
import { DICTIONARY } from './dictionary.ts';
import {
  DEFAULT_LINK,
  decodeLink,
  encodeLink,
  engineNotice,
  type Link,
  linkMeter,
} from './link.ts';
import { DEFAULT_RUN, PRESETS } from './presets.ts';
import { link } from './run.testkit.ts';
import { ENGINE_VERSION } from './run.ts';

/** What a link decodes to, or the sentence that refuses it. */
const decoded = (address: string) => {
  const result = decodeLink(address);
  return result.ok ? result.value : result.problem;
};

/** A link written by hand: plain JSON, codec j. */
const byHand = (payload: unknown): string =>
  `#v1.j.${toBase64Url(strToU8(typeof payload === 'string' ? payload : JSON.stringify(payload)))}`;

const valid = { sc: 'first-write', seed: 7, ev: 1 };

describe('a link', () => {
  it('point 52: gives back the run it was made of', () => {
    fc.assert(
      fc.property(link, (given) => {
        expect(decoded(encodeLink(given))).toEqual({
          link: given,
          adjusted: [],
          madeWith: ENGINE_VERSION,
        });
      }),
      { numRuns: 300 },
    );
  });

  it('may name an instance that only a failover makes', () => {
    const iv = [[1, 1, 'crash', 'W2']];
    const interventions = [{ at: { timeUs: 1, n: 1 }, act: { op: 'crash', target: 'W2' } }];
    expect(decoded(byHand({ ...valid, iv }))).toMatchObject({ link: { run: { interventions } } });
  });

  it('never throws, whatever it is', () => {
    const anything = fc.oneof(fc.string(), fc.webFragments(), fc.base64String());
    const codec = fc.constantFrom('', '#', '#v1.', '#v1.j.', '#v1.z.', '#v1.d.', '#v9.q.');
    fc.assert(
      fc.property(codec, anything, (start, rest) => {
        const result = decodeLink(start + rest);
        if (!result.ok) expect(result.problem).toMatch(/\.$/);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws on plain data of any shape', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        expect(decodeLink(byHand(payload)).ok).toBe(false);
        decodeLink(byHand({ ...valid, cfg: payload, iv: [payload], ui: payload }));
      }),
    );
  });

  it('opens the default run when it is empty', () => {
    for (const empty of ['', '#', 'https://example.org/redoscope/#']) {
      expect(decoded(empty)).toEqual({
        link: DEFAULT_LINK,
        adjusted: [],
        madeWith: ENGINE_VERSION,
      });
    }
    expect(DEFAULT_RUN.scenario.id).toBe('first-write');
  });

  it('may come as a whole address, and leaves foreign parameters alone', () => {
    const address = `https://example.org/x/?embed=1${byHand(valid)}&t=12.850ms.3&play=1&utm=a`;
    expect(decoded(address)).toMatchObject({
      link: { run: { seed: 7 }, at: { timeUs: 12_850, n: 3 }, play: true },
    });
  });

  it('opens at the beginning when its moment cannot be read, and says so', () => {
    expect(decoded(`${byHand(valid)}&t=soon`)).toMatchObject({
      link: { at: null },
      adjusted: [expect.stringMatching(/"soon" is not a moment.*beginning\.$/)],
    });
  });

  it('point 52: for 30 interventions of mixed kinds stays within 600 characters', () => {
    const { length } = encodeLink(mixed(30));
    expect(length).toBeLessThanOrEqual(600);
  });

  it('for the default run stays within 40 characters', () => {
    expect(encodeLink(DEFAULT_LINK).length).toBeLessThanOrEqual(40);
  });

  it('can be written by hand, unpacked', () => {
    const iv = [
      [12_850, 3, 'crash', 'B2'],
      [1_000, -1, 'slow', 'C1', true],
    ];
    expect(decoded(byHand({ ...valid, cfg: { replicas: 1 }, iv }))).toMatchObject({
      link: {
        run: {
          scenario: { id: 'first-write', config: { replicas: 1, groups: 4 } },
          interventions: [
            { at: { timeUs: 1_000 }, act: { op: 'slow', target: 'C1', on: true } },
            { at: { timeUs: 12_850, n: 3 }, act: { op: 'crash', target: 'B2' } },
          ],
        },
      },
    });
  });

  it('brings numbers into range and lists them', () => {
    const cfg = { replicas: 40, workload: { perSecond: 0.2 } };
    expect(decoded(byHand({ ...valid, seed: -1, cfg }))).toMatchObject({
      link: {
        run: { seed: 0, scenario: { config: { replicas: 15, workload: { perSecond: 1 } } } },
      },
      adjusted: [
        'The configuration: replicas was 40 and is now 15.',
        'The configuration: workload.perSecond was 0.2 and is now 1.',
        'The seed was -1 and is now 0.',
      ],
    });
  });

  it('keeps a title as text', () => {
    const title = '<img src=x onerror=alert(1)>';
    expect(decoded(byHand({ ...valid, title }))).toMatchObject({ link: { title } });
  });
});

describe('a bad link says what is wrong', () => {
  const good = encodeLink(mixed(10));
  it.each<[string, string, RegExp]>([
    ['of the future', '#v3.q.whatever', /newer version \(v3, this is v1\)\. Reload/],
    ['of the future, cut', '#v3.', /newer version/],
    ['with a changed character', `${good.slice(0, 30)}!${good.slice(31)}`, /damaged/],
    ['with an unknown codec', '#v1.q.abc', /damaged/],
    ['that is no link', '#introduction', /damaged/],
    ['cut in its middle', good.slice(0, good.length - 20), /cut off/],
    ['cut at its start', '#v1.d', /cut off/],
    ['cut, unpacked', byHand(JSON.stringify(valid).slice(0, -4)), /cut off/],
    ['of 100 kB', `#v1.j.${'A'.repeat(100_000)}`, /too large/],
    [
      'with an unknown scenario',
      byHand({ ...valid, sc: 'nope' }),
      /no scenario "nope".*first-write/,
    ],
    [
      'with an instance that no failover makes',
      byHand({ ...valid, iv: [[1, 1, 'crash', 'W1']] }),
      /"W1" is not in this cluster/,
    ],
    ['with an unknown act', byHand({ ...valid, iv: [[1, 1, 'explode', 'B2']] }), /"explode"/],
    ['with an act too long', byHand({ ...valid, iv: [[1, 1, 'crash', 'B2', 3]] }), /takes 1 value/],
    ['for a host that is not there', byHand({ ...valid, iv: [[1, 1, 'crash', 'B9']] }), /"B9"/],
    ['with an unknown setting', byHand({ ...valid, cfg: { warp: 1 } }), /"warp".*not something/],
    ['with an unknown part', byHand({ ...valid, extra: 1 }), /"extra"/],
    ['with text for a number', byHand({ ...valid, cfg: { groups: 'x' } }), /"groups".*number/],
    ['with a fraction of time', byHand({ ...valid, iv: [[0.5, 1, 'write', 1]] }), /should be/],
    ['after more than a day', byHand({ ...valid, iv: [[1e12, 1, 'write', 1]] }), /a day/],
    ['with too many acts', byHand({ ...valid, iv: Array(2_001).fill([1, 1, 'write', 1]) }), /2001/],
    ['whose data do not fit', byHand({ ...valid, cfg: { groups: 1 } }), /volume cannot be built/],
  ])('%s', (_, address, problem) => {
    expect(decoded(address)).toMatch(problem);
  });

  it('never shows more of it than a line', () => {
    const long = 'x'.repeat(5_000);
    for (const payload of [
      { ...valid, sc: long },
      { ...valid, iv: [[1, 1, long]] },
      { [long]: 1 },
    ]) {
      const sentence = decoded(byHand(payload));
      expect(typeof sentence === 'string' && sentence.length).toBeLessThan(400);
    }
  });
});

describe('a hostile link', () => {
  it('is not inflated beyond the cap', () => {
    const bomb = deflateSync(new Uint8Array(40_000_000), { level: 9 });
    const address = `#v1.z.${toBase64Url(bomb)}`;
    expect(address.length).toBeLessThan(64 * 1024);
    expect(decoded(address)).toMatch(/too large/);
  });

  it('reaches no prototype', () => {
    const payload =
      '{"sc":"first-write","seed":1,"ev":1,"cfg":{"__proto__":{"polluted":1}},"ui":{"__proto__":{"polluted":1}},"own":{"constructor":{"prototype":{"polluted":1}}}}';
    const opened = decoded(byHand(payload));
    expect(typeof opened).toBe('object');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(JSON.stringify(opened)).not.toContain('polluted');
  });

  it('cannot nest without end', () => {
    const deep = `${'['.repeat(9_000)}${']'.repeat(9_000)}`;
    expect(decodeLink(byHand(`{"sc":"first-write","seed":1,"ev":1,"iv":${deep}}`)).ok).toBe(false);
  });
});

describe('around links', () => {
  it('the dictionary of version 1 never changes', () => {
    expect(createHash('sha256').update(DICTIONARY).digest('hex').slice(0, 16)).toBe(
      'd30c6bfadebd0d87',
    );
  });

  it('another engine is announced', () => {
    expect(engineNotice(ENGINE_VERSION)).toBeNull();
    expect(engineNotice(3)).toBe(
      `Made with engine 3, this is ${ENGINE_VERSION}: the moment may differ.`,
    );
  });

  it('the meter tells who may cut a link', () => {
    expect(linkMeter('x'.repeat(2_000))).toEqual({ characters: 2_000, says: 'Fits anywhere.' });
    expect(linkMeter('x'.repeat(2_001)).says).toBe('May be cut by chat apps.');
    expect(linkMeter('x'.repeat(8_001)).says).toBe('Use a file.');
  });

  it('every preset is its own shortest description', () => {
    for (const scenario of PRESETS) {
      const run = { ...DEFAULT_RUN, scenario };
      expect(encodeLink({ ...DEFAULT_LINK, run }).length).toBeLessThan(60);
    }
  });
});

/** Interventions of every kind, one after another, at times nobody chose. */
function mixed(count: number): Link {
  const acts: readonly Act[] = [
    { op: 'crash', target: 'B2' },
    { op: 'restore', target: 'B2' },
    { op: 'crash-zone', az: 'C' },
    { op: 'write', count: 1 },
    { op: 'slow', target: 'A3', on: true },
    { op: 'restore-zone', az: 'C' },
    { op: 'drop-next', target: 'C1' },
    { op: 'read', target: 'R1' },
    { op: 'isolate', target: 'B4', on: true },
    { op: 'loss', ppm: 10_000 },
    {
      op: 'sql',
      session: 1,
      endpoint: 'W',
      statements: [
        {
          kind: 'insert',
          table: { database: null, table: 'orders' },
          columns: null,
          rows: [[1, 'hello']],
          onDuplicate: [],
        },
      ],
      text: "INSERT INTO orders VALUES (1, 'hello')",
    },
    { op: 'crash', target: 'A1' },
  ];
  const interventions = Array.from({ length: count }, (_, i) => ({
    at: { timeUs: 12_850 + i * 7_919, n: i % 5 },
    act: acts[i % acts.length] ?? { op: 'write' as const, count: 1 },
  }));
  const at = { timeUs: 250_000, n: 2 };
  const ui = { view: 'cluster', selection: 'B2', group: 0 };
  return { run: { ...DEFAULT_RUN, seed: 12_345, interventions }, at, play: false, title: '', ui };
}
