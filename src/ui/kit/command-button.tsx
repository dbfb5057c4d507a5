import type { LucideIcon } from 'lucide-react';
import { useCommand, useSummary } from '../hooks/page.ts';
import { IconButton } from './button.tsx';

interface CommandButtonProps {
  readonly id: string;
  readonly icon: LucideIcon;
}

/** A command of the registry as an icon: name, keys and state are the registry's. */
export function CommandButton({ id, icon }: CommandButtonProps) {
  const command = useCommand(id);
  // Whether it can run depends on the run: look again whenever the run has moved.
  useSummary((summary) => summary);
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
