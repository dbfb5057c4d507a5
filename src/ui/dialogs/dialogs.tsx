import { type ComponentType, lazy, Suspense } from 'react';
import type { DialogName } from '../../store/app-store.ts';
import { useApp } from '../hooks/page.ts';

const DIALOGS: Readonly<Record<DialogName, ComponentType>> = {
  help: lazy(async () => ({ default: (await import('./help.tsx')).Help })),
  settings: lazy(async () => ({ default: (await import('./settings.tsx')).Settings })),
  share: lazy(async () => ({ default: (await import('./share.tsx')).Share })),
  about: lazy(async () => ({ default: (await import('./about.tsx')).About })),
  'raw-link': lazy(async () => ({ default: (await import('./raw-link.tsx')).RawLink })),
};

/** The dialog that is open, if any; its code comes when it is first asked for. */
export function Dialogs() {
  const name = useApp((state) => state.dialog);
  if (!name) return null;
  const Open = DIALOGS[name];
  return (
    <Suspense>
      <Open />
    </Suspense>
  );
}
