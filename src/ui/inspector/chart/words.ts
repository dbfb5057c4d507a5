import type { Sender } from '../../../protocol/chart-senders.ts';
import { nameIn } from '../../../protocol/narration/words.ts';
import { type ChartState, type ChartView, statesOf } from '../../../protocol/view-chart.ts';
import { plainName } from '../../../scene/chart/words.ts';
import { plural } from '../../../scene/words.ts';
import { clockText } from '../../../store/clock-text.ts';
import type { Last } from './happened.ts';

/** Who sends events to an actor, as a heading; told in this order. */
export const SENDERS: Readonly<Record<Sender, string>> = {
  person: 'A person',
  clock: 'Its own clock',
  self: 'Itself',
  segment: 'Segments',
  instance: 'Instances',
  node: 'Its storage node',
  client: 'Clients',
  control: 'The control plane',
  application: 'The application',
  store: 'The object store',
  restored: 'The restored volume',
};

const nameOf = (path: string): string => plainName(path.slice(path.lastIndexOf('.') + 1));

/** Where it stands as paths from the outermost state inwards: one for each region. */
export function statePaths({ active }: ChartView): readonly (readonly string[])[] {
  const innermost = active.filter((path) => !active.some((other) => other.startsWith(`${path}.`)));
  return innermost.map((path) => path.split('.').map(plainName));
}

/** One state, whether it is lit, and where each event leads from there. */
export function stateSentence({ chart, active }: ChartView, path: string): string {
  const state = statesOf(chart).find((each) => each.path === path);
  if (!state) return '';
  const lit = active.includes(path) ? ', where it stands now' : '';
  return `${plainName(state.name)}${lit}: ${movesText(state)}.`;
}

function movesText({ moves, states }: ChartState): string {
  const leads = moves.flatMap(({ event, to, guarded }) =>
    to === null ? [] : [`${plainName(event)} ${guarded ? 'may lead' : 'leads'} to ${nameOf(to)}`],
  );
  const stays = new Set(moves.filter(({ to }) => to === null).map(({ event }) => event)).size;
  return [
    ...leads,
    ...(stays > 0 ? [`${plural(stays, 'event')} taken without leaving`] : []),
    ...(states.length > 0 ? [`${plural(states.length, 'state')} inside`] : []),
    ...(moves.length === 0 && states.length === 0 ? ['takes nothing'] : []),
  ].join('; ');
}

/** What came last, from whom, and whether it moved anything. */
export function lastSentence({ happening, taken }: Last, writer: string): string {
  const { flight, timeUs } = happening;
  const by =
    flight.timer !== null || flight.from === flight.to
      ? ''
      : ` from ${flight.from === 'outside' ? 'a person' : nameIn(flight.from, writer)}`;
  const moved = taken ? `${nameOf(taken.from)} → ${nameOf(taken.to)}` : 'taken without leaving';
  return `${plainName(flight.type)}${by} at ${clockText(timeUs)}: ${moved}`;
}
