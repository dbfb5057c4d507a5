import type { ClusterView, GroupView, RebuildView, TransactionView } from '../protocol/view.ts';

/** Names for types that the view uses and that live below the layers a scene may import. */
export type Lsn = GroupView['pgcl'];
export type TxnId = TransactionView['txn'];
export type Micros = ClusterView['timeUs'];
export type Row = RebuildView['rows'][number];
