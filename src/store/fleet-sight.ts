import { SCALES } from '../history/fleet-scales.ts';
import type { LinkUi } from '../scenario/link.ts';
import { FLEET_FORMS, type FleetSight, INITIAL_FLEET_SIGHT } from './slices/look.ts';

/** How a link wants the fleet to be looked at, and one sentence for each wish that cannot be met. */
export function readFleetSight(ui: LinkUi): {
  readonly sight: FleetSight;
  readonly adjusted: readonly string[];
} {
  const { fleet, form } = ui;
  const scale = SCALES.find(({ groups }) => groups === fleet)?.groups;
  const known = FLEET_FORMS.find((each) => each === form);
  const adjusted = [
    ...(fleet === undefined || scale !== undefined
      ? []
      : ['The link asks for a size of the fleet that there is not: it shows that of the run.']),
    ...(form === undefined || known !== undefined
      ? []
      : ['The link asks for a form of the fleet that there is not: it shows the honeycomb.']),
  ];
  const { scale: usualScale, form: usualForm } = INITIAL_FLEET_SIGHT;
  return { sight: { scale: scale ?? usualScale, form: known ?? usualForm }, adjusted };
}
