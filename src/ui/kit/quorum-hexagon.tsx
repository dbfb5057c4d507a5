import type { GroupView } from '../../protocol/view.ts';
import { type HexagonShape, outlinePath, sectorPath } from '../../scene/hexagon.ts';
import styles from './quorum-hexagon.module.css';

const SHAPE: HexagonShape = { r: 25, hole: 0.45, gap: 2, pairGap: 5 };

/** Six copies of one group's newest record: sectors fill as acknowledgements land, the outline seals. */
export function QuorumHexagon({ group: { segments, meter } }: { readonly group: GroupView }) {
  const state = (slot: string): string =>
    meter?.slots.find((each) => each.slot === slot)?.state ?? 'missing';
  return (
    <svg className={styles['hexagon']} viewBox="-32 -32 64 64" aria-hidden="true">
      <path
        className={styles['outline']}
        d={outlinePath(30)}
        data-sealed={meter?.durable || undefined}
      />
      {segments.map(({ slot }) => (
        <path key={slot} d={sectorPath(slot, SHAPE)} className={styles[state(slot)]} />
      ))}
      <text y="6" textAnchor="middle">
        {meter?.acked ?? 0}
      </text>
    </svg>
  );
}
