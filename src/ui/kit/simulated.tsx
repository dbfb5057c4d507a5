import styles from './simulated.module.css';

/** Says where the numbers of a region come from; one per region is enough. */
export function Simulated() {
  return <small className={styles['tag']}>simulated</small>;
}
