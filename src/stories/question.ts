import type { Micros } from '../engine/time.ts';
import type { ClusterView, GroupView, InstanceView } from '../protocol/view.ts';
import type { Question } from './condition.ts';

/** The answer to a question about one moment. What is asked about something that is not there is false. */
export function answer(question: Question, view: ClusterView): boolean {
  switch (question.ask) {
    case 'clock':
      return view.timeUs >= question.atLeastUs;
    case 'commits':
      return view.counters.commits >= question.atLeast;
    case 'groups':
      return view.groups.length >= question.atLeast;
    case 'epoch':
      return view.volume.epoch >= question.atLeast;
    case 'open transactions':
      return openTransactions(view) >= question.atLeast;
    case 'writes':
      return groupIn(view, question.group)?.writesOk === (question.are === 'possible');
    case 'reads':
      return groupIn(view, question.group)?.readsOk === (question.are === 'possible');
    case 'healthy':
      return groupIn(view, question.group)?.healthy === question.copies;
    case 'undone':
      return instanceIn(view, question.instance)?.undoLeft === 0;
    case 'failover':
      return (view.control.failover !== null) === question.underWay;
    case 'write sets':
      return writeSets(groupIn(view, question.group)) === question.count;
    case 'gap':
      return segmentHasGap(view, question.segment) === question.open;
    case 'node':
      return nodeIs(view, question.id, question.is);
    case 'instance':
      return instanceIs(instanceIn(view, question.id), question.is);
    case 'cached':
      return isCached(instanceIn(view, question.instance), question.page) === question.is;
    case 'lag':
      return (instanceIn(view, question.instance)?.lagUs ?? 0) >= question.atLeastUs;
    case 'spread':
      return isSpread(view, question.copies);
    case 'caught-up':
      return instanceIn(view, question.instance)?.readPoint === view.volume.vdl;
    case 'waiting':
      return waitingCommits(view) >= question.atLeast;
    case 'commit-waits':
      return longestWait(view) >= question.atLeastUs;
    case 'complete':
      return isComplete(view, question.segment);
    case 'slow-nodes':
      return view.hosts.filter(({ slow }) => slow).length >= question.atLeast;
  }
}

/** How many lists of members a write has to satisfy: more than one while they change. */
const writeSets = (group: GroupView | undefined): number | undefined =>
  group && ('and' in group.write ? group.write.and.length : 1);

function longestWait({ timeUs, instances }: ClusterView): Micros {
  const since = instances.flatMap(({ waitingCommits }) =>
    waitingCommits.map((each) => each.sinceUs),
  );
  return timeUs - Math.min(timeUs, ...since);
}

function isComplete(view: ClusterView, id: string): boolean {
  const group = view.groups.find(({ segments }) => segments.some((each) => each.id === id));
  const own = group?.segments.find((each) => each.id === id);
  if (group === undefined || own === undefined || own.state !== 'complete') return false;
  return group.segments.every(({ highest }) => own.scl >= highest);
}

const groupIn = (view: ClusterView, id: number): GroupView | undefined =>
  view.groups.find((group) => group.id === id);

const instanceIn = (view: ClusterView, id: string): InstanceView | undefined =>
  view.instances.find((instance) => instance.id === id);

const isSpread = ({ groups, zones }: ClusterView, copies: number): boolean =>
  groups.every(({ segments }) =>
    zones.every(({ az }) => segments.filter((segment) => segment.az === az).length === copies),
  );

const waitingCommits = ({ instances }: ClusterView): number =>
  instances.reduce((sum, instance) => sum + instance.waitingCommits.length, 0);

const openTransactions = ({ transactions }: ClusterView): number =>
  transactions.filter(({ state }) => state === 'active').length;

function segmentHasGap(view: ClusterView, id: string): boolean | undefined {
  const segment = view.groups.flatMap(({ segments }) => segments).find((each) => each.id === id);
  return segment && segment.ahead.length > 0;
}

function nodeIs(view: ClusterView, id: string, is: string): boolean {
  const host = view.hosts.find((each) => each.id === id);
  if (is === 'slow') return host?.slow === true;
  return host?.state === is;
}

function instanceIs(instance: InstanceView | undefined, is: string): boolean {
  return instance !== undefined && (instance.role === is || instance.state === is);
}

const isCached = (instance: InstanceView | undefined, page: number): boolean | undefined =>
  instance?.cache.some((each) => each.page === page);
