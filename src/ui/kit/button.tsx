import type { LucideIcon } from 'lucide-react';
import { type ComponentProps, memo } from 'react';
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

/** An icon is the same whatever its button says: it is not built again with every step of the run. */
const Still = memo(function Still({ icon: Icon }: { readonly icon: LucideIcon }) {
  return <Icon className={styles['icon']} aria-hidden="true" />;
});

/** A button with words. */
export function Button(props: ButtonProps) {
  const { kind = 'plain', icon, keys, submits, className, children, ...rest } = props;
  return (
    <button
      {...rest}
      type={submits ? 'submit' : 'button'}
      className={classes(styles['button'], styles[kind], className)}
    >
      {icon ? <Still icon={icon} /> : null}
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
  const { label, icon, kind = 'quiet', keys, className, ...rest } = props;
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      className={classes(styles['button'], styles['only-icon'], styles[kind], className)}
    >
      <Still icon={icon} />
    </button>
  );
}
