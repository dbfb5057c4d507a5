import styles from './mark.module.css';

const lit = [
  'M35.2 28.9L35.2 3.5L57.2 16.2Z',
  'M36.3 30.8L58.3 18.1L58.3 43.5Z',
  'M33.1 36.3L55.1 49.0L33.1 61.7Z',
  'M30.9 36.3L30.9 61.7L8.9 49.0Z',
];
const unlit = ['M27.7 30.8L5.7 43.5L5.7 18.1Z', 'M28.8 28.9L6.8 16.2L28.8 3.5Z'];

/** Six copies in three zones, four of them lit: the write quorum. */
export function Mark() {
  return (
    <svg className={styles['mark']} viewBox="0 0 64 64" aria-hidden="true">
      <path className={styles['lit']} d={lit.join('')} />
      <path className={styles['unlit']} d={unlit.join('')} />
    </svg>
  );
}
