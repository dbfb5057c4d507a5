import { type Position, START } from '../engine/time.ts';
import type {
  decodeLink,
  encodeLink,
  engineNotice,
  isFromNewer,
  LinkUi,
} from '../scenario/link.ts';
import type { Run } from '../scenario/run.ts';
import { printPlace, readPlace, type StoryPlace } from '../stories/place.ts';
import type { AppStore } from './app-store.ts';
import type { readFleetSight } from './fleet-sight.ts';
import type { Frames } from './frames.ts';
import type { RunPlayer } from './run-player.ts';
import { printSelection, readSelection } from './selection-text.ts';
import { stepOfAddress } from './story/story-link.ts';
import type { StoryShelf } from './story/story-shelf.ts';
import { isViewTab, type ViewTab } from './views.ts';

/** The page's address and clipboard. */
export interface Address {
  /** The fragment with its "#", or ''. */
  fragment(): string;
  /** The address without its fragment. */
  base(): string;
  /** Writes what stands there in place of what stood there; both are of this view. */
  replace(fragment: string, view: ViewTab): void;
  /** Writes it as a place of its own, to which the browser's Back leads from the next one. */
  push(fragment: string, view: ViewTab): void;
  /** Tells where somebody went. By then the page may have written to the address again. */
  onChange(listener: (fragment: string) => void): void;
  /** Tells that somebody went back or forth to a place of this page, and which view it was of. */
  onReturn(listener: (view: ViewTab) => void): void;
  /** False when the browser does not let the page write to the clipboard. */
  copy(text: string): Promise<boolean>;
}

/** What reads and writes links: a page that was not opened by one can do without for its first picture. */
export interface LinkCodec {
  readonly decodeLink: typeof decodeLink;
  readonly encodeLink: typeof encodeLink;
  readonly engineNotice: typeof engineNotice;
  readonly isFromNewer: typeof isFromNewer;
  readonly readFleetSight: typeof readFleetSight;
}

export interface LinkParts {
  readonly player: RunPlayer;
  readonly story: Pick<StoryShelf, 'open' | 'adopt'>;
  readonly store: AppStore;
  readonly frames: Frames;
  readonly address: Address;
}

/** What a link carries beside the run. */
export interface LinkIncludes {
  /** View, selection, group in focus, and how the fleet is looked at. */
  readonly look: boolean;
  /** Speed. */
  readonly rate: boolean;
  readonly theme: boolean;
}

/** How somebody wants a link. */
interface LinkWishes {
  readonly title?: string;
  readonly start?: 'paused' | 'playing' | 'beginning';
  readonly include?: LinkIncludes;
}

interface Told {
  readonly title: string;
  readonly play: boolean;
  readonly include: LinkIncludes;
}

const USUAL: LinkIncludes = { look: true, rate: true, theme: false };

/** Browsers refuse pages that rewrite their address too often. */
const APART_MS = 1_000;

/** Says in one notice what a link or a file asked for and could not be had as it was. */
export function tellAdjusted(store: AppStore, adjusted: readonly string[]): void {
  const { toast } = store.getState();
  const [only, ...others] = adjusted;
  if (only === undefined) return;
  const all = `${adjusted.length} settings were out of range and were adjusted.`;
  if (others.length === 0) toast(only, { tone: 'problem' });
  else toast(all, { tone: 'problem', details: adjusted });
}

const noSuchStep = (step: StoryPlace): string =>
  `The story has no step “${printPlace(step)}”: the link may have been cut or mistyped.`;

/** Keeps the address bar telling the present moment, and opens what stands in it. */
export class LinkSync {
  readonly #parts: LinkParts;
  #written: { readonly key: string; readonly atMs: number } = { key: '', atMs: -APART_MS };
  #waiting = false;
  #held = false;
  #codec: LinkCodec | null = null;
  /** The view that the address is of. */
  #view: ViewTab = 'cluster';

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  /** From now on links can be opened and made, and the address follows the run. */
  use(codec: LinkCodec): void {
    const parts = this.#parts;
    this.#codec = codec;
    this.#view = parts.store.getState().tab;
    parts.address.onChange((fragment) => this.#went(fragment));
    parts.address.onReturn((view) => this.#show(view));
    parts.player.subscribe(() => this.#changed());
    parts.store.subscribe(() => this.#changed());
  }

  /** A link that cannot be read stays in the address, whatever was written there meanwhile. */
  #went(fragment: string): void {
    if (!this.open(fragment)) this.#parts.address.replace(fragment, this.#view);
  }

  /** Shows a view that the address is of already. */
  #show(view: ViewTab): void {
    this.#view = view;
    this.#parts.store.getState().setTab(view);
  }

  /** Opens a fragment or an address. False, with the reason in the store, when it cannot be read. */
  open(text: string): boolean {
    const { player, store } = this.#parts;
    const state = store.getState();
    const codec = this.#codec;
    if (!codec) return false;
    const step = stepOfAddress(text);
    if (step) {
      state.setLinkProblem(null);
      void this.#openStep(step, text);
      return true;
    }
    const opened = codec.decodeLink(text);
    if (!opened.ok) {
      const newer = codec.isFromNewer(text);
      state.setLinkProblem({ sentence: opened.problem, raw: text, newer });
      return false;
    }
    const { link, adjusted, madeWith } = opened.value;
    state.setLinkProblem(null);
    player.open(link.run, link.at ?? START);
    this.#look(link.ui, link.run);
    if (link.play) void this.#playOnceThere();
    const notice = codec.engineNotice(madeWith);
    const fleet = codec.readFleetSight(link.ui);
    state.setFleet(fleet.sight);
    tellAdjusted(store, [...adjusted, ...fleet.adjusted]);
    if (notice !== null) state.toast(notice, { tone: 'problem' });
    return true;
  }

  /** Whether the story has a step is known once its chapters are there. */
  async #openStep(step: StoryPlace, text: string): Promise<void> {
    const { address, store, story } = this.#parts;
    if (await story.open(step)) return;
    store.getState().setLinkProblem({ sentence: noSuchStep(step), raw: text, newer: false });
    // Like any link that could not be opened it stays in the address, whatever was written there meanwhile.
    address.replace(text.slice(text.indexOf('#')), this.#view);
  }

  /** The run of the link is there in any case. */
  async #adopt(step: StoryPlace): Promise<void> {
    const { store, story } = this.#parts;
    if (!(await story.adopt(step))) store.getState().toast(noSuchStep(step), { tone: 'problem' });
  }

  /** Leaves the address as it is while views are only leafed through. Returns what ends that. */
  hold(): () => void {
    this.#held = true;
    return () => {
      this.#held = false;
      this.#changed();
    };
  }

  /** At once where the way is short. */
  async #playOnceThere(): Promise<void> {
    const { player } = this.#parts;
    if (player.seeking() === null || (await player.settled())) player.play();
  }

  /** The link of the present moment, paused there; until the codec is there, of the page alone. */
  linkHere({ title = '', start = 'paused', include = USUAL }: LinkWishes = {}): string {
    const { address, player } = this.#parts;
    const at = start === 'beginning' ? null : player.position();
    return address.base() + this.#fragment(at, { title, play: start === 'playing', include });
  }

  /** Copies the link of the present moment. Shows it when the clipboard is out of reach. */
  async copyLinkHere(): Promise<void> {
    const { address, store } = this.#parts;
    const copied = await address.copy(this.linkHere());
    if (copied) store.getState().toast('Link copied');
    else store.getState().openDialog('share');
  }

  #fragment(at: Position | null, { title, play, include }: Told): string {
    const { player } = this.#parts;
    const ui: LinkUi = {
      ...(include.look ? this.#looked() : {}),
      ...(include.rate ? { rate: player.rateUs() } : {}),
      ...(include.theme ? { theme: this.#parts.store.getState().settings.theme } : {}),
    };
    return this.#codec ? this.#codec.encodeLink({ run: player.run(), at, play, title, ui }) : '';
  }

  #looked(): LinkUi {
    const { selection, focusGroup, focusPinned, tab, fleet, story } = this.#parts.store.getState();
    return {
      ...(story ? { ch: printPlace(story) } : {}),
      ...(selection ? { sel: printSelection(selection) } : {}),
      ...(focusPinned ? { pg: focusGroup } : {}),
      ...(tab === 'cluster' ? {} : { view: tab }),
      ...(fleet.scale === 'live' ? {} : { fleet: fleet.scale }),
      ...(fleet.form === 'comb' ? {} : { form: fleet.form }),
    };
  }

  #look(ui: LinkUi, { scenario }: Run): void {
    const { player, store } = this.#parts;
    const { select, setFocusGroup, wearTheme } = store.getState();
    const step = readPlace(ui['ch']);
    if (step) void this.#adopt(step);
    this.#show(isViewTab(ui['view']) ? ui['view'] : 'cluster');
    select(readSelection(ui['sel']));
    const group = ui['pg'];
    const groups = scenario.config.groups;
    const known = typeof group === 'number' && Number.isInteger(group) && group < groups;
    setFocusGroup(group === 'all' ? 'all' : known && group >= 0 ? group : null);
    const rate = ui['rate'];
    if (typeof rate === 'number' && rate >= 1 && rate <= 1e9) player.setRate(rate);
    wearTheme(ui['theme']);
  }

  /** What the address should tell, apart from the passing of time while playing. */
  #key(): string {
    const { player, store } = this.#parts;
    const { selection, focusGroup, focusPinned, tab, fleet } = store.getState();
    const { scenario, seed, interventions } = player.run();
    const { timeUs, n } = player.position();
    const state = player.state();
    const moment = state === 'paused' ? `${timeUs}.${n}` : state;
    const focus = focusPinned ? focusGroup : 'auto';
    const look = `${selection ? printSelection(selection) : ''} ${focus} ${player.rateUs()} ${tab} ${fleet.scale} ${fleet.form}`;
    const last = interventions.at(-1);
    const acts = last ? `${interventions.length} ${last.at.timeUs} ${last.act.op}` : '';
    return [scenario.id, seed, acts, moment, look].join('|');
  }

  #changed(): void {
    const { frames, player } = this.#parts;
    // Half of a long way is no moment to come back to.
    if (player.state() === 'seeking' || this.#held) return;
    if (this.#parts.store.getState().tab !== this.#view) this.#push();
    if (this.#waiting || this.#key() === this.#written.key) return;
    this.#waiting = true;
    const rest = Math.max(0, this.#written.atMs + APART_MS - frames.now());
    frames.after(rest, () => this.#write());
  }

  /** Another view is another place: Back leads from it to the one before. */
  #push(): void {
    const { address, frames, store } = this.#parts;
    if (store.getState().linkProblem) return;
    this.#view = store.getState().tab;
    this.#written = { key: this.#key(), atMs: frames.now() };
    address.push(this.#present(), this.#view);
  }

  #present(): string {
    const { player } = this.#parts;
    const play = player.state() === 'playing';
    return this.#fragment(player.position(), { title: '', play, include: USUAL });
  }

  #write(): void {
    const { address, frames, store } = this.#parts;
    this.#waiting = false;
    if (this.#held) return;
    // A link that could not be read stays in the address until the person decides what to do.
    if (store.getState().linkProblem) return;
    this.#written = { key: this.#key(), atMs: frames.now() };
    address.replace(this.#present(), this.#view);
  }
}
