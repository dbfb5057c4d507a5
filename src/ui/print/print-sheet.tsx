import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { usePage } from '../hooks/page.ts';
import styles from './print-sheet.module.css';
import { type Printed, printedNow } from './printed.ts';
import { SheetParts } from './sheet-parts.tsx';
import { sheetIsThere } from './sheet-ready.ts';

/** What is printed in place of the page: the moment as a document. There only while the browser prints. */
export function PrintSheet() {
  const page = usePage();
  const [printed, setPrinted] = useState<Printed | null>(null);
  useEffect(() => {
    // The browser prints what is there when this event is over.
    const before = (): void => {
      page.player.pause();
      const now = printedNow(page);
      flushSync(() => setPrinted(now));
    };
    const after = (): void => setPrinted(null);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    sheetIsThere(true);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, [page]);
  if (!printed) return null;
  return createPortal(
    <article className={styles['sheet']} aria-label="Printed sheet">
      <SheetParts {...printed} />
    </article>,
    document.body,
  );
}
