import {
  ArrowRightLeft,
  Ban,
  Check,
  CirclePlus,
  Clock,
  Gauge,
  HardDrive,
  HeartPulse,
  History,
  LifeBuoy,
  type LucideIcon,
  Power,
  Replace,
  Scissors,
  Settings2,
  SquareTerminal,
  Stamp,
  Trash2,
  TriangleAlert,
  Wrench,
} from 'lucide-react';
import { memo } from 'react';
import styles from './glyph.module.css';
import { Glyph, isDrawn } from './glyph.tsx';

const ICONS: Readonly<Record<string, readonly [icon: LucideIcon, look: string]>> = {
  sql: [SquareTerminal, 'plain'],
  store: [HardDrive, 'plain'],
  commit: [Check, 'ack-icon'],
  wait: [Clock, 'warn-icon'],
  collect: [Trash2, 'plain'],
  node: [Power, 'fail-icon'],
  heal: [HeartPulse, 'ack-icon'],
  setting: [Settings2, 'plain'],
};

/** Moments that have a picture of their own, whatever family they belong to. */
const BEATS: Readonly<Record<string, readonly [icon: LucideIcon, look: string]>> = {
  epoch: [Stamp, 'plain'],
  recovery: [LifeBuoy, 'warn-icon'],
  truncated: [Scissors, 'fail-icon'],
  fenced: [Ban, 'fail-icon'],
  refused: [Ban, 'fail-icon'],
  failover: [ArrowRightLeft, 'warn-icon'],
  membership: [Replace, 'warn-icon'],
  quorum: [TriangleAlert, 'warn-icon'],
  growth: [CirclePlus, 'plain'],
  'block-bad': [TriangleAlert, 'fail-icon'],
  'block-repaired': [Wrench, 'ack-icon'],
  throttled: [Gauge, 'warn-icon'],
  restore: [History, 'plain'],
};

interface EventGlyphProps {
  readonly name: string;
  readonly beat?: string | null;
}

/** The small picture before a sentence: the stage's own mark, or an icon for what the stage has no mark for. */
export const EventGlyph = memo(function EventGlyph({ name, beat = null }: EventGlyphProps) {
  const own = beat === null ? undefined : BEATS[beat];
  if (!own && isDrawn(name)) return <Glyph name={name} />;
  const [Icon, look] = own ?? ICONS[name] ?? [Settings2, 'plain'];
  return <Icon className={`${styles['glyph']} ${styles[look]}`} aria-hidden="true" />;
});
