import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useApp, useCommand } from '../hooks/page.ts';
import styles from '../kit/menu.module.css';

/** How time is played and laid out, where the transport has no room for it. */
export const COURSE_TOGGLES = ['guided-pace', 'beats-scale', 'loop'] as const;

/** Commands that are on or off. The menu stays open, so that what was chosen is seen. */
export function ToggleItems({ ids }: { readonly ids: readonly string[] }) {
  return (
    <DropdownMenu.Group>
      {ids.map((id) => (
        <Item key={id} id={id} />
      ))}
    </DropdownMenu.Group>
  );
}

function Item({ id }: { readonly id: string }) {
  const command = useCommand(id);
  useApp((state) => state);
  return (
    <DropdownMenu.CheckboxItem
      className={styles['item']}
      checked={command.pressed?.() ?? false}
      onSelect={(event) => {
        event.preventDefault();
        void command.run();
      }}
    >
      {command.title()}
      <DropdownMenu.ItemIndicator className={styles['check']}>
        <Check aria-hidden="true" />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
  );
}
