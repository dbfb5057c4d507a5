/** The ways to look at a run, in the order of their tabs and keys. */
export const VIEWS = [
  {
    id: 'cluster',
    title: 'Cluster',
    says: 'Three Availability Zones. Instances on top, storage nodes below.',
  },
  {
    id: 'log',
    title: 'Log',
    says: 'Each column is one log record. A filled cell means that copy has it.',
  },
  {
    id: 'spacetime',
    title: 'Space-time',
    says: 'Time runs down. Each slanted line is one message.',
  },
  {
    id: 'fleet',
    title: 'Fleet',
    says: 'Each hexagon is 10 GB; its sectors are six copies.',
  },
  {
    id: 'metrics',
    title: 'Metrics',
    says: 'Six charts on one axis of time: what commits wait for, and what they cost.',
  },
  {
    id: 'compare',
    title: 'Compare',
    says: 'Same workload, same faults. Left Aurora, right MySQL mirrored over EBS.',
  },
] as const;

export type ViewTab = (typeof VIEWS)[number]['id'];

export const isViewTab = (id: unknown): id is ViewTab => VIEWS.some((view) => view.id === id);
