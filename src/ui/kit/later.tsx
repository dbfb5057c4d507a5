import { type ComponentType, useSyncExternalStore } from 'react';

/**
 * A component whose code comes when it is first shown; `Meanwhile` stands in its place until then.
 * React's own `lazy` gives way to every other update once its code is there, and on a slow machine
 * a run that plays never stops updating: what was asked for would never appear.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  Meanwhile: ComponentType<P> = () => null,
): ComponentType<P> {
  let current = Meanwhile;
  let asked = false;
  const listeners = new Set<() => void>();
  const arrive = (component: ComponentType<P>): void => {
    current = component;
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    if (!asked) {
      asked = true;
      // Thrown where it would have been shown, a failure reaches the boundary of its region.
      load().then(arrive, (error: unknown) =>
        arrive(() => {
          throw error;
        }),
      );
    }
    return () => listeners.delete(listener);
  };
  return function Later(props: P) {
    const Current = useSyncExternalStore(subscribe, () => current);
    return <Current {...props} />;
  };
}
