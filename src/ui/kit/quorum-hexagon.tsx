import type { GroupView } from '../../protocol/view.ts';
import { type HexagonShape, outlinePath, sectorPath, sideOf } from '../../scene/hexagon.ts';
import { classes } from './classes.ts';
import styles from './quorum-hexagon.module.css';

const SHAPE: HexagonShape = { r: 25, hole: 0.45, gap: 2, pairGap: 5 };

/** A copy that is to take a place: a small one outside, beside the sector it is for. */
function Newcomer({ slot, state }: { readonly slot: string; readonly state: string }) {
  const [a, b] = sideOf(slot, 31);
  const at = { cx: (a.x + b.x) / 2, cy: (a.y + b.y) / 2 };
  return <circle {...at} r="5" className={classes(styles['newcomer'], styles[state])} />;
}

/** Six copies of one group's newest record: sectors fill as acknowledgements land, the outline seals. */
export function QuorumHexagon({ group: { places, meter } }: { readonly group: GroupView }) {
  const state = (member: string): string =>
    meter?.slots.find((each) => each.member === member)?.state ?? 'missing';
  return (
    <svg className={styles['hexagon']} viewBox="-34 -34 68 68" aria-hidden="true">
      <path
        className={styles['outline']}
        d={outlinePath(30)}
        data-sealed={meter?.durable || undefined}
      />
      {places.map(({ slot, member, struck, replacement }) => (
        <path
          key={slot}
          d={sectorPath(slot, SHAPE)}
          className={styles[struck ? 'struck' : state(member)]}
          data-leaving={replacement !== null || undefined}
        />
      ))}
      {places.map(({ slot, replacement }) =>
        replacement ? (
          <Newcomer key={replacement.member} slot={slot} state={state(replacement.member)} />
        ) : null,
      )}
      <text y="6" textAnchor="middle">
        {meter?.acked ?? 0}
      </text>
    </svg>
  );
}
