import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import styles from './copy-details.module.css';

/** Takes a report along; where the browser does not allow that, the text is there, selected. */
export function CopyDetails({
  text,
  words = 'Copy details',
}: {
  readonly text: string;
  readonly words?: string;
}) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('yes');
    } catch {
      setCopied('refused');
      setTimeout(() => field.current?.select());
    }
  };
  return (
    <>
      <Button icon={copied === 'yes' ? Check : Copy} onClick={() => void copy()}>
        {copied === 'yes' ? 'Copied' : words}
      </Button>
      {copied === 'refused' ? (
        <label className={styles['text']}>
          Copying is not allowed here. The text is selected: press Ctrl+C.
          <textarea ref={field} readOnly rows={4} value={text} />
        </label>
      ) : null}
    </>
  );
}
