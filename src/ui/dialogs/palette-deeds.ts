import type { ClusterView } from '../../protocol/view.ts';
import type { Selection } from '../../store/app-store.ts';
import type { Command } from '../../store/commands.ts';
import { actionsFor } from '../actions.ts';
import { useApp, usePage, useSummary } from '../hooks/page.ts';
import type { Action } from '../power-action.ts';

/** The palette's name for a command. */
export const commandItem = ({ id }: Pick<Command, 'id'>): string => `do ${id}`;

/** Something that can be done to one thing, and the palette's name for it. */
export interface PaletteDeed {
  readonly item: string;
  readonly action: Action;
}

/** What can be done to whatever is named in what was typed, or else is selected, and is no command already. */
export function useDeeds(text: string): readonly PaletteDeed[] {
  const { commands } = usePage();
  const view = useSummary((summary) => summary.view);
  const selection = useApp((state) => state.selection);
  if (!view) return [];
  const subject = subjectIn(view, text) ?? selection;
  const titles = new Set(commands.map(({ title }) => title()));
  const isNew = ({ label, does }: Action): boolean => 'act' in does && !titles.has(label);
  const actions = subject ? actionsFor(view, subject).filter(isNew) : [];
  return actions.map((action) => ({ item: `${subject?.id} ${action.id}`.toLowerCase(), action }));
}

/** The machine that one of the words typed is the name of. */
export function subjectIn({ hosts, instances }: ClusterView, text: string): Selection | null {
  const words = text.toUpperCase().split(/\s+/);
  const isNamed = ({ id }: { readonly id: string }): boolean => words.includes(id);
  const host = hosts.find(isNamed);
  if (host) return { kind: 'node', id: host.id };
  const instance = instances.find(isNamed);
  return instance ? { kind: 'instance', id: instance.id } : null;
}
