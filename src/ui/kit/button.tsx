import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';

type Kind = 'plain' | 'primary' | 'danger' | 'quiet';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly kind?: Kind;
  readonly icon?: LucideIcon;
  /** Shown at the right, never part of the name. */
  readonly keys?: string | undefined;
  readonly submits?: boolean;
}

/** A button with words. */
export function Button(props: ButtonProps) {
  const { kind = 'plain', icon: Icon, keys, submits, className, children, ...rest } = props;
  return (
    <button
      {...rest}
      type={submits ? 'submit' : 'button'}
      className={classes(styles['button'], styles[kind], className)}
    >
      {Icon ? <Icon className={styles['icon']} aria-hidden="true" /> : null}
      <span>{children}</span>
      {keys ? (
        <span className={styles['keys']} aria-hidden="true">
          {keys}
        </span>
      ) : null}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly kind?: Kind;
  readonly keys?: string | undefined;
}

/** A button that is only an icon: its name is the label, which also shows when pointed at. */
export function IconButton(props: IconButtonProps) {
  const { label, icon: Icon, kind = 'quiet', keys, className, ...rest } = props;
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      className={classes(styles['button'], styles['only-icon'], styles[kind], className)}
    >
      <Icon className={styles['icon']} aria-hidden="true" />
    </button>
  );
}
