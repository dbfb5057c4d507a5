import { FlaskConical, Power, TriangleAlert } from 'lucide-react';
import type { ClusterView, GroupView } from '../../protocol/view.ts';
import { capital } from '../../scene/words.ts';
import type { Prospect } from '../../store/app-store.ts';
import { worstGroup } from '../../store/cluster-words.ts';
import { VIEWS } from '../../store/views.ts';
import { FORESEEN_ID, placeOf } from '../foresight/use-foresight.ts';
import { useApp, usePage, useView } from '../hooks/page.ts';
import { useMedia } from '../hooks/use-media.ts';
import { useIntervene } from '../hooks/use-perform.ts';
import { Button } from '../kit/button.tsx';
import { Glyph } from '../kit/glyph.tsx';
import styles from './caption.module.css';
import { useFirstRun } from './use-first-run.ts';

/**
 * One line above the stage, always as high: what the thing pointed at would do, else how things stand.
 * Nothing is covered and nothing moves when it changes.
 */
export function Caption() {
  const foreseen = useApp((state) => state.foreseen);
  if (foreseen?.answer && placeOf(foreseen.asker) === 'stage')
    return <Foreseen answer={foreseen.answer} />;
  return <Situation />;
}

/** What is blocked, else kill mode, else what one is looking at. */
function Situation() {
  const view = useView();
  const killMode = useApp((state) => state.killMode);
  const firstRun = useFirstRun();
  const tab = useApp((state) => state.tab);
  const says = VIEWS.find(({ id }) => id === tab)?.says;
  const worst = view && worstGroup(view);
  if (view && worst && worst.health !== 'writes continue') {
    return <Blocked view={view} group={worst} />;
  }
  if (firstRun === 'before') return <KillBanner first />;
  const copiesLost = worst && worst.healthy < worst.copies;
  if (copiesLost && (firstRun === 'after' || killMode))
    return <Survived group={worst} first={firstRun === 'after'} />;
  if (view && !view.instances.some(isReader)) return <ReadersGone />;
  if (killMode) return <KillBanner first={false} />;
  return (
    <div className={styles['caption']}>
      <p>
        {says}
        {tab === 'cluster' ? (
          <>
            <span className={styles['key']}>
              <Glyph name="redo" /> redo going down
            </span>
            <span className={styles['key']}>
              <Glyph name="ack" /> acks coming up
            </span>
          </>
        ) : null}
      </p>
    </div>
  );
}

const isReader = ({ role, state }: ClusterView['instances'][number]): boolean =>
  role === 'replica' && state !== 'down';

/** The volume is well, but nobody stands by. */
function ReadersGone() {
  return (
    <div className={styles['caption']} data-tone="told">
      <TriangleAlert aria-hidden="true" />
      <p>
        <span>No replica left.</span>{' '}
        <span>Failover will create a new instance, which takes longer.</span>
      </p>
      <LeaveKillMode words="Done" />
    </div>
  );
}

/** What the thing pointed at would do, in as much room as there is. */
function Foreseen({ answer }: { readonly answer: NonNullable<Prospect['answer']> }) {
  const [first, ...more] = answer.sentences;
  return (
    <div className={styles['caption']} data-tone="foreseen">
      <FlaskConical aria-hidden="true" />
      <p id={FORESEEN_ID}>
        <span>{first ?? 'Trying it on a copy of this run …'}</span>
        {more.map((sentence) => (
          <span key={sentence} className={styles['more']}>
            {sentence}
          </span>
        ))}
      </p>
      <LeaveKillMode words="Done" />
    </div>
  );
}

function KillBanner({ first }: { readonly first: boolean }) {
  const press = useMedia('(pointer: coarse)') ? 'tap' : 'click';
  return (
    <div className={styles['caption']} data-tone="kill">
      <Power aria-hidden="true" />
      {first ? (
        <p>
          <span>Six copies of every change.</span>{' '}
          <span>{`${capital(press)} a storage node to kill it.`}</span>
        </p>
      ) : (
        <p>Kill mode: {press} anything.</p>
      )}
      <LeaveKillMode words={first ? 'Not now' : 'Done'} />
    </div>
  );
}

/** Out of kill mode, by pointer and by the key it names; gone once out. */
function LeaveKillMode({ words }: { readonly words: string }) {
  const { store } = usePage();
  const on = useApp((state) => state.killMode);
  if (!on) return null;
  return (
    <Button kind="quiet" keys="Esc" onClick={() => store.getState().setKillMode(false)}>
      {words}
    </Button>
  );
}

/** Copies are gone and writes go on: how many are left, and how many the next commit needs. */
function Survived({ group, first }: { readonly group: GroupView; readonly first: boolean }) {
  const { store, story } = usePage();
  const reads = useApp((state) => state.story !== null);
  const copies = group.copies;
  const needed = neededBy(group);
  return (
    <div className={styles['caption']} data-tone="told">
      <p>
        <span>{`PG ${group.id} has ${group.healthy} of ${copies}.`}</span>{' '}
        <span>
          {group.healthy === needed
            ? `The next commit needs all ${IN_WORDS[needed] ?? needed}.`
            : `The next commit still needs only ${needed}.`}
        </span>
      </p>
      {first && !reads ? (
        <>
          <Button onClick={() => void story.open()}>Start the story</Button>
          <Button kind="quiet" keys="Esc" onClick={() => store.getState().setKillMode(false)}>
            Just play
          </Button>
        </>
      ) : (
        <LeaveKillMode words="Done" />
      )}
    </div>
  );
}

const IN_WORDS = ['none', 'one', 'two', 'three', 'four', 'five', 'six'];

const neededBy = ({ write, meter }: GroupView): number =>
  'k' in write ? write.k : (meter?.needed ?? 0);

/** How far a copy has come that will end the waiting. */
function coming({ places }: GroupView): string {
  const filling = places.flatMap(({ replacement }) =>
    replacement && !replacement.hydrated ? [replacement.percent] : [],
  );
  return filling.length > 0 ? `A new copy is ${Math.max(...filling)} % filled.` : '';
}

/** What only these copies have: recovery from the backup would be without it. */
function atRisk({ segments, tail }: GroupView): string {
  const backedUpTo = Math.max(...segments.map((segment) => segment.backedUpTo));
  return tail > backedUpTo
    ? `Records ${backedUpTo + 1} to ${tail} could be lost: they are not in the backup.`
    : 'Everything is in the backup.';
}

function Blocked({ view, group }: { readonly view: ClusterView; readonly group: GroupView }) {
  const intervene = useIntervene();
  const down = group.segments.find(({ state }) => state === 'down');
  const lost = view.hosts.some(({ id, state }) => id === down?.host && state === 'lost');
  const zone = view.zones.find(({ state }) => state === 'down');
  const risk = group.health === 'data at risk';
  return (
    <div className={styles['caption']} data-tone="blocked" role="group" aria-label="Writes wait">
      <TriangleAlert aria-hidden="true" />
      <p>
        <span>
          {risk ? 'Data at risk' : 'Writes wait'}: PG {group.id} has {group.healthy} of{' '}
          {group.copies} copies, needs {neededBy(group)}.
        </span>
        <span className={styles['more']}>{coming(group) || (risk ? atRisk(group) : '')}</span>
      </p>
      {down ? (
        <Button
          className={zone && styles['more']}
          onClick={() => intervene({ op: 'restore', target: down.host })}
        >
          {lost ? `Bring ${down.host} back, empty` : `Restore ${down.host}`}
        </Button>
      ) : null}
      {down && !zone && coming(group) === '' ? (
        <Button
          className={styles['more']}
          onClick={() => intervene({ op: 'replace', target: down.id, reason: 'suspected' })}
        >
          Replace its copy
        </Button>
      ) : null}
      {zone ? (
        <Button onClick={() => intervene({ op: 'restore-zone', az: zone.az })}>
          Restore AZ {zone.az}
        </Button>
      ) : null}
      <LeaveKillMode words="Done" />
    </div>
  );
}
