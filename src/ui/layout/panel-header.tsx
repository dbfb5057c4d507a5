import type { ReactNode } from 'react';
import styles from './panel-header.module.css';

interface PanelHeaderProps {
  readonly title: string;
  readonly children?: ReactNode;
}

/** The first row of a panel; all panels' first rows stand on one line across the page. */
export function PanelHeader({ title, children }: PanelHeaderProps) {
  return (
    <div className={styles['header']}>
      <h2 className={styles['title']}>{title}</h2>
      {children}
    </div>
  );
}
