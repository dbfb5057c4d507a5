import { X } from 'lucide-react';
import { useMemo } from 'react';
import { paintSvg } from '../../render/svg-painter.ts';
import { FLEET_LEGEND } from '../../scene/fleet/legend.ts';
import { LEGEND_PX, type LegendEntry, legendPicture } from '../../scene/legend.ts';
import { LOG_LEGEND } from '../../scene/log/legend.ts';
import { SPACETIME_LEGEND } from '../../scene/spacetime/legend.ts';
import type { Theme } from '../../scene/tokens.ts';
import type { ViewTab } from '../../store/views.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { useDarkTheme } from '../hooks/use-theme.ts';
import { IconButton } from '../kit/button.tsx';
import { Glyph } from '../kit/glyph.tsx';
import styles from './legend.module.css';
import { IN_WORDS, MARKS } from './legend-rows.ts';

/** Marks of the views that draw them themselves. */
const DRAWN: Partial<Readonly<Record<ViewTab, readonly LegendEntry[]>>> = {
  log: LOG_LEGEND,
  spacetime: SPACETIME_LEGEND,
  fleet: FLEET_LEGEND,
};

/** What is not a mark of its own. */
const NOTES: Partial<Readonly<Record<ViewTab, string>>> = {
  cluster: IN_WORDS,
  spacetime: 'A zig-zag across the lanes stands for idle time that was cut out; it says how much.',
  fleet:
    'Redder means fewer copies, and the count in the middle says how many. Far away, a hexagon is one colour and its group’s worst news.',
  metrics:
    'Under the title of each chart stands what its marks are; lines and areas are named at their ends. A ring is a commit that still waits.',
};

/** What the marks of the view in sight mean: the same shapes, named. */
export function Legend() {
  const { store } = usePage();
  const view = useApp((state) => state.tab);
  const theme = useDarkTheme() ? 'dark' : 'light';
  const drawn = DRAWN[view];
  const note = NOTES[view];
  return (
    <section className={styles['legend']} aria-label="Legend">
      <span className={styles['close']}>
        <IconButton
          label="Close the legend"
          icon={X}
          onClick={() => store.getState().setLegend(false)}
        />
      </span>
      {view === 'cluster' ? <Glyphs /> : null}
      {drawn ? <Drawn entries={drawn} theme={theme} /> : null}
      {note ? <p>{note}</p> : null}
    </section>
  );
}

function Glyphs() {
  return (
    <dl>
      {MARKS.map(([glyph, name, says]) => (
        <div key={glyph}>
          <dt>
            <Glyph name={glyph} />
            {name}
          </dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}

interface DrawnProps {
  readonly entries: readonly LegendEntry[];
  readonly theme: Theme;
}

function Drawn({ entries, theme }: DrawnProps) {
  const pictures = useMemo(() => {
    // Letters in these pictures are single: any width will do.
    const measure = () => 0;
    return entries.map(
      (entry) =>
        `data:image/svg+xml,${encodeURIComponent(paintSvg(legendPicture(entry, theme, measure)))}`,
    );
  }, [entries, theme]);
  return (
    <dl>
      {entries.map(({ name, says }, i) => (
        <div key={name}>
          <dt>
            <img src={pictures[i]} alt="" {...LEGEND_PX} />
            {name}
          </dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
