import { useApp } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';
import styles from './toasts.module.css';

const Toast = later(async () => (await import('../panels.tsx')).Toast);

/** What was just done, for six seconds, with the way back. */
export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  return (
    <div className={styles['toasts']} role="region" aria-label="Notices">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
