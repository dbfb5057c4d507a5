import { assert } from '../engine/assert.ts';
import { bad, good, type Result } from '../engine/result.ts';

/** Makes the next version's value out of one version's. Kept for ever: old links stay good. */
type Upgrade = (value: unknown) => unknown;

/** A format with a version number, and how its earlier versions are read. */
export interface Format {
  /** What to call it in a sentence: "link", "file". */
  readonly called: string;
  readonly version: number;
  /** `upgrades[i]` makes version i + 2 out of version i + 1. */
  readonly upgrades: readonly Upgrade[];
}

/** Declares a format; a version without an upgrader is found when the program loads. */
export function formatOf(format: Format): Format {
  const { called, version, upgrades } = format;
  assert(upgrades.length === version - 1, `every version of a ${called} needs an upgrader`);
  return format;
}

export const LINK = formatOf({ called: 'link', version: 1, upgrades: [] });
export const FILE = formatOf({ called: 'file', version: 1, upgrades: [] });

/** A value of some version as one of the present version. */
export function upgraded(format: Format, version: number, value: unknown): Result<unknown> {
  const { called, version: present, upgrades } = format;
  if (!Number.isInteger(version) || version < 1) {
    return bad(`This ${called} does not say which version it is. It may be damaged.`);
  }
  if (version > present) {
    const what = `This ${called} was made by a newer version (v${version}, this is v${present}).`;
    return bad(`${what} Reload the page to get the newest one, and open it again.`);
  }
  return good(upgrades.slice(version - 1).reduce((old, upgrade) => upgrade(old), value));
}
