import { BadgeCheck, CircleAlert, Image, MessageCircle, PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { LIST_TITLES } from '../../stories/contents.ts';
import { CORRECTIONS, type Correction } from '../../stories/corrections.ts';
import type { Chapter } from '../../stories/step.ts';
import { OUTCOME_WORDS, type Outcome } from '../../stories/verdict.ts';
import styles from './story.module.css';

const ICONS = {
  true: BadgeCheck,
  'true with a nuance': CircleAlert,
  corrected: PencilLine,
  answered: MessageCircle,
  supplied: Image,
} as const satisfies Record<Outcome, unknown>;

/** What one may have read about the matter of a chapter, and how it is. */
export function Cards({ chapter }: { readonly chapter: Chapter }) {
  const cards = CORRECTIONS.filter(({ id }) => chapter.corrections.includes(id));
  if (cards.length === 0) return null;
  return (
    <section aria-label={LIST_TITLES.read} className={styles['cards']}>
      {cards.map((card) => (
        <Card key={card.id} card={card} />
      ))}
    </section>
  );
}

/** What is made of something that one may have read: a mark, and the word. */
export function VerdictWord({ verdict }: { readonly verdict: Outcome }) {
  const Icon = ICONS[verdict];
  return (
    <p className={styles['verdict']}>
      <Icon className={styles['icon']} aria-hidden="true" /> {OUTCOME_WORDS[verdict]}
    </p>
  );
}

interface CardProps {
  readonly card: Correction;
  /** What leads on from here. */
  readonly children?: ReactNode;
}

/** Something that one may have read: the verdict, how it is, and who says so. */
export function Card({ card, children }: CardProps) {
  return (
    <article className={styles['card']} data-verdict={card.verdict}>
      <p className={styles['read']}>{card.read}</p>
      <VerdictWord verdict={card.verdict} />
      <p>{card.says}</p>
      <p className={styles['source']}>Published: {card.source}</p>
      {children}
    </article>
  );
}
