import styles from './app.module.css';
import { Mark } from './mark.tsx';

export function App() {
  return (
    <>
      <header className={styles['header']}>
        <Mark />
        <h1 className={styles['name']}>Redoscope</h1>
      </header>
      <main />
    </>
  );
}
