import type { WorkloadConfig } from '../../database/workload.ts';
import type { ClusterConfig, DetectionConfig } from '../../protocol/config.ts';

interface Switch<T> {
  readonly id: string;
  readonly label: string;
  /** What it does, in a sentence that stands beside it. */
  readonly says: string;
  read(config: ClusterConfig): T;
  write(config: ClusterConfig, value: T): ClusterConfig;
}

/** A number as people say it: milliseconds rather than microseconds, per cent rather than parts. */
export interface NumberSwitch extends Switch<number> {
  readonly kind: 'number';
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  /** Digits after the point that still mean something. */
  readonly digits: number;
}

export interface ToggleSwitch extends Switch<boolean> {
  readonly kind: 'toggle';
}

export interface ChoiceSwitch extends Switch<string> {
  readonly kind: 'choice';
  readonly options: readonly Option[];
}

interface Option {
  readonly value: string;
  readonly label: string;
  readonly says: string;
}

export type AnySwitch = NumberSwitch | ToggleSwitch | ChoiceSwitch;

/** Settings that are decided together, under one heading. */
export interface SwitchGroup {
  readonly title: string;
  readonly switches: readonly AnySwitch[];
}

/** One number inside a configuration. */
interface Place<T> {
  readonly id: string;
  read(config: ClusterConfig): T;
  write(config: ClusterConfig, value: T): ClusterConfig;
}

type KeyOf<C, T> = { [K in keyof C]: C[K] extends T ? K : never }[keyof C] & string;

export const own = (key: KeyOf<ClusterConfig, number>): Place<number> => ({
  id: key,
  read: (config) => config[key],
  write: (config, value) => ({ ...config, [key]: value }),
});

export const ofDetection = (key: KeyOf<DetectionConfig, number>): Place<number> => ({
  id: `detection.${key}`,
  read: ({ detection }) => detection[key],
  write: (config, value) => ({ ...config, detection: { ...config.detection, [key]: value } }),
});

export const ofWorkload = (key: KeyOf<WorkloadConfig, number>): Place<number> => ({
  id: `workload.${key}`,
  read: ({ workload }) => workload[key],
  write: (config, value) => ({ ...config, workload: { ...config.workload, [key]: value } }),
});

interface Words {
  readonly label: string;
  readonly says: string;
}

interface Measure {
  readonly unit: string;
  /** How many of the configuration's own unit make one of this. */
  readonly per: number;
  readonly digits: number;
}

const COUNT: Measure = { unit: '', per: 1, digits: 0 };
export const PERCENT_OF_MILLION: Measure = { unit: '%', per: 10_000, digits: 4 };
export const PERCENT_OF_THOUSAND: Measure = { unit: '%', per: 10, digits: 1 };
export const MILLISECONDS: Measure = { unit: 'ms', per: 1_000, digits: 3 };
export const GIGABYTES: Measure = { unit: 'GB', per: 1_000_000_000, digits: 6 };

/** A number between two others, all of them in the configuration's own unit. */
export function number(
  place: Place<number>,
  [least, most]: readonly [number, number],
  { label, says }: Words,
  { unit, per, digits }: Measure = COUNT,
): NumberSwitch {
  return {
    kind: 'number',
    ...{ id: place.id, label, says, unit, digits },
    ...{ least: least / per, most: most / per },
    read: (config) => place.read(config) / per,
    write: (config, value) => place.write(config, Math.round(value * per)),
  };
}

/** What a text means for a number, or a sentence about what it should be. */
export function readNumber(
  { least, most, digits, unit }: NumberSwitch,
  text: string,
): { readonly value: number } | { readonly problem: string } {
  const value = Number(text.trim().replace(',', '.'));
  const factor = 10 ** digits;
  const fits = Math.abs(value * factor - Math.round(value * factor)) < 1e-6;
  if (text.trim() !== '' && value >= least && value <= most && fits) return { value };
  const kind = digits === 0 ? 'A whole number' : 'A number';
  const shown = (end: number): string => `${end.toLocaleString('en-US')}${unit ? ` ${unit}` : ''}`;
  return { problem: `${kind} from ${shown(least)} to ${shown(most)}.` };
}
