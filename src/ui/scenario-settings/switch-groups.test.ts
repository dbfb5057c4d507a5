import { describe, expect, it } from 'vitest';
import type { ClusterConfig } from '../../protocol/config.ts';
import { configSchema } from '../../scenario/config-schema.ts';
import { DEFAULT_RUN } from '../../scenario/presets.ts';
import { checked } from '../../scenario/problems.ts';
import { reconfigured } from '../../scenario/reconfigured.ts';
import { SWITCH_GROUPS } from './switch-groups.ts';
import { readNumber } from './switches.ts';

const { config } = DEFAULT_RUN.scenario;
const all = SWITCH_GROUPS.flatMap(({ switches }) => switches);
const numbers = all.flatMap((one) => (one.kind === 'number' ? [one] : []));
const choices = all.flatMap((one) => (one.kind === 'choice' ? [one] : []));

/** "replicas", "detection.on": every setting that is not a list of things. */
const settingsOf = ({ volume: _, mutations: __, ...rest }: ClusterConfig): readonly string[] =>
  Object.entries(rest).flatMap(([key, value]) =>
    typeof value === 'object' ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key],
  );

/** Sentences about what was brought into range. */
function adjusted(changed: ClusterConfig): readonly string[] {
  const result = checked(configSchema, changed, 'It');
  if (!result.ok) throw new Error(result.problem);
  return result.value.adjusted;
}

describe('the switches of a scenario', () => {
  it('cover every setting but tables and broken rules', () => {
    expect(all.map(({ id }) => id).toSorted()).toEqual(settingsOf(config).toSorted());
  });

  it.each(numbers.map((one) => [one.label, one] as const))(
    '%s: takes exactly what a link may hold',
    (_, { write, least, most, read }) => {
      expect(read(write(config, least))).toBe(least);
      expect(adjusted(write(config, least))).toEqual([]);
      expect(adjusted(write(config, most))).toEqual([]);
      expect(adjusted(write(config, most + 1))).toHaveLength(1);
      if (least > 0) expect(adjusted(write(config, least - 1))).toHaveLength(1);
    },
  );

  it.each(choices.map((one) => [one.label, one] as const))(
    '%s: offers what a link may hold',
    (_, { options, write, read }) => {
      for (const { value } of options) {
        const result = reconfigured(DEFAULT_RUN, write(config, value));
        expect(result.ok && read(result.value.value.scenario.config)).toBe(value);
      }
    },
  );

  it('are told what a text should be', () => {
    const replicas = numbers.find(({ id }) => id === 'replicas')!;
    const loss = numbers.find(({ id }) => id === 'lossPpm')!;
    expect(readNumber(replicas, ' 3 ')).toEqual({ value: 3 });
    expect(readNumber(loss, '0,5')).toEqual({ value: 0.5 });
    for (const text of ['', 'many', '-1', '16', '1.5'])
      expect(readNumber(replicas, text)).toEqual({ problem: 'A whole number from 0 to 15.' });
    expect(readNumber(loss, '101')).toEqual({ problem: 'A number from 0 % to 100 %.' });
  });
});
