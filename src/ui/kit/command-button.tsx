import type { LucideIcon } from 'lucide-react';
import { useApp, useCommand, useSummary } from '../hooks/page.ts';
import { IconButton } from './button.tsx';

interface CommandButtonProps {
  readonly id: string;
  readonly icon: LucideIcon;
}

/** A command of the registry as an icon: name, keys and state are the registry's. */
export function CommandButton({ id, icon }: CommandButtonProps) {
  const command = useCommand(id);
  // Whether it can run, and whether it is on, depends on the run and on settings: look again whenever they change.
  useSummary((summary) => summary);
  useApp((state) => state.settings);
  const enabled = command.enabled();
  const title = command.title();
  return (
    <IconButton
      icon={icon}
      label={title}
      keys={command.keys[0]}
      aria-pressed={command.pressed?.()}
      aria-disabled={enabled !== true}
      onClick={() => void command.run()}
    />
  );
}
