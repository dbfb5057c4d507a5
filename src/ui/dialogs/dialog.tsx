import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { usePage } from '../hooks/page.ts';
import { IconButton } from '../kit/button.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of every dialog: a title, a way out, and focus back where it came from. */
export function Dialog({ title, wide = false, children }: DialogProps) {
  const { store } = usePage();
  // Before the dialog takes focus. What opened it from a menu is gone by the time it closes.
  const [opener] = useState(() => document.activeElement);
  const giveBack = (event: Event): void => {
    event.preventDefault();
    const there = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
    (there ? opener : document.getElementById('page-menu'))?.focus();
  };
  const close = (): void => store.getState().openDialog(null);
  return (
    <Radix.Root open onOpenChange={(open) => open || close()}>
      <Radix.Portal>
        <Radix.Overlay className={styles['veil']} />
        <Radix.Content
          className={styles['dialog']}
          data-wide={wide || undefined}
          aria-describedby={undefined}
          onCloseAutoFocus={giveBack}
        >
          <div className={styles['head']}>
            <Radix.Title className={styles['title']}>{title}</Radix.Title>
            <IconButton label="Close" icon={X} onClick={close} />
          </div>
          <div className={styles['body']} tabIndex={0} role="group" aria-label={title}>
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
