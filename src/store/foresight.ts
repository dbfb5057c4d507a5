import { comparePositions, type Position } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { Run } from '../scenario/run.ts';
import type { AppStore } from './app-store.ts';
import type { dryRun, Foreseen } from './dry-run.ts';
import { type Errand, SLICE_MS, Slice } from './errand.ts';
import type { Frames } from './frames.ts';
import type { RunPlayer } from './run-player.ts';

/** Long enough to pass over a control on the way to another. */
const PAUSE_MS = 150;
/** Answers kept of one moment. */
const MOST_KEPT = 64;
/** A piece may take so much of a frame that plays; else all that a frame has. */
const PLAYING_MS = 2;

interface Parts {
  readonly player: RunPlayer;
  readonly store: AppStore;
  readonly frames: Frames;
  /** Says a sentence to those who listen. */
  say(sentence: string): void;
}

/** A question that somebody has by pointing at a control, or by going to it. */
interface Question {
  /** Tells one control from another. */
  readonly asker: string;
  readonly act: Act;
  /** Whether the answer is said as well as shown. */
  readonly aloud: boolean;
}

/** The moment of a run for which answers hold. */
interface Asked {
  readonly run: Run;
  readonly at: Position;
  readonly health: readonly unknown[];
}

/**
 * Answers what an act would do, before it is done, by playing a fork of the run a little at a time. One
 * question at a time; the answer goes to the store. It asks again when the run becomes another one, and
 * while it plays when something breaks or heals.
 */
export class Foresight {
  readonly #parts: Parts;
  readonly #slice: Slice;
  readonly #answers = new Map<string, Foreseen>();
  #question: Question | null = null;
  #asked: Asked | null = null;
  #later: (() => void) | null = null;
  /** What comes later is a question's beginning. */
  #isPausing = false;
  #dryRun: typeof dryRun | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#slice = new Slice(() => parts.frames.now());
    parts.player.subscribe(() => this.#look());
  }

  ask(question: Question): void {
    const now = this.#question;
    if (now?.asker === question.asker && sameAct(now.act, question.act)) return;
    this.#question = question;
    this.#tell(null);
    this.#soon();
  }

  /** The question is no longer there; that of another control stays. */
  forget(asker: string): void {
    if (this.#question?.asker !== asker) return;
    this.#question = null;
    this.#stop();
    this.#parts.store.getState().setForeseen(null);
  }

  #stop(): void {
    this.#later?.();
    this.#later = null;
    this.#isPausing = false;
  }

  #soon(): void {
    this.#stop();
    this.#isPausing = true;
    this.#later = this.#parts.frames.after(PAUSE_MS, () => void this.#begin());
  }

  /** After every change of the run: whether what was asked would now be another question. */
  #look(): void {
    if (this.#question === null || this.#asked === null) return;
    if (this.#isStill(this.#asked)) return;
    // While time runs every frame is a change, and would put the answer off again.
    if (!this.#isPausing || this.#parts.player.state() !== 'playing') this.#soon();
  }

  #isStill({ run, at, health }: Asked): boolean {
    const { player } = this.#parts;
    if (run !== player.run()) return false;
    const moved = comparePositions(player.position(), at);
    if (player.state() !== 'playing') return moved === 0;
    return moved >= 0 && sameHealth(health, healthOf(player.view()));
  }

  async #begin(): Promise<void> {
    this.#stop();
    const question = this.#question;
    try {
      this.#dryRun ??= (await import('./dry-run.ts')).dryRun;
    } catch {
      // Without its code nothing can be foretold; whatever is pointed at still does what it says.
      return;
    }
    // The code may have been a while on its way.
    if (question === null || question !== this.#question) return;
    const { player } = this.#parts;
    const asked = this.#asked;
    const sameMoment =
      asked?.run === player.run() && comparePositions(asked.at, player.position()) === 0;
    if (!sameMoment) this.#answers.clear();
    this.#asked = {
      run: player.run(),
      at: player.position(),
      health: healthOf(player.view()),
    };
    const key = JSON.stringify(question.act);
    const known = this.#answers.get(key);
    if (known) this.#answered(known);
    else this.#goOn(this.#errand(this.#dryRun, question.act, key));
  }

  #errand(run: typeof dryRun, act: Act, key: string): Errand {
    // What was answered for the moment before stays until there is something better.
    const before = this.#parts.store.getState().foreseen?.answer ?? null;
    const tell = (foreseen: Foreseen): void => {
      if (!foreseen.done) {
        if (before === null) this.#tell(foreseen);
        return;
      }
      this.#keep(key, foreseen);
      this.#answered(foreseen);
    };
    return run(this.#parts.player, act, { late: () => this.#slice.late(), tell });
  }

  #keep(key: string, foreseen: Foreseen): void {
    if (this.#answers.size >= MOST_KEPT) this.#answers.clear();
    this.#answers.set(key, foreseen);
  }

  /** One piece, and the next in a task of its own. */
  #goOn(errand: Errand): void {
    const { player } = this.#parts;
    this.#slice.begin(player.state() === 'playing' ? PLAYING_MS : SLICE_MS);
    if (errand.next().done) return;
    this.#later = this.#parts.frames.after(0, () => this.#goOn(errand));
  }

  #answered(foreseen: Foreseen): void {
    this.#tell(foreseen);
    if (this.#question?.aloud) this.#parts.say(foreseen.sentences.join(' '));
  }

  #tell(answer: Foreseen | null): void {
    if (this.#question === null) return;
    const { asker, act } = this.#question;
    this.#parts.store.getState().setForeseen({ asker, act, answer });
  }
}

const sameAct = (a: Act, b: Act): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Whatever makes another answer likely while time runs on, one thing after another. */
const healthOf = ({ groups, hosts, instances, control }: ClusterView): readonly unknown[] => [
  ...groups.map(({ healthy }) => healthy),
  ...hosts.flatMap(({ state, slow, isolated }) => [state, slow, isolated]),
  ...instances.flatMap(({ role, state }) => [role, state]),
  ...[control.state, control.failover?.phase],
];

const sameHealth = (a: Asked['health'], b: Asked['health']): boolean =>
  a.length === b.length && a.every((each, i) => each === b[i]);
