import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../kit/button.tsx';
import { later } from '../kit/later.tsx';

/** The menu of the page; its code comes with the first press. */
export function PageMenu() {
  const [asked, setAsked] = useState(false);
  return asked ? <Menu /> : <Closed onClick={() => setAsked(true)} />;
}

const Closed = ({ onClick }: { readonly onClick?: () => void }) => (
  <IconButton
    label="Menu"
    icon={Ellipsis}
    aria-haspopup="menu"
    aria-expanded={onClick === undefined}
    onClick={onClick}
  />
);

const Menu = later<object>(async () => (await import('./page-menu.tsx')).PageMenu, Closed);
