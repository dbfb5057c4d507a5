import { RotateCcw, StepBack } from 'lucide-react';
import type { Fault } from '../../store/app-store.ts';
import { usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { CopyDetails } from './copy-details.tsx';
import styles from './live-regions.module.css';

/** What went wrong. */
export interface FaultCardProps {
  readonly fault: Fault;
}

/** The engine contradicted itself: what it says, what to send us, and two ways on. */
export function FaultCard({ fault }: FaultCardProps) {
  const { player, links } = usePage();
  const report = `${fault.sentence}\n${links.linkHere()}\nState hash ${player.hash()}\n${fault.details}`;
  const reset = (): void => {
    const { scenario, seed } = player.run();
    player.open({ scenario, seed, interventions: [] });
  };
  return (
    <>
      <p>{fault.sentence}</p>
      <div className={styles['actions']}>
        <CopyDetails words="Copy report" text={report} />
        <Button icon={StepBack} onClick={() => player.step('event', -1)}>
          Step back
        </Button>
        <Button icon={RotateCcw} onClick={reset}>
          Reset
        </Button>
      </div>
    </>
  );
}
