import { useApp } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';

const Menu = later(async () => (await import('./action-menu.tsx')).ActionMenu);

/** The menu of what is pointed at; its code comes when it is first asked for. */
export function ActionMenu() {
  const subject = useApp((state) => state.menu);
  return subject ? <Menu subject={subject} /> : null;
}
