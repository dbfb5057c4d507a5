import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useSummary } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';
import { Term } from '../kit/term.tsx';
import styles from './rules.module.css';

const Violations = later(async () => (await import('./violations.tsx')).Violations);

/** How many rules of the protocol are watched: a quiet line, until one of them does not hold. */
export function Rules() {
  const { rules, violations } = useSummary((summary) => summary.checker);
  // Put away, a card stays away until another rule is broken.
  const [put, setPut] = useState(0);
  if (rules === 0) return null;
  if (violations.length === 0)
    return (
      <small className={styles['quiet']}>
        <ShieldCheck aria-hidden="true" />
        <Term name="invariant">{rules} rules hold</Term>
      </small>
    );
  const open = violations.length > put;
  const words = violations.length === 1 ? '1 rule broken' : `${violations.length} rules broken`;
  return (
    <>
      <button
        type="button"
        className={styles['broken']}
        aria-expanded={open}
        onClick={() => setPut(open ? violations.length : 0)}
      >
        <ShieldAlert aria-hidden="true" />
        {words}
      </button>
      {open ? <Violations all={violations} close={() => setPut(violations.length)} /> : null}
    </>
  );
}
