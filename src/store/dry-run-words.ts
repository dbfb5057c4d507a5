import type { Micros } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { count, span } from '../protocol/narration/words.ts';
import { capital } from '../scene/words.ts';
import { soundness } from './cluster-words.ts';
import type { Copies, Reading, Watched } from './dry-run-reading.ts';

/** Sentences at most: what is read in a moment, before one does it. */
const MOST_SENTENCES = 2;

/** Commits of this stretch are compared: those of its first part were under way already. */
const UNDER_WAY_US = 20_000;

/** Two runs from one moment: with the act, and without it. `over`: neither is played any further. */
export interface Runs {
  readonly act: Act;
  readonly done: Watched;
  readonly without: Watched;
  readonly over: boolean;
  /** Both were played so far at least. */
  readonly comparedUs: Micros;
}

/** What an act would do, in one or two sentences; none as long as nothing can be told. */
export function sentencesOf(runs: Runs): readonly string[] {
  const found = [copiesSentence, writerSentence, repairSentence, changeSentence].flatMap(
    (sentence) => sentence(runs) ?? [],
  );
  const commits = runs.over ? commitsSentence(runs, found.length === 0) : null;
  return [...found, ...(commits === null ? [] : [commits])].slice(0, MOST_SENTENCES);
}

const beforeAct = ({ without }: Runs): Reading => without.readings[0] ?? without.last;

/** Of the groups that would be worse off for a while, or better off at the end, the worst. */
function copiesSentence(runs: Runs): string | null {
  const { groups } = beforeAct(runs);
  const lowest = groups.map((before) => lowestOf(runs.done, before));
  const fallen = lowest.filter(
    (low, i) => soundness(low) < soundness(groups[i] ?? low) && !isBoundTo(runs, low),
  );
  if (fallen.length > 0) {
    const worst = worstOf(fallen);
    return `${whoHave(runs, fallen, worst)}${forHowLong(runs, worst)}: ${consequence(runs, worst)}.`;
  }
  const end = runs.done.last.groups;
  const risen = end.filter((now) => {
    const before = groups.find(({ id }) => id === now.id);
    return before !== undefined && soundness(now) > soundness(before) && !isHealedAnyway(runs, now);
  });
  if (!runs.over || risen.length === 0) return null;
  const worst = worstOf(risen);
  const healed = runs.done.readings.find((reading) => hasRisen(reading, worst));
  const after = healed && healed.afterUs > 0 ? ` after ${spanWithoutZeros(healed.afterUs)}` : '';
  return `${whoHave(runs, risen, worst)} again${after}: ${consequence(runs, worst)}.`;
}

/** Until when it would have so few, where all that it had before came back. */
function forHowLong(runs: Runs, { id }: Copies): string {
  const before = beforeAct(runs).groups.find((group) => group.id === id);
  if (!before) return '';
  const { readings } = runs.done;
  const fell = readings.findIndex((reading) => !hasRisen(reading, before));
  const back = readings.find((reading, i) => i > fell && hasRisen(reading, before));
  return back ? ` for ${spanWithoutZeros(back.afterUs)}` : '';
}

const worstOf = (groups: readonly Copies[]): Copies =>
  groups.reduce((a, b) => (soundness(b) < soundness(a) ? b : a));

/** A group as it stands when it stands worst. */
function lowestOf({ readings }: Watched, before: Copies): Copies {
  let lowest = before;
  for (const { groups } of readings) {
    const now = groups.find(({ id }) => id === before.id);
    if (now && soundness(now) < soundness(lowest)) lowest = now;
  }
  return lowest;
}

const sameGroup = ({ groups }: Reading, { id }: Copies): Copies | undefined =>
  groups.find((group) => group.id === id);

const hasRisen = (reading: Reading, to: Copies): boolean => {
  const now = sameGroup(reading, to);
  return now !== undefined && soundness(now) >= soundness(to);
};

/** It would come so far down without the act as well. */
const isBoundTo = ({ without }: Runs, low: Copies): boolean =>
  soundness(lowestOf(without, sameGroup(without.last, low) ?? low)) <= soundness(low);

const isHealedAnyway = ({ without, done }: Runs, now: Copies): boolean =>
  without.readings.some((reading) => hasRisen(reading, now) && reading.afterUs <= done.afterUs);

function whoHave(runs: Runs, concerned: readonly Copies[], worst: Copies): string {
  const alike = concerned.filter((group) => soundness(group) === soundness(worst));
  const who = groupsText(alike, beforeAct(runs).groups.length);
  return `${who} would have ${worst.healthy} of ${worst.copies} copies`;
}

/** "PG 0", "PG 0 and PG 2", "PG 0 and 4 more groups", "Every group". */
function groupsText(groups: readonly Copies[], all: number): string {
  const [first, second] = groups;
  if (groups.length === all && all > 1) return 'Every group';
  if (groups.length === 2) return `PG ${first?.id} and PG ${second?.id}`;
  return groups.length > 2
    ? `PG ${first?.id} and ${groups.length - 1} more groups`
    : `PG ${first?.id}`;
}

function consequence(runs: Runs, worst: Copies): string {
  if (!worst.readsOk) return `writes would wait${waitEnds(runs)}, with data at risk`;
  if (!worst.writesOk) return `writes would wait${waitEnds(runs)}`;
  return runs.done.last.writer === null || gapOf(runs) !== null
    ? 'enough to write to'
    : 'writes would go on';
}

const takesWrites = ({ groups, writer }: Reading): boolean =>
  writer !== null && groups.every(({ writesOk }) => writesOk);

/** How long they would wait, when an end of it was seen. */
function waitEnds({ done }: Runs): string {
  const begun = done.readings.findIndex((reading) => !takesWrites(reading));
  const end = done.readings.find((reading, i) => i > begun && takesWrites(reading));
  return begun < 0 || end === undefined ? '' : ` for ${spanWithoutZeros(end.afterUs)}`;
}

/** A stretch in which nobody takes writes: its beginning, and its end if that was seen. */
interface Gap {
  readonly begin: Reading;
  readonly end: Reading | null;
}

function gapOf({ done }: Runs): Gap | null {
  const begun = done.readings.findIndex(({ writer }) => writer === null);
  const begin = done.readings[begun];
  if (begin === undefined) return null;
  return {
    begin,
    end: done.readings.find(({ writer }, i) => i > begun && writer !== null) ?? null,
  };
}

function writerSentence(runs: Runs): string | null {
  const { done, without, over } = runs;
  const { writer: now } = beforeAct(runs);
  const gap = gapOf(runs);
  const next = gap === null ? done.readings.find(({ writer }) => writer !== now) : gap.end;
  if (gap !== null && next === null) {
    if (now === null && !over) return null;
    return over
      ? `For at least ${spanWithoutZeros(done.afterUs)} nobody would be the writer: writes would wait.`
      : 'Nobody would be the writer for a while: writes would wait.';
  }
  if (!next || next.writer === null || comesAnyway(without, next)) return null;
  const isBack = next.writer === now;
  const who = isBack ? 'The writer' : next.writer;
  const becomes = isBack ? 'would be back' : 'would become the writer';
  return `${who} ${becomes} after ${spanWithoutZeros(next.afterUs)}${waitsUntil(gap, next)}.`;
}

/** Writes wait from the beginning, or, where the old writer goes on for a while, only while it is replaced. */
function waitsUntil(gap: Gap | null, next: Reading): string {
  if (gap === null) return '';
  const waitUs = next.afterUs - gap.begin.afterUs;
  return waitUs * 2 > next.afterUs
    ? '; writes would wait until then'
    : `; writes would wait for ${spanWithoutZeros(waitUs)} of it`;
}

/** The same would be the writer at about the same time. */
const comesAnyway = ({ readings }: Watched, { writer, afterUs }: Reading): boolean =>
  readings.some((reading) => reading.writer === writer && reading.afterUs * 2 > afterUs);

function repairSentence(runs: Runs): string | null {
  const { done, without } = runs;
  if (without.readings.some(({ copying }) => copying !== null)) return null;
  const at = done.readings.findIndex(({ copying }) => copying !== null);
  const begun = done.readings[at];
  if (!begun?.copying) return null;
  const most = Math.max(...done.readings.map(({ copying }) => copying?.count ?? 0));
  const copies = most === 1 ? 'a new copy' : `${most} new copies`;
  const begins =
    begun.afterUs < UNDER_WAY_US
      ? `${capital(copies)} would be begun at once`
      : `After ${spanWithoutZeros(begun.afterUs)} ${copies} would be begun`;
  return `${begins}${copyingEnds(runs, at)}.`;
}

function copyingEnds(runs: Runs, begun: number): string {
  const { readings, last } = runs.done;
  const end = readings.find(({ copying }, i) => i > begun && copying === null);
  if (end) {
    const took = spanWithoutZeros(end.afterUs);
    return isAsBefore(runs, end) ? `, and given up after ${took}` : `, and filled after ${took}`;
  }
  const plannedUs = last.copying?.doneAfterUs ?? null;
  return plannedUs === null ? '' : `, to be filled after ${spanWithoutZeros(plannedUs)}`;
}

/** The old members hold their places, as if nothing had been begun. */
const isAsBefore = (runs: Runs, { groups }: Reading): boolean =>
  groups.every((group) => sameGroup(beforeAct(runs), group)?.members === group.members);

/** What becomes of the volume and of who looks after it. */
function changeSentence(runs: Runs): string | null {
  const before = beforeAct(runs);
  const { last, readings } = runs.done;
  const when = (holds: (reading: Reading) => boolean): Micros =>
    readings.find(holds)?.afterUs ?? last.afterUs;
  if (last.groups.length > before.groups.length) {
    const { length } = last.groups;
    const afterUs = when(({ groups }) => groups.length === length);
    return `The volume would have ${length} groups after ${spanWithoutZeros(afterUs)}.`;
  }
  const [first, was] = [last.groups[0], before.groups[0]];
  if (first && was && sizes(first) !== sizes(was) && last.copying === null)
    return `A write to PG ${first.id} would need ${first.writeText}.`;
  if (last.controlUp !== before.controlUp)
    return last.controlUp
      ? 'The control plane would decide again.'
      : 'The control plane would decide nothing: no repair and no failover.';
  if (last.readers < before.readers && last.writer === before.writer)
    return `${last.readers} of ${count(before.readers, 'replica')} would be left to read from.`;
  if (last.restored && !before.restored)
    return `The restored volume would be open after ${spanWithoutZeros(when(({ restored }) => restored))}.`;
  return null;
}

/** A quorum expression without the letters of its members. */
const sizes = ({ writeText }: Copies): string => writeText.replace(/ of \w+/g, '');

/** How many commits, and how long they wait: said where it differs, or where nothing else does. */
function commitsSentence({ done, without, comparedUs }: Runs, alone: boolean): string | null {
  const [here, there] = [commitsIn(done, comparedUs), commitsIn(without, comparedUs)];
  const stretch = `in ${spanWithoutZeros(comparedUs - UNDER_WAY_US)}`;
  if (there.count === 0)
    return alone ? `Nothing is written ${stretch}: no commit would notice.` : null;
  if (here.count === 0) return alone ? 'Writes would wait: no commit would be answered.' : null;
  if (here.count < there.count * 0.8)
    return `Fewer commits: ${here.count} instead of ${there.count} ${stretch}.`;
  if (differs(here.medianUs, there.medianUs))
    return `Commits would wait ${spanWithoutZeros(here.medianUs)} instead of ${spanWithoutZeros(there.medianUs)}.`;
  return alone
    ? `Writes would go on: ${count(here.count, 'commit')} ${stretch}, ${there.count} without it.`
    : null;
}

/** As events tell it, without zeros after the point. */
const spanWithoutZeros = (us: Micros): string => span(us).replace('.0 ', ' ').replace('.00 ', ' ');

const differs = (aUs: Micros, bUs: Micros): boolean => Math.abs(aUs - bUs) > bUs / 4;

function commitsIn(
  { commits }: Watched,
  comparedUs: Micros,
): { readonly count: number; readonly medianUs: Micros } {
  const counted = commits.filter(({ afterUs }) => afterUs > UNDER_WAY_US && afterUs <= comparedUs);
  const waits = counted.map(({ waitedUs }) => waitedUs).toSorted((a, b) => a - b);
  return { count: counted.length, medianUs: waits[waits.length >> 1] ?? 0 };
}
