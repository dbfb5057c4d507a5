import { otherPalettes } from '../scene/palettes.ts';
import {
  borders,
  colours,
  families,
  hatch,
  icon,
  layers,
  motion,
  radii,
  space,
  type Themed,
  type,
} from '../scene/tokens.ts';

type Declaration = readonly [property: string, value: string];

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const rem = (pixels: number): string => `${pixels / 16}rem`;

const group = <T>(
  prefix: string,
  values: Readonly<Record<string, T>>,
  write: (value: T) => string,
): readonly Declaration[] =>
  Object.entries(values).map(([name, value]) => [`--${prefix}${kebab(name)}`, write(value)]);

const themed = ({ light, dark }: Themed): string =>
  (light === dark ? light : `light-dark(${light}, ${dark})`).toLowerCase();

const rule = (selector: string, declarations: readonly Declaration[]): string =>
  `  ${selector} {\n${declarations.map(([property, value]) => `    ${property}: ${value};\n`).join('')}  }\n`;

/** The style sheet that `tokens.css` must be. */
export function tokensCss(): string {
  const { tick, hover, panel, easing } = motion;
  const stripe = `color-mix(in srgb, var(--fail) ${hatch.opacity * 100}%, transparent)`;
  const declarations: readonly Declaration[] = [
    ['color-scheme', 'light dark'],
    ...group('', colours, themed),
    ...group('font-', families, (family) => family.replaceAll("'", '"')),
    ...group(
      'type-',
      type,
      ({ weight, size, line, family }) =>
        `${weight} ${rem(size)} / ${rem(line)} var(--font-${family})`,
    ),
    ...space.map((pixels): Declaration => [`--space-${pixels}`, rem(pixels)]),
    ...group('radius-', radii, (pixels) => `${pixels}px`),
    ...group('border-', borders, (pixels) => `${pixels}px`),
    ...group('motion-', { tick, hover, panel }, (duration) => `${duration}ms`),
    ['--motion-easing', easing],
    ...group('layer-', layers, String),
    ['--icon-small', rem(icon.small)],
    ['--icon-large', rem(icon.large)],
    ['--icon-stroke', String(icon.stroke)],
    [
      '--hatch',
      `repeating-linear-gradient(${hatch.degrees}deg, ${stripe} 0 ${hatch.width}px, transparent 0 ${hatch.pitch}px)`,
    ],
    ['--shadow-float', '0 8px 24px var(--shadow)'],
  ];
  const still = group('motion-', { tick, hover, panel }, () => '0ms');
  return [
    '/* Generated from src/scene/tokens.ts and palettes.ts: change it there, then run `npm run fix`. */\n',
    '@layer tokens {\n',
    [
      rule(':root', declarations),
      rule(':root[data-theme="light"]', [['color-scheme', 'light']]),
      rule(':root[data-theme="dark"]', [['color-scheme', 'dark']]),
      ...Object.entries(otherPalettes).map(([name, others]) =>
        rule(`:root[data-palette="${name}"]`, group('', others, themed)),
      ),
    ].join('\n'),
    '}\n\n',
    '@media (prefers-reduced-motion: reduce) {\n',
    `  @layer tokens {\n${rule(':root', still).replace(/^(?=.)/gm, '  ')}  }\n`,
    '}\n',
  ].join('');
}
