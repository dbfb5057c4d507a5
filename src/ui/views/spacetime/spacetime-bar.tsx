import { ChevronDown, ChevronUp, FoldVertical, ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import type { Happening } from '../../../engine/happening.ts';
import { deedOf } from '../../../history/deeds.ts';
import { endOf, MOTIFS, type Motif, nextMotif } from '../../../history/motifs.ts';
import { actorWords, momentText } from '../../../scene/spacetime/words.ts';
import { usePage } from '../../hooks/page.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import type { Cursor } from './moves.ts';
import styles from './spacetime-bar.module.css';

interface SpacetimeBarProps {
  readonly folds: boolean;
  onFolds(folds: boolean): void;
  onZoom(direction: 1 | -1): void;
  /** A pattern was looked for: the mark that completes it, and what to say. */
  onFound(to: Cursor | null, says: string): void;
}

/** What brings about a pattern that is nowhere yet. */
const HOW: Readonly<Record<Motif, string>> = {
  'Quorum write': 'write something, and there will be one',
  'Gap repair': 'drop a message to a copy, write on, and one will follow',
  'Page read': 'read what is not cached, and there will be one',
  Recovery: 'crash the writer and restore it, and there will be one',
  Failover: 'promote a replica, and there will be one',
};

/** Patterns to jump to, and how time is shown. */
export function SpacetimeBar({ folds, onFolds, onZoom, onFound }: SpacetimeBarProps) {
  const [motif, setMotif] = useState<Motif | null>(null);
  const find = useFind(onFound);
  return (
    <div className={styles['bar']} role="toolbar" aria-label="Patterns and time scale">
      <div className={styles['motifs']} role="group" aria-label="Jump to a pattern">
        {MOTIFS.map((each) => (
          <Button
            key={each}
            kind="quiet"
            aria-pressed={each === motif}
            onClick={() => {
              setMotif(each);
              find(each, 1, true);
            }}
          >
            {each}
          </Button>
        ))}
      </div>
      <IconButton
        label={motif ? `Previous: ${motif}` : 'Previous'}
        icon={ChevronUp}
        disabled={motif === null}
        onClick={() => motif && find(motif, -1, false)}
      />
      <IconButton
        label={motif ? `Next: ${motif}` : 'Next'}
        icon={ChevronDown}
        disabled={motif === null}
        onClick={() => motif && find(motif, 1, false)}
      />
      <span className={styles['apart']} />
      <IconButton
        label="Cut idle time short"
        icon={FoldVertical}
        aria-pressed={folds}
        onClick={() => onFolds(!folds)}
      />
      <IconButton label="Less detail" icon={ZoomOut} keys="−" onClick={() => onZoom(-1)} />
      <IconButton label="More detail" icon={ZoomIn} keys="+" onClick={() => onZoom(1)} />
    </div>
  );
}

/** Goes to the nearest end of a pattern, with `either` also to the one before when none comes after. */
function useFind(onFound: SpacetimeBarProps['onFound']) {
  const { player, store } = usePage();
  return (motif: Motif, direction: 1 | -1, either: boolean): void => {
    const here = player.count();
    const ahead = nextMotif(player, motif, here, direction);
    const found = ahead ?? (either ? nextMotif(player, motif, here, -1) : null);
    const end = found && endedBy(motif, found);
    if (!found || !end) {
      onFound(null, `${motif}: ${NONE[either ? 0 : direction]} in what is kept; ${HOW[motif]}.`);
      return;
    }
    showGroup(end.actor, store.getState());
    player.seek({ timeUs: found.timeUs, n: found.n });
    const says = `${actorWords(player.view(), end.actor)} ${end.says}`;
    const only = ahead ? '' : ' None comes later.';
    const at = momentText(found.timeUs);
    onFound({ lane: end.actor, mark: end.mark }, `${motif}: ${says}, at ${at}.${only}`);
  };
}

const NONE = { '-1': 'none earlier', '0': 'none', '1': 'none later' } as const;

/** Who completes a pattern, and how its mark in the diagram is called. */
function endedBy(motif: Motif, happening: Happening) {
  const note = endOf(motif, happening);
  const told = note && deedOf(note, happening.flight.to);
  if (!told) return null;
  const { actor = happening.flight.to, says } = told;
  return { actor, says, mark: `e${happening.count}.${happening.notes.indexOf(note)}` };
}

/** Brings the group of a copy into focus, so that its lane is there. */
function showGroup(
  actor: string,
  look: { readonly focusGroup: number | 'all'; setFocusGroup(group: number): void },
): void {
  const [group, member] = actor.split('/');
  if (member !== undefined && look.focusGroup !== 'all' && look.focusGroup !== Number(group))
    look.setFocusGroup(Number(group));
}
