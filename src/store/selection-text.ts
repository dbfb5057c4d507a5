import type { Selection, SelectionKind } from './app-store.ts';

const KINDS: readonly SelectionKind[] = [
  ...(['node', 'instance', 'segment', 'group', 'record'] as const),
  ...(['transaction', 'zone', 'client', 'page', 'service'] as const),
];

/** A selection as links and stories write it: `node:B2`. */
export const printSelection = ({ kind, id }: Selection): string => `${kind}:${id}`;

/** What such a text says; null for anything else. */
export function readSelection(text: unknown): Selection | null {
  if (typeof text !== 'string') return null;
  const [name, id = ''] = text.split(':', 2);
  const kind = KINDS.find((each) => each === name);
  return kind && id !== '' ? { kind, id } : null;
}
