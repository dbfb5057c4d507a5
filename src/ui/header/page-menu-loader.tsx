import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { IconButton } from '../kit/button.tsx';

const Menu = lazy(async () => ({ default: (await import('./page-menu.tsx')).PageMenu }));

/** The menu of the page; its code comes with the first press. */
export function PageMenu() {
  const [asked, setAsked] = useState(false);
  const closed = (
    <IconButton
      label="Menu"
      icon={Ellipsis}
      aria-haspopup="menu"
      aria-expanded={asked}
      onClick={() => setAsked(true)}
    />
  );
  return asked ? (
    <Suspense fallback={closed}>
      <Menu />
    </Suspense>
  ) : (
    closed
  );
}
