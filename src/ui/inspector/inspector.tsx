import { lazy, Suspense } from 'react';
import { useApp, useView } from '../hooks/page.ts';
import { NothingSelected } from './nothing-selected.tsx';

const Selected = lazy(async () => ({ default: (await import('./selected.tsx')).Selected }));

/** Everything known of what is selected at this moment; its code comes with the first selection. */
export function Inspector() {
  const view = useView();
  const selection = useApp((state) => state.selection);
  if (!view) return null;
  if (!selection) return <NothingSelected view={view} />;
  return (
    <Suspense fallback={<NothingSelected view={view} />}>
      <Selected view={view} selection={selection} />
    </Suspense>
  );
}
