import { workloadOf } from '../../store/workload.ts';
import { useCommand, usePage, useSummary } from '../hooks/page.ts';
import { useIntervene } from '../hooks/use-perform.ts';
import { Button } from '../kit/button.tsx';
import styles from './console.module.css';

/** Transactions a second on offer. */
const SPEEDS = [20, 100, 400, 1_000, 4_000];

/** Load without typing: one write, one read, a burst, or steady traffic. */
export function Workload() {
  return (
    <div className={styles['workload']} role="group" aria-label="Workload">
      <div className={styles['once']}>
        <Once id="write" />
        <Once id="read" />
        <Once id="burst" />
      </div>
      <Steady />
    </div>
  );
}

const SHORT: Readonly<Record<string, string>> = { write: 'Write', read: 'Read', burst: 'Burst' };

export function Once({ id }: { readonly id: string }) {
  const command = useCommand(id);
  useSummary((summary) => summary.view);
  const enabled = command.enabled();
  return (
    <Button
      keys={command.keys[0]}
      title={enabled === true ? command.title() : enabled}
      aria-disabled={enabled !== true}
      onClick={() => void command.run()}
    >
      {SHORT[id]}
    </Button>
  );
}

export function Steady() {
  const { player } = usePage();
  const intervene = useIntervene();
  const command = useCommand('workload');
  useSummary((summary) => summary.interventions);
  useSummary((summary) => summary.position);
  const workload = workloadOf(player);
  const offered = SPEEDS.includes(workload.perSecond) ? SPEEDS : [workload.perSecond, ...SPEEDS];
  return (
    <div className={styles['steady']}>
      <button
        type="button"
        role="switch"
        aria-checked={workload.on}
        className={styles['switch']}
        title="Steady traffic on or off (U)"
        onClick={() => void command.run()}
      >
        <i aria-hidden="true" /> Steady traffic
      </button>
      <label>
        <span className="visually-hidden">Transactions a second</span>
        <select
          value={workload.perSecond}
          onChange={({ target }) =>
            intervene({
              op: 'workload',
              workload: { ...workload, perSecond: Number(target.value) },
            })
          }
        >
          {offered.map((perSecond) => (
            <option key={perSecond} value={perSecond}>
              {perSecond} tx/s
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
