import type { Command, CommandGroup } from '../../store/commands.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { Dialog } from './dialog.tsx';
import styles from './help.module.css';

const GROUPS: readonly CommandGroup[] = [
  'Time',
  'Workload',
  'Fault',
  'Inspect',
  'Story',
  'Copy',
  'Page',
];

/** Every key there is, read from the registry that the keys themselves read. */
export function Help() {
  const { commands } = usePage();
  const singleKeys = useApp((state) => state.settings.singleKeys);
  return (
    <Dialog title="Keyboard help" wide>
      {singleKeys ? null : (
        <p>Single keys are switched off in Settings: only keys with Ctrl, F6 and Esc work.</p>
      )}
      <div className={styles['groups']}>
        {GROUPS.map((group) => (
          <Group key={group} name={group} commands={commands.filter((c) => c.group === group)} />
        ))}
      </div>
      <p className={styles['note']}>
        On the stage: arrows move between things, Enter selects, Home and End go to the ends of a
        row. Single keys do nothing while you type.
      </p>
    </Dialog>
  );
}

interface GroupProps {
  readonly name: string;
  readonly commands: readonly Command[];
}

function Group({ name, commands }: GroupProps) {
  return (
    <section className={styles['group']}>
      <h3>{name}</h3>
      <dl>
        {commands.filter(isThere).map((command) => (
          <div key={command.id}>
            <dt>{command.title()}</dt>
            <dd>
              {[...command.keys, ...(command.stageKeys ?? [])].map((keys) => (
                <kbd key={keys}>{keys}</kbd>
              ))}
              {hasKeys(command) ? null : <span>palette</span>}
              {(command.timelineKeys ?? []).map((keys) => (
                <span key={keys}>
                  <kbd>{keys.replace('Arrow', '')}</kbd> on the timeline
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What has none is found in the palette. */
const hasKeys = ({ keys, stageKeys = [], timelineKeys = [] }: Command): boolean =>
  keys.length + stageKeys.length + timelineKeys.length > 0;

/** Keys of groups that this volume does not have would only fill the page. */
const isThere = ({ id, enabled }: Command): boolean =>
  !id.startsWith('focus-group-') || enabled() === true;
