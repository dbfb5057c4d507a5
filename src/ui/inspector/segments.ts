import type { SegmentId } from '../../protocol/topology.ts';
import type { ClusterView, SegmentView } from '../../protocol/view.ts';

export const segmentName = (segment: SegmentView): string =>
  `PG ${segment.group} · slot ${segment.slot} on ${segment.host}`;

export function segmentOf(view: ClusterView, id: string): SegmentView | undefined {
  const group = view.groups[Number(id.slice(0, id.indexOf('/')))];
  return group?.segments.find((segment) => segment.id === id);
}

export const segmentsOf = (view: ClusterView, ids: readonly SegmentId[]): readonly SegmentView[] =>
  ids.flatMap((id) => segmentOf(view, id) ?? []);
