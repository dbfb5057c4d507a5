import { area, curveLinear, curveStepAfter, line, type ScaleLinear } from 'd3';
import type { Mark, Mark2, Mark3, Panel } from './plot.ts';

type Scale = ScaleLinear<number, number>;

/** Dots and bars that are many are drawn finer. */
const MANY_DOTS = 120;
const THIN_PX = 3;

/** Whether a mark has so many points, or so narrow bars, that it is drawn finer. */
export const isDense = ({ kind, points }: Mark, barPx: number): boolean =>
  kind === 'dots' ? points.length > MANY_DOTS : barPx < THIN_PX;

/** A mark as an SVG path, against the axes. Round line ends make dots of lines without length. */
export function pathOf(mark: Mark, x: Scale, y: Scale, barPx: number): string {
  switch (mark.kind) {
    case 'line': {
      const path = line<Mark2>(
        ([timeUs]) => x(timeUs),
        ([, value]) => y(value),
      );
      return path.curve(mark.stepped ? curveStepAfter : curveLinear)(mark.points) ?? '';
    }
    case 'area': {
      const path = area<Mark3>(
        ([timeUs]) => x(timeUs),
        ([, from]) => y(from),
        ([, , to]) => y(to),
      );
      return path.curve(mark.stepped ? curveStepAfter : curveLinear)(mark.points) ?? '';
    }
    case 'dots':
      // A line without length, round at its ends, is a dot.
      return mark.points.map(([timeUs, value]) => `M${px(x(timeUs))} ${px(y(value))}h0`).join('');
    case 'rings':
      return mark.points
        .map(
          ([timeUs, value]) => `M${px(x(timeUs) - 3)} ${px(y(value))}a3 3 0 1 0 6 0a3 3 0 1 0-6 0`,
        )
        .join('');
    case 'bars':
      return mark.points.map((bar) => barOf(bar, x, y, barPx)).join('');
    case 'caps':
      return mark.points
        .map(([timeUs, value]) => {
          const half = barPx / 2 + (barPx < THIN_PX ? 0 : 1);
          return `M${px(x(timeUs) - half)} ${px(y(value))}h${px(2 * half)}`;
        })
        .join('');
    case 'cuts':
      return mark.points
        .map(([timeUs, value]) => `M${px(x(timeUs) - 3)} ${px(y(value) + 4)}l3 -3.5l3 3.5`)
        .join('');
  }
}

/** A part of a bar, a hair's breadth short of the next one where it is tall enough for that. */
function barOf([timeUs, from, to]: Mark3, x: Scale, y: Scale, barPx: number): string {
  const height = y(from) - y(to);
  const gap = height > 3 ? 1 : 0;
  const corner = `M${px(x(timeUs) - barPx / 2)} ${px(y(to) + gap)}`;
  return `${corner}h${px(barPx)}v${px(height - gap)}h${px(-barPx)}z`;
}

const px = (value: number): string => value.toFixed(1);

/** As wide as bars can be that stand so close, within what looks like a bar. */
export function barWidth(panels: readonly Panel[], x: Scale): number {
  const times = panels.flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.kind === 'caps' ? mark.points.map(([timeUs]) => x(timeUs)) : [])),
  );
  const [first = 0] = times;
  const room = ((times.at(-1) ?? first) - first) / Math.max(1, times.length - 1);
  return Math.max(1.5, Math.min(9, room * 0.62));
}
