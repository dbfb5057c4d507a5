import type { GroupPages } from '../../history/page-owners.ts';
import { SHAPE_COUNT } from './stripes.ts';

const databaseWords = ({ databases }: GroupPages): string =>
  databases
    .map(({ database, count, number }) => `${database} ${count}${shapeWords(number)}`)
    .join(', ') || 'no database';

/** Which stripes are a database's, where another one has the same. */
const shapeWords = (number: number): string =>
  number < SHAPE_COUNT
    ? ''
    : ` (database ${number + 1}, striped like ${(number % SHAPE_COUNT) + 1})`;

const systemOf = ({ undo, catalogue, map }: GroupPages): number =>
  undo.length + catalogue.length + map.length;

/** How many pages of a group belong to whom: "shop 5, crm 2; system 5, free 4". */
export const pagesWords = (pages: GroupPages): string =>
  `${databaseWords(pages)}; system ${systemOf(pages)}, free ${pages.free.length}`;

/** The same as a sentence, without what is free, and with what storage makes of it. */
export const ownersWords = (pages: GroupPages): string =>
  `Pages: ${databaseWords(pages)}, system ${systemOf(pages)}; storage does not know.`;
