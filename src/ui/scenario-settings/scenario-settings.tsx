import { type ReactNode, type SyntheticEvent, useRef, useState } from 'react';
import type { ClusterConfig } from '../../protocol/config.ts';
import { presetConfig, reconfigured } from '../../scenario/reconfigured.ts';
import { plural } from '../../scene/words.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { BrokenRules } from './broken-rules.tsx';
import { type Draft, Field } from './fields.tsx';
import styles from './scenario-settings.module.css';
import { SWITCH_GROUPS } from './switch-groups.ts';
import { type AnySwitch, type NumberSwitch, readNumber } from './switches.ts';

const NO_PROBLEMS: Draft['problems'] = new Map();

/** Every switch of the scenario. What is applied begins the run anew, with the same seed and acts. */
export function ScenarioSettings() {
  const { player, store } = usePage();
  const form = useRef<HTMLFormElement>(null);
  const preset = presetConfig(player.run());
  const [draft, setDraft] = useState<Draft>(() => ({
    config: player.run().scenario.config,
    problems: NO_PROBLEMS,
  }));
  const [refusal, setRefusal] = useState('');
  const write = (config: ClusterConfig): void => setDraft((old) => ({ ...old, config }));
  const typed = (one: NumberSwitch, text: string): void =>
    setDraft((old) => withText(old, one, text));

  const apply = (event: SyntheticEvent): void => {
    event.preventDefault();
    const [wrong] = draft.problems.keys();
    if (wrong !== undefined) {
      setRefusal('One of the numbers is not possible.');
      showField(form.current, wrong);
      return;
    }
    const result = reconfigured(player.run(), draft.config);
    if (!result.ok) {
      setRefusal(result.problem);
      return;
    }
    const plays = player.state() === 'playing';
    player.beginAnew(result.value.value);
    if (plays) player.play();
    store.getState().openDialog(null);
    store.getState().toast('The run begins anew with these settings', { action: 'undo' });
  };

  return (
    <Dialog title="Scenario settings" wide>
      <form ref={form} className={styles['form']} onSubmit={apply}>
        <p className={styles['intro']}>
          “{player.run().scenario.title}” under other conditions: the same seed and the same acts,
          from the beginning. Links and files carry what you change.
        </p>
        {SWITCH_GROUPS.map(({ title, switches }, index) => (
          <Group
            key={title}
            title={title}
            changed={changedIn(switches, draft, preset)}
            open={index === 0}
          >
            {switches.map((one) => (
              <Field key={one.id} {...{ one, draft, preset }} onWrite={write} onText={typed} />
            ))}
          </Group>
        ))}
        <Group title="Break a rule on purpose" changed={draft.config.mutations.length} open={false}>
          <BrokenRules draft={draft} onWrite={write} />
        </Group>
        <Actions
          refusal={refusal}
          onReset={() => setDraft({ config: preset, problems: NO_PROBLEMS })}
        />
      </form>
    </Dialog>
  );
}

/** The draft with what a text means, or with the text as a problem. */
function withText({ config, problems }: Draft, one: NumberSwitch, text: string): Draft {
  const read = readNumber(one, text);
  const others = new Map(problems);
  others.delete(one.id);
  if ('value' in read) return { config: one.write(config, read.value), problems: others };
  return { config, problems: others.set(one.id, { text, problem: read.problem }) };
}

/** Opens the group of a field that is wrong and puts the caret into it. */
function showField(form: HTMLFormElement | null, id: string): void {
  const field = form?.querySelector<HTMLInputElement>(`[data-switch="${id}"]`);
  const group = field?.closest('details');
  if (group) group.open = true;
  field?.focus();
}

const changedIn = (
  switches: readonly AnySwitch[],
  { config, problems }: Draft,
  preset: ClusterConfig,
): number =>
  switches.filter((one) => one.read(config) !== one.read(preset) || problems.has(one.id)).length;

interface GroupProps {
  readonly title: string;
  readonly changed: number;
  /** Whether it is open at first. */
  readonly open: boolean;
  readonly children: ReactNode;
}

function Group({ title, changed, open, children }: GroupProps) {
  // Given once: from then on it is the person's.
  const [first] = useState(open || changed > 0);
  return (
    <details className={styles['group']} open={first}>
      <summary>
        {title}
        {changed > 0 ? <span>{plural(changed, 'change')}</span> : null}
      </summary>
      <div className={styles['fields']}>{children}</div>
    </details>
  );
}

function Actions({ refusal, onReset }: { readonly refusal: string; onReset(): void }) {
  return (
    <div className={styles['actions']}>
      <p role="alert" className={styles['refusal']}>
        {refusal}
      </p>
      <Button onClick={onReset}>Back to the preset</Button>
      <Button kind="primary" submits>
        Apply and begin anew
      </Button>
    </div>
  );
}
