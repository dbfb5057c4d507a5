import { hexagonMark } from '../scene/hexagon.ts';
import styles from './mark.module.css';

const { lit, unlit, viewBox } = hexagonMark(['a', 'b', 'c', 'd']);

/** Six copies in three zones, four of them lit: the write quorum. */
export function Mark() {
  return (
    <svg className={styles['mark']} viewBox={viewBox} aria-hidden="true">
      <path className={styles['lit']} d={lit.join('')} />
      <path className={styles['unlit']} d={unlit.join('')} />
    </svg>
  );
}
