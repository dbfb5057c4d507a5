import { type ReactNode, useId } from 'react';
import styles from './fields.module.css';

interface OptionProps {
  readonly label: string;
  readonly on: boolean;
  /** Its sentence. */
  readonly children: ReactNode;
  onChange(on: boolean): void;
}

/** Something that is on or off, with its sentence. */
export function Option({ label, on, children, onChange }: OptionProps) {
  const id = useId();
  return (
    <div className={styles['option']}>
      <input
        id={id}
        type="checkbox"
        checked={on}
        aria-describedby={`${id}-says`}
        onChange={({ target }) => onChange(target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-says`} className={styles['says']}>
        {children}
      </p>
    </div>
  );
}
