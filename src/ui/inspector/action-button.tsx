import { foreseeable } from '../foresight/foreseeable.ts';
import { useForesight } from '../foresight/use-foresight.ts';
import { usePerform } from '../hooks/use-perform.ts';
import { Button } from '../kit/button.tsx';
import type { Action } from '../power-action.ts';

/** How much a button of an action stands out. */
export const KINDS = {
  ...({ Fault: 'danger', Heal: 'primary', Change: 'plain' } as const),
  ...({ Workload: 'plain', Inspect: 'plain' } as const),
};

interface ActionButtonProps {
  readonly action: Action;
  readonly kind?: (typeof KINDS)[keyof typeof KINDS];
}

/** Does an action; pointed at or gone to, it says what that would do, or else what it is for. */
export function ActionButton({ action, kind = 'plain' }: ActionButtonProps) {
  const perform = usePerform();
  const act = foreseeable(action);
  const asking = useForesight(act);
  const { blocked, says, label, short, keys } = action;
  return (
    <Button
      kind={kind}
      keys={keys}
      title={act ? undefined : (blocked ?? says ?? label)}
      aria-disabled={blocked !== undefined}
      onClick={() => perform(action)}
      {...asking}
    >
      {short ?? label}
    </Button>
  );
}
