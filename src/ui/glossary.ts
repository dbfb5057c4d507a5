/** What a word of the page means, in one line. */
export interface Entry {
  readonly term: string;
  readonly acronym?: string;
  readonly says: string;
}

/** Every word that has to be learned, by its acronym or, without one, by itself. */
export const GLOSSARY = {
  LSN: {
    term: 'Redo record, numbered',
    acronym: 'LSN',
    says: 'One change to one page. Its log sequence number is its place in the log.',
  },
  MTR: {
    term: 'Mini-transaction',
    acronym: 'MTR',
    says: 'Records that belong together: all of them count, or none does.',
  },
  PG: {
    term: 'Protection group',
    acronym: 'PG',
    says: '10 GB of the volume, kept as six segments, two in each Availability Zone.',
  },
  segment: {
    term: 'Segment',
    says: 'One of the six copies of a protection group, on one storage node.',
  },
  node: {
    term: 'Storage node',
    says: 'A machine with a disk that holds segments of many protection groups.',
  },
  AZ: {
    term: 'Availability Zone',
    acronym: 'AZ',
    says: 'Data centres with power and network of their own, so that zones fail one at a time.',
  },
  SCL: {
    term: 'Complete up to',
    acronym: 'SCL',
    says: 'This segment has every record of its protection group up to here.',
  },
  PGCL: {
    term: 'PG durable up to',
    acronym: 'PGCL',
    says: 'Four of the six segments of this protection group are complete up to here.',
  },
  VCL: {
    term: 'Volume complete up to',
    acronym: 'VCL',
    says: 'Every record up to here is durable, in every protection group.',
  },
  VDL: {
    term: 'Durable up to',
    acronym: 'VDL',
    says: 'The last end of a mini-transaction at or below VCL. Commits wait for this.',
  },
  LAL: {
    term: 'Highest record it may issue',
    acronym: 'LAL',
    says: 'The writer numbers nothing beyond this, so that it cannot run away from its storage.',
  },
  'read point': {
    term: 'Read view',
    acronym: 'read point',
    says: 'The durable point that a reader takes as its snapshot of the volume.',
  },
  'write quorum': {
    term: 'Write quorum',
    says: 'How many copies must have a record before it counts as durable.',
  },
  'read quorum': {
    term: 'Read quorum',
    says: 'How many copies recovery must ask to be sure to meet every durable record.',
  },
  epoch: {
    term: 'Epoch',
    says: 'Rises when the writer or the copies change; requests of an older one are refused.',
  },
  'F/T': {
    term: 'Full and tail segments',
    acronym: 'F/T',
    says: 'A full segment keeps log and pages, a tail segment only the log.',
  },
  PGMRPL: {
    term: 'Oldest read view',
    acronym: 'PGMRPL',
    says: 'Nobody reads anything older, so versions below it may be collected.',
  },
  truncated: {
    term: 'Truncated range',
    says: 'Records that recovery has cancelled. Their numbers never come back.',
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type TermKey = keyof typeof GLOSSARY;
