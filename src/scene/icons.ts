import type { Pen } from './pen.ts';

/** Outlines on a 24-unit square, drawn with one stroke like the icons of the interface. */
const icons = {
  power: 'M12 3v9M18.4 6.6a9 9 0 1 1-12.8 0',
  cross: 'M6 6 18 18M18 6 6 18',
  hourglass: 'M6 3h12M6 21h12M8 3v4l8 10v4M16 3v4l-8 10v4',
  unlink:
    'M9 15 5.5 18.5M15 9l3.5-3.5M10 6l1.5-1.5a4.2 4.2 0 0 1 6 6L16 12M8 12l-1.5 1.5a4.2 4.2 0 0 0 6 6L14 18M3 3l18 18',
  catching: 'M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5',
  ban: 'M5.6 5.6 18.4 18.4M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  warning: 'M12 4 21.5 20H2.5ZM12 10v4.5M12 17.5v.1',
  wrench: 'M14.5 6.5a4.5 4.5 0 0 0-5.9 5.9L3 18l3 3 5.6-5.6a4.5 4.5 0 0 0 5.9-5.9L15 12l-3-3Z',
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  bucket: 'M4 6c0-1.7 16-1.7 16 0M4 6c0 1.7 16 1.7 16 0M4 6l2 14c.3 1.4 11.7 1.4 12 0L20 6',
  hub: 'M12 3v6M12 15v6M4 8l5.2 2.6M14.8 13.4 20 16M20 8l-5.2 2.6M9.2 13.4 4 16M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6',
  history: 'M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2',
  question: 'M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2.2M12 17.5v.1',
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
