import { Keyboard, Moon, Redo2, Share2, Sun, SunMoon, Undo2 } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useApp, useCommand, useSummary } from '../hooks/page.ts';
import { useMedia } from '../hooks/use-media.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { CommandButton } from '../kit/command-button.tsx';
import { Mark } from '../mark.tsx';
import styles from './header.module.css';
import { PageMenu } from './page-menu-loader.tsx';
import { ScenarioPicker } from './scenario-picker.tsx';
import { SeedField } from './seed-field.tsx';

const THEME_ICONS = { system: SunMoon, light: Sun, dark: Moon } as const;

/** The title, the run and what concerns the whole page. */
export function Header() {
  const roomy = useMedia('(min-width: 900px)');
  const tiny = useMedia('(max-width: 479px)');
  const share = useCommand('share');
  return (
    <header className={styles['header']} id="header" tabIndex={-1}>
      <SkipLink region="stage" />
      <SkipLink region="playback" />
      <Mark />
      <h1 className={styles['name']}>Redoscope</h1>
      <ScenarioPicker />
      {roomy ? <SeedField /> : null}
      <span className={styles['space']} />
      {tiny ? null : <UndoRedo />}
      {roomy ? <CommandButton id="help" icon={Keyboard} /> : null}
      {roomy ? <ThemeButton /> : null}
      {tiny ? (
        <IconButton label="Share" icon={Share2} onClick={() => void share.run()} />
      ) : (
        <Button icon={Share2} onClick={() => void share.run()}>
          Share
        </Button>
      )}
      <PageMenu />
    </header>
  );
}

/**
 * Moves the focus by itself: the address's fragment belongs to the run, and "#stage" is none. On the
 * stage it lands among the nodes, where arrows go on.
 */
function SkipLink({ region }: { readonly region: 'stage' | 'playback' }) {
  const skip = (event: MouseEvent): void => {
    event.preventDefault();
    const found = document.getElementById(region);
    (found?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]') ?? found)?.focus();
  };
  return (
    <a className={styles['skip']} href={`#${region}`} onClick={skip}>
      Skip to {region}
    </a>
  );
}

function UndoRedo() {
  useSummary((summary) => summary.interventions);
  return (
    <>
      <CommandButton id="undo" icon={Undo2} />
      <CommandButton id="redo" icon={Redo2} />
    </>
  );
}

function ThemeButton() {
  const theme = useApp((state) => state.settings.theme);
  const command = useCommand('theme');
  return (
    <IconButton
      icon={THEME_ICONS[theme]}
      label={command.title()}
      onClick={() => void command.run()}
    />
  );
}
