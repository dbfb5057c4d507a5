import { X } from 'lucide-react';
import { useState } from 'react';
import { useCommand } from '../hooks/page.ts';
import { Button, IconButton } from '../kit/button.tsx';
import styles from './toasts.module.css';

/** A newer version of the page is here: whoever is in the middle of something can have it later. */
export function Newer() {
  const reload = useCommand('reload');
  const [away, setAway] = useState(false);
  if (away) return null;
  return (
    <div className={styles['toast']} role="status">
      <span>A newer version is ready</span>
      <Button onClick={() => void reload.run()}>Reload</Button>
      <IconButton label="Later" icon={X} onClick={() => setAway(true)} />
    </div>
  );
}
