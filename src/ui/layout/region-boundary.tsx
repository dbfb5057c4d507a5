import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import styles from './region-boundary.module.css';

interface RegionBoundaryProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** Keeps one region's failure to itself: the rest of the page goes on. */
export function RegionBoundary({ name, children }: RegionBoundaryProps) {
  const { player } = usePage();
  return (
    <ErrorBoundary
      fallbackRender={({ error, resetErrorBoundary }) => (
        <div className={styles['card']} role="alert">
          <p className={styles['title']}>{name} could not be shown. This is our bug.</p>
          <p className={styles['why']}>{error instanceof Error ? error.message : String(error)}</p>
          <div className={styles['actions']}>
            <Button icon={RotateCcw} onClick={resetErrorBoundary}>
              Show it again
            </Button>
            <Button
              onClick={() => {
                player.step('event', -1);
                resetErrorBoundary();
              }}
            >
              Step back
            </Button>
          </div>
        </div>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
