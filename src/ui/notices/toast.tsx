import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Toast as Told } from '../../store/app-store.ts';
import { TOAST_SECONDS } from '../../store/slices/toasts.ts';
import { useCommand, usePage } from '../hooks/page.ts';
import { Button, IconButton } from '../kit/button.tsx';
import styles from './toasts.module.css';

const ACTIONS = { undo: ['undo', 'Undo'], 'switch back': ['switch-back', 'Switch back'] } as const;

/** One notice: it goes by itself unless somebody is reading it. */
export function Toast({ toast: { id, text, tone, action, details } }: { readonly toast: Told }) {
  const { store } = usePage();
  const [held, setHeld] = useState(false);
  const dismiss = (): void => store.getState().dismissToast(id);
  useEffect(() => {
    if (held) return;
    let left = TOAST_SECONDS;
    // Second by second: while a busy machine keeps the page from answering, nobody can press "Undo".
    const timer = setInterval(() => {
      left -= 1;
      if (left <= 0) store.getState().dismissToast(id);
    }, 1_000);
    return () => clearInterval(timer);
  }, [held, id, store]);
  return (
    <div
      className={styles['toast']}
      data-tone={tone}
      role={tone === 'problem' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {details.length === 0 ? (
        <span>{text}</span>
      ) : (
        <details className={styles['details']}>
          <summary>{text}</summary>
          <ul>
            {details.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      )}
      {action ? <ActionButton action={action} after={dismiss} /> : null}
      <IconButton label="Dismiss" icon={X} onClick={dismiss} />
    </div>
  );
}

interface ActionButtonProps {
  readonly action: keyof typeof ACTIONS;
  after(): void;
}

function ActionButton({ action, after }: ActionButtonProps) {
  const [id, words] = ACTIONS[action];
  const command = useCommand(id);
  return (
    <Button
      onClick={() => {
        void command.run();
        after();
      }}
    >
      {words}
    </Button>
  );
}
