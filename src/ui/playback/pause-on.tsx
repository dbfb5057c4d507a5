import { CirclePause } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '../hooks/page.ts';
import { IconButton } from '../kit/button.tsx';
import { later } from '../kit/later.tsx';
import { usePauseOnLabel } from './pause-on-label.ts';
import styles from './playback.module.css';

/** Moments at which playing stops by itself; the menu's code comes with the first press. */
export function PauseOn() {
  const [asked, setAsked] = useState(false);
  return (
    <span className={styles['pause-on']}>
      {asked ? <Menu /> : <Closed onClick={() => setAsked(true)} />}
      <Marks />
    </span>
  );
}

/** One dot for each moment chosen. */
export function Marks() {
  const count = useApp((state) => state.pauseOn.length);
  return (
    <span className={styles['marks']} aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the dots are alike but for their place.
        <i key={index} />
      ))}
    </span>
  );
}

function Closed({ onClick }: { readonly onClick?: () => void }) {
  return (
    <IconButton
      label={usePauseOnLabel()}
      icon={CirclePause}
      aria-haspopup="menu"
      aria-expanded={onClick === undefined}
      onClick={onClick}
    />
  );
}

const Menu = later<object>(async () => (await import('./pause-on-menu.tsx')).PauseOnMenu, Closed);
