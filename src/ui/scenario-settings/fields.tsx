import { useId } from 'react';
import type { ClusterConfig } from '../../protocol/config.ts';
import styles from './fields.module.css';
import { Option } from './option.tsx';
import type { AnySwitch, ChoiceSwitch, NumberSwitch, ToggleSwitch } from './switches.ts';

/** What a dialog is about to apply. */
export interface Draft {
  readonly config: ClusterConfig;
  /** Texts that mean no number, as they were typed, and what they should be. */
  readonly problems: ReadonlyMap<string, { readonly text: string; readonly problem: string }>;
}

interface FieldProps<S extends AnySwitch> {
  readonly one: S;
  readonly draft: Draft;
  /** The configuration of the preset: what is different from it is marked. */
  readonly preset: ClusterConfig;
  onWrite(config: ClusterConfig): void;
  onText(one: NumberSwitch, text: string): void;
}

/** One setting with its sentence. */
export function Field({ one, ...props }: FieldProps<AnySwitch>) {
  switch (one.kind) {
    case 'number':
      return <NumberField one={one} {...props} />;
    case 'toggle':
      return <ToggleField one={one} {...props} />;
    case 'choice':
      return <ChoiceField one={one} {...props} />;
  }
}

const shown = (value: number): string => String(value);

function NumberField({ one, draft, preset, onText }: FieldProps<NumberSwitch>) {
  const id = useId();
  const wrong = draft.problems.get(one.id);
  const was = one.read(preset);
  const value = one.read(draft.config);
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>
        {one.label}
        {one.unit ? <span className={styles['unit']}>, {one.unit}</span> : null}
      </label>
      <input
        id={id}
        data-switch={one.id}
        inputMode="decimal"
        autoComplete="off"
        value={wrong?.text ?? shown(value)}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-says`}
        onChange={({ target }) => onText(one, target.value)}
      />
      <p id={`${id}-says`} className={styles['says']}>
        {wrong ? <strong>{wrong.problem} </strong> : null}
        {one.says}
        {value === was && !wrong ? null : <em> Preset: {shown(was)}.</em>}
      </p>
    </div>
  );
}

function ToggleField({ one, draft, preset, onWrite }: FieldProps<ToggleSwitch>) {
  const on = one.read(draft.config);
  return (
    <Option label={one.label} on={on} onChange={(next) => onWrite(one.write(draft.config, next))}>
      {one.says}
      {on === one.read(preset) ? null : <em> Preset: {on ? 'off' : 'on'}.</em>}
    </Option>
  );
}

function ChoiceField({ one, draft, preset, onWrite }: FieldProps<ChoiceSwitch>) {
  const id = useId();
  const chosen = one.read(draft.config);
  return (
    <fieldset className={styles['choice']} aria-describedby={`${id}-says`}>
      <legend>{one.label}</legend>
      <p id={`${id}-says`} className={styles['says']}>
        {one.says}
      </p>
      {one.options.map(({ value, label, says }) => (
        <div key={value} className={styles['option']}>
          <input
            id={`${id}-${value}`}
            type="radio"
            name={id}
            checked={value === chosen}
            aria-describedby={`${id}-${value}-says`}
            onChange={() => onWrite(one.write(draft.config, value))}
          />
          <label htmlFor={`${id}-${value}`}>{label}</label>
          <p id={`${id}-${value}-says`} className={styles['says']}>
            {says}
            {value === one.read(preset) && value !== chosen ? <em> Preset.</em> : null}
          </p>
        </div>
      ))}
    </fieldset>
  );
}
