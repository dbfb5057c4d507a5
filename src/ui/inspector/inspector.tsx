import { useApp, useView } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';
import { NothingSelected } from './nothing-selected.tsx';

const Selected = later(async () => (await import('./selected.tsx')).Selected, NothingSelected);

/** Everything known of what is selected at this moment; its code comes with the first selection. */
export function Inspector() {
  const view = useView();
  const selection = useApp((state) => state.selection);
  if (!view) return null;
  if (!selection) return <NothingSelected view={view} />;
  return <Selected view={view} selection={selection} />;
}
