import { narrate } from '../../protocol/narration/narrate.ts';
import type { GroupView } from '../../protocol/view.ts';
import { paintSvg } from '../../render/svg-painter.ts';
import { themeOf } from '../../scene/palettes.ts';
import type { LegendRow } from '../../scene/plate.ts';
import type { ToldEvent } from '../../store/app-store.ts';
import { Teller } from '../../store/telling.ts';
import { legendOf } from '../export/legend-of.ts';
import { wordsNow } from '../export/words-now.ts';
import type { Page } from '../hooks/page.ts';

/** The width of an A4 page within its margins in CSS pixels: letters of 12 are 9 points. */
const ROOM = { width: 688, height: 470 };
/** What fits on a sheet or two together with everything else. */
const MOST_BEATS = 30;
const SEARCHED_EVENTS = 3_000;
const MOST_GROUPS = 12;

/** Everything the sheet says, taken at one moment. */
export interface Printed {
  readonly title: string;
  readonly facts: readonly string[];
  readonly caption: string;
  readonly link: string;
  /** The picture as SVG; null where the view is a table. */
  readonly picture: string | null;
  readonly groups: readonly GroupView[];
  /** Groups that are not among them. */
  readonly otherGroups: number;
  /** Oldest first. */
  readonly beats: readonly ToldEvent[];
  readonly legend: readonly LegendRow[];
}

/** Takes down the present moment, drawn in light for the width of a page. */
export function printedNow(page: Page): Printed {
  const { player, store, links, showing } = page;
  const { tab, title, caption, facts } = wordsNow(page);
  const theme = themeOf('light', store.getState().settings.palette);
  const scene = showing.snapshot({ theme, room: ROOM });
  const { groups } = player.view();
  const worstFirst = groups.toSorted((a, b) => a.healthy - b.healthy || a.id - b.id);
  return {
    ...{ title, caption, facts },
    link: links.linkHere(),
    picture: scene && paintSvg(scene),
    groups: worstFirst.slice(0, MOST_GROUPS),
    otherGroups: Math.max(0, groups.length - MOST_GROUPS),
    beats: beatsBefore(page),
    // Without a picture there are no marks to explain.
    legend: scene ? legendOf(tab, theme) : [],
  };
}

/** The last beats up to the present moment. */
function beatsBefore({ player }: Page): readonly ToldEvent[] {
  const teller = new Teller(narrate, player);
  const found: ToldEvent[] = [];
  const last = player.count();
  const least = Math.max(1, player.kept().from, last - SEARCHED_EVENTS);
  for (let count = last; count >= least && found.length < MOST_BEATS; count--) {
    const happening = player.happening(count);
    if (!happening) continue;
    const beats = teller.rows(happening).filter(({ beat, minor }) => beat !== null && !minor);
    found.push(...beats.toReversed());
  }
  return found.slice(0, MOST_BEATS).reverse();
}
