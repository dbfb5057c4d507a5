import { useApp } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';
import styles from './toasts.module.css';

const Newer = later(async () => (await import('./newer.tsx')).Newer);
const Toast = later(async () => (await import('../panels.tsx')).Toast);

/** What was just done, for six seconds, with the way back. */
export function Toasts() {
  const toasts = useApp((state) => state.toasts);
  const newer = useApp((state) => state.newer);
  return (
    <div className={styles['toasts']} role="region" aria-label="Notices">
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} />
      ))}
      {newer ? <Newer /> : null}
    </div>
  );
}
