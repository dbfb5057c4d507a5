import type { Pen } from './pen.ts';

/** Outlines on a 24-unit square, drawn with one stroke like the icons of the interface. */
const icons = {
  power: 'M12 3v9M18.4 6.6a9 9 0 1 1-12.8 0',
  cross: 'M6 6 18 18M18 6 6 18',
  hourglass: 'M6 3h12M6 21h12M8 3v4l8 10v4M16 3v4l-8 10v4',
  unlink:
    'M9 15 5.5 18.5M15 9l3.5-3.5M10 6l1.5-1.5a4.2 4.2 0 0 1 6 6L16 12M8 12l-1.5 1.5a4.2 4.2 0 0 0 6 6L14 18M3 3l18 18',
  catching: 'M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5',
  check: 'M5 12.5 10 17.5 19 7',
  drop: 'M4 12h9M10 8l4 4-4 4M18 7v10',
} as const;

export type IconName = keyof typeof icons;

/** Draws an icon of `size` pixels centred on a point. */
export function drawIcon(
  pen: Pen,
  icon: IconName,
  x: number,
  y: number,
  size: number,
  stroke: string,
): void {
  const scale = size / 24;
  pen.path(`icon-${icon}`, 'icon', icons[icon], [x - size / 2, y - size / 2, scale], {
    stroke,
    width: size < 14 ? 1.5 : 1.75,
  });
}
