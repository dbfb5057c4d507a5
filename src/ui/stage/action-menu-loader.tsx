import { lazy, Suspense } from 'react';
import { useApp } from '../hooks/page.ts';

const Menu = lazy(async () => ({ default: (await import('./action-menu.tsx')).ActionMenu }));

/** The menu of what is pointed at; its code comes when it is first asked for. */
export function ActionMenu() {
  const subject = useApp((state) => state.menu);
  return subject ? (
    <Suspense>
      <Menu subject={subject} />
    </Suspense>
  ) : null;
}
