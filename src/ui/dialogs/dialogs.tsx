import type { ComponentType } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { DialogName } from '../../store/app-store.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';

const DIALOGS: Readonly<Record<DialogName, ComponentType>> = {
  help: later(async () => (await import('./help.tsx')).Help),
  settings: later(async () => (await import('./settings.tsx')).Settings),
  scenario: later(
    async () => (await import('../scenario-settings/scenario-settings.tsx')).ScenarioSettings,
  ),
  share: later(async () => (await import('./share.tsx')).Share),
  history: later(async () => (await import('./history.tsx')).History),
  about: later(async () => (await import('./about.tsx')).About),
  palette: later(async () => (await import('./palette.tsx')).Palette),
  chart: later(async () => (await import('../inspector/chart/whole-chart.tsx')).WholeChart),
  'raw-link': later(async () => (await import('./raw-link.tsx')).RawLink),
};

/** The dialog that is open, if any; its code comes when it is first asked for. */
export function Dialogs() {
  const { store } = usePage();
  const name = useApp((state) => state.dialog);
  if (!name) return null;
  const Open = DIALOGS[name];
  const giveUp = (): void => {
    const { openDialog, toast } = store.getState();
    openDialog(null);
    toast('This could not be shown. Reload the page and try again.', { tone: 'problem' });
  };
  return (
    <ErrorBoundary key={name} fallback={null} onError={giveUp}>
      <Open />
    </ErrorBoundary>
  );
}
