import { DropdownMenu } from 'radix-ui';
import { Fragment } from 'react';
import type { Selection } from '../../store/app-store.ts';
import { actionsFor } from '../actions.ts';
import { foreseeable } from '../foresight/foreseeable.ts';
import { MenuForesight } from '../foresight/menu-foresight.tsx';
import { useForesight } from '../foresight/use-foresight.ts';
import { useCommand, usePage, useView } from '../hooks/page.ts';
import { usePerform } from '../hooks/use-perform.ts';
import { factsOf } from '../inspector/facts.ts';
import styles from '../kit/menu.module.css';
import type { Action, ActionGroup } from '../power-action.ts';

const GROUPS: readonly ActionGroup[] = ['Workload', 'Fault', 'Heal', 'Change', 'Inspect'];

/** The button over the drawing, found by its id; without one, the middle of the page. */
const targetButton = ({ id }: Selection): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-target="${CSS.escape(id)}"]`);

/** Everything that can be done to one thing, beside that thing. */
export function ActionMenu({ subject }: { readonly subject: Selection }) {
  const { store } = usePage();
  const view = useView();
  const perform = usePerform();
  const copyLink = useCommand('copy-link');
  const box = targetButton(subject)?.getBoundingClientRect();
  if (!view) return null;
  const actions = actionsFor(view, subject);
  const chart = factsOf(view, subject)?.chart ?? null;
  const choose = (action: Action): void => {
    store.getState().select(subject);
    perform(action);
  };
  return (
    <DropdownMenu.Root
      open
      modal={false}
      onOpenChange={(open) => {
        if (!open) store.getState().openMenu(null);
      }}
    >
      <DropdownMenu.Trigger asChild>
        <span
          aria-hidden="true"
          style={{
            position: 'fixed',
            insetInlineStart: box ? box.left : innerWidth / 2,
            insetBlockStart: box ? box.top : innerHeight / 2,
            inlineSize: box?.width ?? 0,
            blockSize: box?.height ?? 0,
            pointerEvents: 'none',
          }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById('stage')}>
        <DropdownMenu.Content
          className={styles['menu']}
          side="right"
          align="start"
          collisionPadding={8}
          aria-label={`Actions for ${subject.id}`}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            targetButton(subject)?.focus();
          }}
        >
          {GROUPS.map((group) => {
            // What has a key is wanted most.
            const own = actions
              .filter((action) => action.group === group)
              .toSorted((a, b) => Number(!a.keys) - Number(!b.keys));
            return own.length === 0 ? null : (
              <Fragment key={group}>
                <DropdownMenu.Label className={styles['label']}>{group}</DropdownMenu.Label>
                {own.map((action) => (
                  <Item key={action.id} action={action} choose={choose} />
                ))}
              </Fragment>
            );
          })}
          <DropdownMenu.Separator className={styles['line']} />
          <DropdownMenu.Item
            className={styles['item']}
            onSelect={() => store.getState().select(subject)}
          >
            Show in the inspector
          </DropdownMenu.Item>
          {chart ? (
            <DropdownMenu.Item
              className={styles['item']}
              onSelect={() => store.getState().askChart(subject)}
            >
              <span>
                Show its statechart
                <small>Now: {chart}</small>
              </span>
            </DropdownMenu.Item>
          ) : null}
          <DropdownMenu.Item className={styles['item']} onSelect={() => void copyLink.run()}>
            {copyLink.title()}
            <span className={styles['keys']} aria-hidden="true">
              {copyLink.keys[0]}
            </span>
          </DropdownMenu.Item>
          <MenuForesight
            first={actions.find((action) => foreseeable(action) !== null)}
            all={actions}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  readonly action: Action;
  choose(action: Action): void;
}

/** What cannot be done now can still be reached, and says why. */
function Item({ action, choose }: ItemProps) {
  const { label, keys, blocked, says } = action;
  const asking = useForesight(foreseeable(action), 'menu');
  return (
    <DropdownMenu.Item
      className={styles['item']}
      aria-disabled={blocked !== undefined}
      {...asking}
      onSelect={(event) => {
        if (blocked) event.preventDefault();
        else choose(action);
      }}
    >
      <span>
        {label}
        {blocked || says ? <small>{blocked ?? says}</small> : null}
      </span>
      {keys ? (
        <span className={styles['keys']} aria-hidden="true">
          {keys}
        </span>
      ) : null}
    </DropdownMenu.Item>
  );
}
