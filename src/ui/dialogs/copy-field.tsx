import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import styles from './copy-field.module.css';

const COPIED_MS = 3_000;

type Copied = 'no' | 'yes' | 'refused';

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
}

/** Text to take away. Where the browser refuses to copy, the text is selected instead. */
export function CopyField({ label, value }: CopyFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<Copied>('no');
  useEffect(() => {
    if (copied !== 'yes') return;
    const timer = setTimeout(() => setCopied('no'), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied('yes');
    } catch {
      field.current?.select();
      setCopied('refused');
    }
  };
  return (
    <div>
      <div className={styles['row']}>
        <label>
          <span className="visually-hidden">{label}</span>
          <input
            ref={field}
            readOnly
            value={value}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        </label>
        <Button
          kind="primary"
          icon={copied === 'yes' ? Check : Copy}
          autoFocus
          onClick={() => void copy()}
        >
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p role="status" className={styles['status']}>
        {copied === 'yes' ? 'Copied.' : null}
        {copied === 'refused'
          ? 'The browser does not allow copying here. The text is selected: press Ctrl+C.'
          : null}
      </p>
    </div>
  );
}
