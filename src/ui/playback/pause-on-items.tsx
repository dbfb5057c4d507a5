import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useApp, usePage } from '../hooks/page.ts';
import styles from '../kit/menu.module.css';

/** "Pause on any failure", under a heading that says the first two words. */
const momentOf = (title: string): string => {
  const moment = title.replace('Pause on ', '');
  return moment.charAt(0).toUpperCase() + moment.slice(1);
};

/** The moments of the registry, each on or off. The menu stays open: one seldom wants only one. */
export function PauseOnItems() {
  const { commands } = usePage();
  useApp((state) => state.pauseOn);
  const moments = commands.filter(({ id }) => id.startsWith('pause-on-'));
  return (
    <DropdownMenu.Group>
      <DropdownMenu.Label className={styles['label']}>Pause on</DropdownMenu.Label>
      {moments.map((command) => (
        <DropdownMenu.CheckboxItem
          key={command.id}
          className={styles['item']}
          checked={command.pressed?.() ?? false}
          onSelect={(event) => {
            event.preventDefault();
            void command.run();
          }}
        >
          {momentOf(command.title())}
          <DropdownMenu.ItemIndicator className={styles['check']}>
            <Check aria-hidden="true" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.CheckboxItem>
      ))}
    </DropdownMenu.Group>
  );
}
