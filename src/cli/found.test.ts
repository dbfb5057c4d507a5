import { expect, it } from 'vitest';
import { carryOut } from '../checker/fuzz/carry-out.ts';
import { decodeLink } from '../scenario/link.ts';
import FOUND from './found.json';

/** Runs that broke a rule once, each as its link, so that they stay the same however schedules are drawn. */
it.each(FOUND)('$profile stays mended: $says', ({ link, profile, healedUs }) => {
  const opened = decodeLink(link);
  if (!opened.ok) throw new Error(opened.problem);
  const { run, at } = opened.value.link;
  const { config } = run.scenario;
  const { seed, interventions } = run;
  const endUs = at?.timeUs ?? 0;
  const schedule = { profile, config, seed, interventions, healedUs, endUs, excused: [] };
  expect(carryOut(schedule).violations).toEqual([]);
});
