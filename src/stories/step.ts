import type { Position } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import type { Run } from '../scenario/run.ts';
import type { Condition, Pattern } from './condition.ts';

/** The views of the page, as a step asks for them. */
type StoryView = 'cluster' | 'log' | 'spacetime' | 'fleet' | 'metrics' | 'compare';

/** Something on the stage, as links name it: `node:B2`, `group:0`, `instance:R1`. */
type Place = `${'node' | 'instance' | 'segment' | 'group' | 'zone' | 'page' | 'record'}:${string}`;

/** Where a chapter, or a step that begins anew, starts from. */
export interface Opening {
  readonly run: Run;
  readonly at: Position;
}

/** One choice is right; what is said of the others tells why somebody could think so. */
export interface Prediction {
  readonly asks: string;
  readonly choices: readonly {
    readonly says: string;
    readonly feedback: string;
    readonly right?: true;
  }[];
}

/** What the reader does, in words for the button, and what the button does for those who rather watch. */
interface Deed {
  readonly says: string;
  /** Acts on the run, in order; none where time passing or a look is all it takes. */
  readonly acts: readonly Act[];
  /** What is selected, or shown, for a step about looking. */
  readonly looks?: readonly Place[];
  /** Whether the run plays on until the condition holds; otherwise it stands. */
  readonly plays: boolean;
}

/** Something the run tells, put into a sentence where `{name}` stands. */
export type Figure =
  | { readonly of: Pattern; readonly count: true }
  /** How long it took from the first of one fact to the last of another. */
  | { readonly from: Pattern; readonly to: Pattern }
  | {
      readonly of: Pattern;
      /** A field of the first or the last such note since the step began. */
      readonly which?: 'first' | 'last';
      readonly field: string;
      readonly as: 'duration' | 'number' | 'name';
    }
  /** Of the durations that such notes tell, the one at this rank, from 0 to 1: 0.5 is the median. */
  | { readonly of: Pattern; readonly rank: number; readonly field: string };

/**
 * One thing to understand. Prose marks words of the glossary as [[word]] or [[words|term]], and figures
 * of the run as {name}.
 */
export interface Step {
  /** Unique in its chapter, in lower case. Part of links: never changed. */
  readonly id: string;
  readonly title: string;
  /** At most 70 words. */
  readonly say: string;
  readonly view: StoryView;
  /** What the step is about: pointed out on the stage. */
  readonly focus: readonly Place[];
  /** Where it starts; otherwise where the step before ended. */
  readonly opening?: Opening;
  readonly predict?: Prediction;
  readonly deed: Deed;
  readonly until: Condition;
  /** Said when the reader has been at it for a while. */
  readonly hint: string;
  /** What has happened, once it has. At most 70 words. */
  readonly out: string;
  readonly figures?: Readonly<Record<string, Figure>>;
  /** What the words above claim of the run, each of which tests hold at the end of the step. */
  readonly claims: readonly Condition[];
  /** For who presents it. */
  readonly notes: string;
}

/** A question, and the steps that answer it in runs which follow one another. */
export interface Chapter {
  /** `s05`: part of links, never changed. */
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  /** The question the chapter answers. */
  readonly asks: string;
  readonly opening: Opening;
  readonly steps: readonly [Step, ...Step[]];
  /** Numbers of corrections that it shows. */
  readonly corrections: readonly string[];
}
