/** A general rule of mirrored MySQL, and where it is published. */
export interface BaselineRule {
  readonly says: string;
  readonly source: string;
}

const OWN_CHOICE = 'Our choice';
const paper = (section: string, says: string): BaselineRule => ({
  says,
  source: `SIGMOD'17 ${section}`,
});
const ours = (says: string): BaselineRule => ({ says, source: OWN_CHOICE });

/** Every rule that narration of the mirrored database leans on, told once. */
export const BASELINE_RULES = {
  fiveSteps: paper(
    '§3.1',
    'A write goes to the volume, its mirror, the standby, the standby’s volume and its mirror; the steps follow one another, so their times add up.',
  ),
  slowest: paper(
    '§3.1',
    'All four volumes must have every write, so one slow or absent party holds everything up.',
  ),
  writesMuch: paper(
    '§3.1',
    'Redo log, binary log, pages, a second copy of each page and metadata files are all written: the same change several times.',
  ),
  groupCommit: ours(
    'Commits that arrive while a group is being written share the next write; redo goes first, the binary log after it.',
  ),
  doubleWrite: paper(
    '§3.1',
    'Each page is written twice, so that one torn by a crash can be mended from its copy.',
  ),
  checkpoint: paper(
    '§4.3',
    'Redo since the last checkpoint has to be replayed after a crash, so pages are written out to move the checkpoint on.',
  ),
  replay: paper(
    '§4.3',
    'Recovery replays the log from the last checkpoint before anything is served: its time grows with that log.',
  ),
  engine: ours(
    'Statements, locks and read views work as on the other system: it is the same engine.',
  ),
  takeOver: ours(
    'A standby in sync takes over after a silence, with its own volumes; one that is not in sync never does.',
  ),
  resync: ours(
    'A standby that has missed writes gets a whole copy, and counts again when it has all of it.',
  ),
  faults: ours('Faults are done from outside, at a time that is part of the run.'),
} as const satisfies Readonly<Record<string, BaselineRule>>;
