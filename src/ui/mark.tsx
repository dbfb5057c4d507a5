import styles from './mark.module.css';

const lit = [
  'M35.4 28.0L35.4 2.5L57.4 15.2Z',
  'M37.2 31.1L59.2 18.4L59.2 43.9Z',
  'M33.8 36.9L55.9 49.7L33.8 62.4Z',
  'M30.2 36.9L30.2 62.4L8.1 49.7Z',
];
const unlit = ['M26.8 31.1L4.8 43.9L4.8 18.3Z', 'M28.6 28.0L6.6 15.2L28.6 2.5Z'];

/** Six copies in three zones, four of them lit: the write quorum. */
export function Mark() {
  return (
    <svg className={styles['mark']} viewBox="0 0 64 64" aria-hidden="true">
      <path className={styles['lit']} d={lit.join('')} />
      <path className={styles['unlit']} d={unlit.join('')} />
    </svg>
  );
}
