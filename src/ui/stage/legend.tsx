import { X } from 'lucide-react';
import { useMemo } from 'react';
import { paintSvg } from '../../render/svg-painter.ts';
import { LEGEND_PX, type LegendEntry, legendPicture } from '../../scene/legend.ts';
import type { Theme } from '../../scene/palettes.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { IconButton } from '../kit/button.tsx';
import { Glyph } from '../kit/glyph.tsx';
import styles from './legend.module.css';
import { DRAWN, MARKS, NOTES } from './legend-rows.ts';

/** What the marks of the view in sight mean: the same shapes, named. */
export function Legend() {
  const { store } = usePage();
  const view = useApp((state) => state.tab);
  const theme = useTheme();
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
