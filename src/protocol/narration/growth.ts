import type { GrowthNote } from '../notes-growth.ts';
import { RULES } from './rules.ts';
import type { Tellers } from './told.ts';
import { count, pg } from './words.ts';

/** How the volume gets one more protection group. */
export const GROWTH: Tellers<GrowthNote['type']> = {
  'growth-asked': ({ group, by }, { nameOf }) => ({
    glyph: 'wait',
    sentence: `${by === null ? 'Somebody' : nameOf(by)} asks for one more protection group: ${pg(group)}`,
    why:
      by === null
        ? 'A volume may grow before it has to.'
        : 'No free page is left, and a page has to be split or a table made: the statement waits.',
    rule: RULES.growth,
    refs: { groups: [group] },
  }),
  'growth-placed': ({ group, hosts }) => ({
    glyph: 'node',
    sentence: `Control plane asks ${hosts.join(', ')} to carry ${pg(group)}`,
    why: 'Two different hosts in each zone, those with the fewest segments first.',
    rule: RULES.placement,
    refs: { groups: [group], hosts },
  }),
  'growth-refused': ({ groups, limit }) => ({
    glyph: 'fail',
    sentence: `Control plane refuses to let the volume grow beyond ${count(limit, 'group')}`,
    why: `It has ${groups} now, as many as this scenario allows.`,
    rule: RULES.growth,
    refs: {},
  }),
  'group-founded': ({ group, epoch, segments }) => ({
    glyph: 'heal',
    sentence: `${pg(group)} exists with ${count(segments, 'segment')}: geometry epoch ${epoch}`,
    why: 'It is in the metadata. Members of the other groups learn of the epoch from the next request.',
    rule: RULES.geometry,
    refs: { groups: [group] },
  }),
  'geometry-learnt': ({ instance, epoch, groups }, { nameOf }) => ({
    glyph: 'heal',
    sentence: `${nameOf(instance)} has the map of ${count(groups, 'group')}, geometry epoch ${epoch}`,
    why: 'Pages stay where they are; what waited for a free page goes on.',
    rule: RULES.geometry,
    refs: { instances: [instance] },
  }),
};
