import {
  Check,
  Clock,
  HardDrive,
  HeartPulse,
  type LucideIcon,
  Power,
  Settings2,
  SquareTerminal,
  Trash2,
} from 'lucide-react';
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

/** The small picture before a sentence: the stage's own mark, or an icon for what the stage has no mark for. */
export function EventGlyph({ name }: { readonly name: string }) {
  if (isDrawn(name)) return <Glyph name={name} />;
  const [Icon, look] = ICONS[name] ?? [Settings2, 'plain'];
  return <Icon className={`${styles['glyph']} ${styles[look]}`} aria-hidden="true" />;
}
