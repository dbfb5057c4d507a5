import type { ReactNode } from 'react';
import { afterAll } from '../../engine/time.ts';
import { capital } from '../../scene/words.ts';
import { clockText } from '../../store/clock-text.ts';
import { usePage, useSummary } from '../hooks/page.ts';
import { momentsOf } from '../playback/track-words.ts';
import { Dialog } from './dialog.tsx';
import styles from './history.module.css';

/** The ways this run has gone: futures that were left, what was done and undone, and its moments to go to. */
export function History() {
  return (
    <Dialog title="History of this run">
      <Branches />
      <Deeds />
      <Moments />
    </Dialog>
  );
}

interface SectionProps {
  readonly title: string;
  /** Said in place of the list when there is nothing. */
  readonly nothing: string;
  readonly children: readonly ReactNode[];
}

function Section({ title, nothing, children }: SectionProps) {
  return (
    <section className={styles['section']} aria-label={title}>
      <h3>{title}</h3>
      {children.length > 0 ? <ul>{children}</ul> : <p>{nothing}</p>}
    </section>
  );
}

interface EntryProps {
  readonly what: string;
  readonly when: string;
  onChoose(): void;
}

/** One line. The dialog closes before anything is done, so that focus is back where it was. */
function Entry({ what, when, onChoose }: EntryProps) {
  const { store } = usePage();
  return (
    <li>
      <button
        type="button"
        className={styles['entry']}
        onClick={() => {
          store.getState().openDialog(null);
          onChoose();
        }}
      >
        <span>{what}</span>
        <span className={styles['when']}>{when}</span>
      </button>
    </li>
  );
}

function Branches() {
  const { player, store } = usePage();
  const branches = useSummary((summary) => summary.branches);
  const switchTo = (id: number): void => {
    player.switchTo(id);
    store.getState().dismissActions();
  };
  return (
    <Section
      title="Ghost branches"
      nothing="None. Do something in the past, and the future that it replaces is kept here: the last eight of them."
    >
      {branches.map(({ id, title, leftAt }) => (
        <Entry
          key={id}
          what={`Switch to: ${title}`}
          when={`left at ${clockText(leftAt.timeUs)}`}
          onChoose={() => switchTo(id)}
        />
      ))}
    </Section>
  );
}

interface Deed {
  readonly key: string;
  readonly what: string;
  readonly times: number;
}

const deedsOf = (word: 'Undo' | 'Redo', list: readonly string[]): readonly Deed[] =>
  list.map((words, i) => ({ key: `${word} ${i}`, what: `${word}: ${words}`, times: i + 1 }));

function Deeds() {
  const { player, store } = usePage();
  const undone = deedsOf('Undo', player.undoList()).map(({ key, what, times }) => (
    <Entry
      key={key}
      what={what}
      when={times > 1 ? `and ${times - 1} after it` : ''}
      onChoose={() => {
        player.undo(times);
        store.getState().dismissActions();
      }}
    />
  ));
  const redone = deedsOf('Redo', player.redoList()).map(({ key, what, times }) => (
    <Entry
      key={key}
      what={what}
      when={times > 1 ? `and ${times - 1} before it` : ''}
      onChoose={() => player.redo(times)}
    />
  ));
  return (
    <Section title="What was done" nothing="Nothing yet.">
      {[...redone.toReversed(), ...undone]}
    </Section>
  );
}

/** More are not listed; older ones are on the track. */
const MOST = 100;

function Moments() {
  const { player, track: feed } = usePage();
  const track = feed.track();
  const moments = track ? momentsOf(track) : [];
  return (
    <Section
      title="Moments"
      nothing="No outage, no recovery, nothing that kept anybody from writing or reading."
    >
      {moments
        .slice(-MOST)
        .toReversed()
        .map(({ key, atUs, text }) => (
          <Entry
            key={key}
            what={capital(text)}
            when={clockText(atUs)}
            onChoose={() => player.seek(afterAll(atUs))}
          />
        ))}
    </Section>
  );
}
