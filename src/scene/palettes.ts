import { type Brightness, type ColourName, colours, type Palette, type Themed } from './tokens.ts';

/** The palettes there are, the usual one first. */
export const PALETTES = ['aurora', 'okabe-ito', 'tol', 'monochrome'] as const;
export type PaletteName = (typeof PALETTES)[number];
type OtherName = Exclude<PaletteName, 'aurora'>;

/** Brightness and palette as one word, so that looks can be compared: `dark` is Aurora's, `dark tol` is not. */
export type Theme = Brightness | `${Brightness} ${OtherName}`;

/** What a palette is called. */
export const paletteTitles: Readonly<Record<PaletteName, string>> = {
  aurora: 'Aurora',
  'okabe-ito': 'Okabe–Ito',
  tol: 'Tol',
  monochrome: 'Monochrome',
};

export const themeOf = (brightness: Brightness, name: PaletteName): Theme =>
  name === 'aurora' ? brightness : `${brightness} ${name}`;

const themed = (light: string, dark: string): Themed => ({ light, dark });
const INK = '#08121F';
const PAPER = '#FFFFFF';

/**
 * What each palette has otherwise than Aurora. Marks are the published colours; outlines and words are
 * those colours darkened or lightened until they can be seen and read on every ground.
 */
export const otherPalettes: Readonly<
  Record<OtherName, Readonly<Partial<Record<ColourName, Themed>>>>
> = {
  // Okabe and Ito 2008.
  'okabe-ito': {
    redo: themed('#F0E442', '#F0E442'),
    redoStroke: themed('#6C671E', '#F0E442'),
    redoText: themed('#6C671E', '#F0E442'),
    ack: themed('#009E73', '#009E73'),
    ackStroke: themed('#00966D', '#009E73'),
    ackText: themed('#00573F', '#1AA881'),
    onAck: themed(INK, INK),
    page: themed('#0072B2', '#56B4E9'),
    pageStroke: themed('#00446B', '#56B4E9'),
    pageText: themed('#00446B', '#9AD2F2'),
    gossip: themed('#CC79A7', '#CC79A7'),
    gossipStroke: themed('#8F5575', '#CC79A7'),
    gossipText: themed('#8F5575', '#D694B9'),
    onGossip: themed(INK, INK),
    fail: themed('#D55E00', '#D55E00'),
    failStroke: themed('#C05500', '#D55E00'),
    failText: themed('#963F00', '#DF8A4A'),
    onFail: themed(INK, INK),
    destructive: themed('#963F00', '#DF8A4A'),
  },
  // Tol 2021, "bright".
  tol: {
    redo: themed('#CCBB44', '#CCBB44'),
    redoStroke: themed('#524B1B', '#CFBE4D'),
    redoText: themed('#524B1B', '#D1C257'),
    ack: themed('#228833', '#228833'),
    ackStroke: themed('#135020', '#45A354'),
    ackText: themed('#135020', '#7FC98B'),
    onAck: themed(PAPER, PAPER),
    page: themed('#66CCEE', '#66CCEE'),
    pageStroke: themed('#387083', '#66CCEE'),
    pageText: themed('#387083', '#A3E0F5'),
    gossip: themed('#AA3377', '#AA3377'),
    gossipStroke: themed('#88295F', '#B7528B'),
    gossipText: themed('#661F47', '#D08FB4'),
    onGossip: themed(PAPER, PAPER),
    fail: themed('#EE6677', '#EE6677'),
    failStroke: themed('#C8505F', '#F28C99'),
    failText: themed('#A74753', '#F28C99'),
    onFail: themed(INK, INK),
    destructive: themed('#A74753', '#F28C99'),
  },
  // What matters most stands out most. Kinds and states differ by shape and pattern in every palette.
  monochrome: {
    selected: themed('#000000', '#FFFFFF'),
    focus: themed('#000000', '#FFFFFF'),
    primary: themed('#303030', '#D8D8D8'),
    destructive: themed('#000000', '#FFFFFF'),
    redo: themed('#474747', '#C6C6C6'),
    redoStroke: themed('#2B2B2B', '#D6D6D6'),
    redoText: themed('#3C3C3C', '#DEDEDE'),
    onRedo: themed(PAPER, INK),
    ack: themed('#737373', '#989898'),
    ackStroke: themed('#4B4B4B', '#B3B3B3'),
    ackText: themed('#4B4B4B', '#C2C2C2'),
    page: themed('#9E9E9E', '#707070'),
    pageStroke: themed('#676767', '#969696'),
    pageText: themed('#5A5A5A', '#A9A9A9'),
    gossip: themed('#CCCCCC', '#484848'),
    gossipStroke: themed('#7A7A7A', '#848484'),
    gossipText: themed('#676767', '#949494'),
    onGossip: themed(INK, PAPER),
    fail: themed('#0A0A0A', '#FFFFFF'),
    failStroke: themed('#0A0A0A', '#FFFFFF'),
    failText: themed('#0A0A0A', '#FFFFFF'),
    warnText: themed('#3C3C3C', '#DEDEDE'),
  },
};

const partsOf = (theme: Theme) => theme.split(' ') as [Brightness, OtherName | undefined];

/** Whether a theme is drawn on a dark ground. */
export const isDark = (theme: Theme): boolean => partsOf(theme)[0] === 'dark';

/** The colours of one theme, for painters that cannot resolve `light-dark()`. */
export function palette(theme: Theme): Palette {
  const [brightness, name] = partsOf(theme);
  const all = name === undefined ? colours : { ...colours, ...otherPalettes[name] };
  const entries = Object.entries(all).map(([colour, value]) => [colour, value[brightness]]);
  return Object.fromEntries(entries) as Palette;
}
