import type { GroupPages } from '../../history/page-owners.ts';
import type { ClusterView } from '../../protocol/view.ts';
import type { Selection } from '../../store/app-store.ts';
import type { TermKey } from '../../stories/glossary.ts';
import { clientFacts, pageFacts, recordFacts, transactionFacts } from './facts-of-data.ts';
import { groupFacts, segmentFacts, zoneFacts } from './facts-of-groups.ts';
import { hostFacts, instanceFacts } from './facts-of-machines.ts';
import { serviceFacts } from './facts-of-services.ts';

/** One line of an inspector: what is measured, its value, and the acronym when there is one. */
export interface Fact {
  readonly label: string;
  readonly acronym?: TermKey;
  /** The word of the glossary that explains the label, where it has no acronym. */
  readonly term?: TermKey;
  readonly value: string;
}

/** A list of like things with a few columns, such as the copies of a record. */
export interface FactTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the inspector says of one thing at one moment. */
export interface Facts {
  readonly kind: string;
  readonly name: string;
  /** One sentence on how it is. */
  readonly says: string;
  /** Where its statechart stands; null for what has none. */
  readonly chart: string | null;
  readonly facts: readonly Fact[];
  readonly tables: readonly FactTable[];
}

/**
 * Facts of what is selected; null when it is not there at this moment. Of a group they say whose its pages
 * are when that is told.
 */
export function factsOf(
  view: ClusterView,
  selection: Selection,
  pages: (group: number) => GroupPages | null = () => null,
): Facts | null {
  const { kind, id } = selection;
  switch (kind) {
    case 'node':
      return hostFacts(view, id);
    case 'instance':
      return instanceFacts(view, id);
    case 'segment':
      return segmentFacts(view, id);
    case 'group':
      return groupFacts(view, Number(id), pages);
    case 'zone':
      return zoneFacts(view, id);
    case 'client':
      return clientFacts(view, id);
    case 'service':
      return serviceFacts(view, id);
    case 'record':
      return recordFacts(view, Number(id));
    case 'transaction':
      return transactionFacts(view, Number(id));
    case 'page':
      return pageFacts(view, Number(id));
  }
}
