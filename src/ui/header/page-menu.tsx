import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { Command } from '../../store/commands.ts';
import { usePage } from '../hooks/page.ts';
import { useArrangement } from '../hooks/use-arrangement.ts';
import { IconButton } from '../kit/button.tsx';
import styles from '../kit/menu.module.css';
import { PauseOnItems } from '../playback/pause-on-items.tsx';
import { COURSE_TOGGLES, ToggleItems } from '../playback/toggle-items.tsx';
import { useScenarioFiles } from './use-scenario-files.ts';

const COMMANDS = ['undo', 'redo', 'switch-back', 'history', 'copy-link', 'print'] as const;
const VIEW_COMMANDS = ['follow', 'as-table', 'legend'] as const;
const PAGE_COMMANDS = ['palette', 'console', 'theme', 'help', 'settings', 'about'] as const;

/** What concerns the whole page. Open from the start: it was asked for before its code was here. */
export function PageMenu() {
  const { commands } = usePage();
  const [open, setOpen] = useState(true);
  // Where the transport has no room for its own menu.
  const arrangement = useArrangement();
  const small = arrangement === 'narrow' || arrangement === 'short';
  const files = useScenarioFiles();
  const named = (ids: readonly string[]): readonly Command[] =>
    ids.flatMap((id) => commands.find((command) => command.id === id) ?? []);
  return (
    <DropdownMenu.Root open={open} onOpenChange={setOpen} modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton id="page-menu" label="Menu" icon={Ellipsis} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('header')}>
        <DropdownMenu.Content className={styles['menu']} align="end" collisionPadding={8}>
          {named(COMMANDS).map((command) => (
            <CommandItem key={command.id} command={command} />
          ))}
          <DropdownMenu.Separator className={styles['line']} />
          {named(['scenario']).map((command) => (
            <CommandItem key={command.id} command={command} />
          ))}
          <DropdownMenu.Item className={styles['item']} onSelect={() => files.open()}>
            Open a scenario file
          </DropdownMenu.Item>
          <DropdownMenu.Item className={styles['item']} onSelect={() => files.save()}>
            Save this run as a file
          </DropdownMenu.Item>
          <DropdownMenu.Separator className={styles['line']} />
          {arrangement === 'narrow'
            ? named(VIEW_COMMANDS).map((command) => (
                <CommandItem key={command.id} command={command} />
              ))
            : null}
          {small ? <ToggleItems ids={COURSE_TOGGLES} /> : null}
          {small ? <DropdownMenu.Separator className={styles['line']} /> : null}
          {small ? <PauseOnItems /> : null}
          {small ? <DropdownMenu.Separator className={styles['line']} /> : null}
          {named(PAGE_COMMANDS).map((command) => (
            <CommandItem key={command.id} command={command} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function CommandItem({ command }: { readonly command: Command }) {
  const enabled = command.enabled();
  return (
    <DropdownMenu.Item
      className={styles['item']}
      aria-disabled={enabled !== true}
      onSelect={() => void command.run()}
    >
      <span>
        {command.title()}
        {enabled === true ? null : <small>{enabled}</small>}
      </span>
      {command.keys[0] ? (
        <span className={styles['keys']} aria-hidden="true">
          {command.keys[0]}
        </span>
      ) : null}
    </DropdownMenu.Item>
  );
}
