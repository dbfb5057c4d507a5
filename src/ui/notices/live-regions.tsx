import { useEffect, useState } from 'react';
import { usePage, useSummary } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';
import type { FaultCardProps } from './fault-card.tsx';
import styles from './live-regions.module.css';

const Sentence = ({ fault }: FaultCardProps) => <p>{fault.sentence}</p>;

/** Replacing a sentence by itself is not always heard: the region is empty for a moment between. */
const CLEAR_MS = 120;

const FaultCard = later(async () => (await import('./fault-card.tsx')).FaultCard, Sentence);

/** The two places screen readers listen to; both are there, empty, from the start. */
export function LiveRegions() {
  const { listen } = usePage();
  const [said, setSaid] = useState('');
  const fault = useSummary((summary) => summary.fault);
  useEffect(() => {
    let timer = 0;
    const stop = listen((sentence) => {
      clearTimeout(timer);
      setSaid('');
      timer = window.setTimeout(() => setSaid(sentence), CLEAR_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [listen]);
  return (
    <>
      <p role="status" aria-label="Simulation" className="visually-hidden">
        {said}
      </p>
      <div role="alert" className={fault ? styles['fault'] : 'visually-hidden'}>
        {fault ? <FaultCard fault={fault} /> : null}
      </div>
    </>
  );
}
