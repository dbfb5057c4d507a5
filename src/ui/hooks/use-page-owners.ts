import { useState } from 'react';
import type { GroupPages, PageOwners } from '../../history/page-owners.ts';
import { PageOwnersReader } from '../../store/page-owners-reader.ts';
import { usePage } from './page.ts';

/** Whose the pages of a group are. */
export type PagesOf = (group: number) => GroupPages;

/** Whose each page is at the present moment. */
export function usePageOwners(): () => PageOwners {
  const { player } = usePage();
  const [reader] = useState(() => new PageOwnersReader());
  return () => reader.now(player);
}
