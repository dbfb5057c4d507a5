import { grouped, span } from '../protocol/narration/words.ts';
import type { Pattern } from './condition.ts';
import type { Figure, Step } from './step.ts';
import { fieldOf, type Met, valueAt, type Watch } from './watch.ts';

/** What has to be watched for the figures of a step. */
export const figurePatterns = ({ figures = {} }: Step): readonly Pattern[] =>
  Object.values(figures).flatMap((figure) =>
    'from' in figure ? [figure.from, figure.to] : [figure.of],
  );

/** What the run tells for each `{name}` of a step; a name without a value when nothing told it yet. */
export function figuresOf({ figures = {} }: Step, watch: Watch): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  for (const [name, figure] of Object.entries(figures)) {
    const text = textOf(figure, watch);
    if (text !== null) told.set(name, text);
  }
  return told;
}

function textOf(figure: Figure, watch: Watch): string | null {
  if ('from' in figure) return spanBetween(metOf(watch, figure.from), metOf(watch, figure.to));
  const met = metOf(watch, figure.of);
  if (!met) return null;
  if ('count' in figure) return grouped(met.count);
  if ('rank' in figure) {
    const value = valueAt(met, figure.field, figure.rank);
    return value === undefined ? null : span(value);
  }
  const note = figure.which === 'first' ? met.first : met.last;
  const value = note === null ? undefined : fieldOf(note, figure.field);
  if (typeof value === 'number')
    return figure.as === 'duration' ? span(value) : plain(value, figure);
  return typeof value === 'string' ? value : null;
}

const metOf = (watch: Watch, pattern: Pattern): Met | undefined =>
  watch.find((met) => met.pattern === pattern);

const spanBetween = (from: Met | undefined, to: Met | undefined): string | null =>
  from?.first && to?.last ? span(to.lastUs - from.firstUs) : null;

/** Names such as LSNs have no separators; quantities have. */
const plain = (value: number, figure: Figure): string =>
  'as' in figure && figure.as === 'name' ? `${value}` : grouped(value);
