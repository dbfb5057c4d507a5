import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeLink, type Link } from './link.ts';
import { isRecord } from './plain.ts';
import { PRESETS } from './presets.ts';

interface Golden {
  readonly says: string;
  readonly link: string;
  readonly value: { readonly run: { readonly scenario: { readonly id: string } } };
}

const golden: readonly Golden[] = JSON.parse(
  readFileSync('src/scenario/golden-links.json', 'utf8'),
);

/** JSON with its keys in order, so that it depends on the value alone. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, field: unknown) =>
    isRecord(field) ? Object.fromEntries(Object.entries(field).sort()) : field,
  );

/** A link's value with its volume, which is long, told by a hash. */
function pinned({ run, ...rest }: Link): object {
  const { scenario, seed, interventions } = run;
  const { volume, ...config } = scenario.config;
  const hash = createHash('sha256').update(canonical(volume)).digest('hex').slice(0, 16);
  return { ...rest, run: { scenario: { ...scenario, config, volume: hash }, seed, interventions } };
}

/** What a golden link decodes to. */
function decoded(link: string): object {
  const opened = decodeLink(link);
  if (!opened.ok) throw new Error(opened.problem);
  expect(opened.value.adjusted).toEqual([]);
  return pinned(opened.value.link);
}

// Settings that were added since may be there too: a preset says what they are.
it.each(golden)(
  'the link "$says" means for ever what it meant when it was made',
  ({ link, value }) => {
    expect(decoded(link)).toMatchObject(value);
  },
);

it('point 52: every preset has a golden link, so none can change', () => {
  const pinnedIds = golden.map(({ value }) => value.run.scenario.id);
  expect(PRESETS.map(({ id }) => id).filter((id) => !pinnedIds.includes(id))).toEqual([]);
});
