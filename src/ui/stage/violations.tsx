import { Link, X } from 'lucide-react';
import type { Evidence, Violation } from '../../checker/invariant.ts';
import { MUTATIONS } from '../../protocol/mutations.ts';
import type { Selection } from '../../store/app-store.ts';
import { clockText } from '../../store/clock-text.ts';
import { useCommand, usePage } from '../hooks/page.ts';
import { Button, IconButton } from '../kit/button.tsx';
import styles from './rules.module.css';

interface ViolationsProps {
  readonly all: readonly Violation[];
  close(): void;
}

/** The rules that did not hold, each with its moment and what shows it; and whose fault that is. */
export function Violations({ all, close }: ViolationsProps) {
  return (
    <section className={styles['card']} aria-label="Broken rules" role="alert">
      <IconButton className={styles['close']} label="Put this away" icon={X} onClick={close} />
      {all.map((violation, index) => (
        <Broken key={violation.invariant} violation={violation} first={index === 0} />
      ))}
      <Whose all={all} />
    </section>
  );
}

interface BrokenProps {
  readonly violation: Violation;
  /** The others often follow from it: they are folded. */
  readonly first: boolean;
}

function Broken({ violation, first }: BrokenProps) {
  const { player } = usePage();
  const copyLink = useCommand('copy-link');
  const { invariant, title, says, at, evidence } = violation;
  return (
    <details open={first}>
      <summary>
        {invariant}: {title}
      </summary>
      <p>{says}</p>
      <Shown evidence={evidence} />
      <div className={styles['moment']}>
        <Button kind="primary" onClick={() => player.seek(at)}>
          Go to {clockText(at.timeUs)}
        </Button>
        <Button
          icon={Link}
          onClick={() => {
            player.seek(at);
            void copyLink.run();
          }}
        >
          Copy link
        </Button>
      </div>
    </details>
  );
}

/** The records, pages, copies and instances that show it: pressing one selects it. */
function Shown({ evidence }: { readonly evidence: Evidence }) {
  const { store } = usePage();
  const { lsns = [], pages = [], segments = [], instances = [] } = evidence;
  const things: readonly (readonly [Selection['kind'], string, string])[] = [
    ...lsns.map((lsn) => ['record', `${lsn}`, `record ${lsn}`] as const),
    ...pages.map((page) => ['page', `${page}`, `page ${page}`] as const),
    ...segments.map((id) => ['segment', id, `segment ${id}`] as const),
    ...instances.map((id) => ['instance', id, id] as const),
  ];
  if (things.length === 0) return null;
  return (
    <ul className={styles['evidence']} aria-label="Evidence">
      {things.slice(0, MOST_THINGS).map(([kind, id, words]) => (
        <li key={`${kind} ${id}`}>
          <button type="button" onClick={() => store.getState().select({ kind, id })}>
            {words}
          </button>
        </li>
      ))}
    </ul>
  );
}

const MOST_THINGS = 12;

/** A rule that was broken on purpose is expected to be noticed; anything else is a bug of ours. */
function Whose({ all }: { readonly all: readonly Violation[] }) {
  const { player } = usePage();
  const { mutations } = player.run().scenario.config;
  const own = MUTATIONS.filter(({ id }) => mutations.includes(id));
  const found = new Set(all.map(({ invariant }) => invariant));
  if (own.length === 0)
    return (
      <p className={styles['whose']}>
        No rule was broken on purpose in this run, so this is our bug. The link shows it to us.
      </p>
    );
  const expected = own.some(({ caughtBy }) => caughtBy.some((id) => found.has(id)));
  return (
    <p className={styles['whose']}>
      {expected ? 'As expected: “' : 'Broken on purpose in this run: “'}
      {own.map(({ title }) => title).join('”, “')}”. {own.map(({ says }) => says).join(' ')}
    </p>
  );
}
