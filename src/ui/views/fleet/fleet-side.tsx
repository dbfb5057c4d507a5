import type { Fleet } from '../../../history/fleet.ts';
import { hostsIn } from '../../../history/fleet.ts';
import { AZS, type Az } from '../../../protocol/topology.ts';
import { numberText } from '../../../scene/words.ts';
import styles from './fleet.module.css';
import {
  hostTarget,
  type Target,
  tallyOf,
  targetWords,
  zoneAndNode,
  zoneTarget,
} from './targets.ts';

interface FleetSideProps {
  readonly fleet: Fleet;
  /** How many nodes of each zone are listed: those that the run has. */
  readonly listed: number;
  readonly shown: Target | null;
  /** Something is pointed at, or nothing any more. */
  onPoint(target: Target | null): void;
  onChoose(target: Target): void;
}

/** How many copies the groups have, and what the loss of each node or zone would leave. */
export function FleetSide(props: FleetSideProps) {
  const { fleet, listed } = props;
  const worst = zoneAndNode(fleet);
  return (
    <div className={styles['side']}>
      <Tally fleet={fleet} />
      <p className={styles['heading']}>Without a zone, or a node</p>
      <div className={styles['nodes']} role="group" aria-label="Zones and storage nodes">
        {AZS.map((az) => (
          <div key={az} className={styles['zone']}>
            <TargetButton {...props} target={zoneTarget(fleet, az)} down={isDown(fleet, az)}>
              {`AZ ${az}`}
            </TargetButton>
            {hostsIn(fleet, az)
              .slice(0, listed)
              .map((host) => (
                <TargetButton key={host.id} {...props} target={hostTarget(host)} down={host.down}>
                  <span>{host.id}</span>
                  <small>{host.segments}</small>
                </TargetButton>
              ))}
          </div>
        ))}
      </div>
      <div className={styles['worst']}>
        <TargetButton {...props} target={worst} down={false}>
          {worst.name}
        </TargetButton>
      </div>
    </div>
  );
}

const isDown = (fleet: Fleet, az: Az): boolean => hostsIn(fleet, az).every(({ down }) => down);

interface TargetButtonProps extends FleetSideProps {
  readonly target: Target;
  readonly down: boolean;
  readonly children: React.ReactNode;
}

function TargetButton({
  fleet,
  target,
  shown,
  down,
  onPoint,
  onChoose,
  children,
}: TargetButtonProps) {
  return (
    <button
      type="button"
      className={styles['target']}
      aria-label={targetWords(fleet, target)}
      aria-pressed={shown?.name === target.name}
      data-down={down || undefined}
      data-group={target.hosts.size > 1 || undefined}
      onPointerEnter={() => onPoint(target)}
      onPointerLeave={() => onPoint(null)}
      onFocus={() => onPoint(target)}
      onBlur={() => onPoint(null)}
      onClick={() => onChoose(target)}
    >
      {children}
    </button>
  );
}

const MEANINGS = [
  'at risk',
  'at risk',
  'at risk',
  'writes wait',
  'writes go on',
  'writes go on',
  'whole',
] as const;

/** How many groups have how many copies that answer. */
function Tally({ fleet }: { readonly fleet: Fleet }) {
  const tally = tallyOf(fleet);
  const copies = [6, 5, 4, 3, 2, 1, 0].filter((held) => held > 2 || (tally[held] ?? 0) > 0);
  return (
    <table className={styles['tally']}>
      <caption>Copies that answer</caption>
      <tbody>
        {copies.map((held) => (
          <tr key={held} data-none={!tally[held] || undefined} data-held={held}>
            <th scope="row">{`${held} of 6`}</th>
            <td>{numberText(tally[held] ?? 0)}</td>
            <td>{MEANINGS[held]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
