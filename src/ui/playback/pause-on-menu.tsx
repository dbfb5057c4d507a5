import { CirclePause } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { IconButton } from '../kit/button.tsx';
import styles from '../kit/menu.module.css';
import { PauseOnItems } from './pause-on-items.tsx';
import { usePauseOnLabel } from './pause-on-label.ts';

/** Open from the start: it was asked for before its code was here. */
export function PauseOnMenu() {
  const [open, setOpen] = useState(true);
  return (
    <DropdownMenu.Root open={open} onOpenChange={setOpen} modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={usePauseOnLabel()} icon={CirclePause} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('playback')}>
        <DropdownMenu.Content
          className={styles['menu']}
          side="top"
          align="start"
          collisionPadding={8}
          aria-label="Pause on"
        >
          <PauseOnItems />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
