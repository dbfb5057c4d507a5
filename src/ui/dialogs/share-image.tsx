import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isDark, themeOf } from '../../scene/palettes.ts';
import { clockText } from '../../store/clock-text.ts';
import { download, downloadText, fileName } from '../export/download.ts';
import { type Picture, pictureNow } from '../export/picture.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { Button } from '../kit/button.tsx';
import styles from './share.module.css';

const SCALES = [1, 2, 3] as const;

/** The view on screen as a picture, with everything it needs to stand alone. */
export function ShareImage() {
  const page = usePage();
  const shown = useTheme();
  const palette = useApp((state) => state.settings.palette);
  const tab = useApp((state) => state.tab);
  const [light, setLight] = useState(false);
  const [transparent, setTransparent] = useState(false);
  const theme = light ? themeOf('light', palette) : shown;
  const link = page.links.linkHere();
  const picture = pictureNow(page, { theme, transparent, link });
  if (!picture) {
    return (
      <p>
        There is no picture to take now: the view is a table, or nothing has happened that it could
        show. Tables are in Data.
      </p>
    );
  }
  const { scenario } = page.player.run();
  const moment = clockText(page.player.position().timeUs);
  const name = (ending: string): string => `${fileName(scenario.id, tab, moment)}.${ending}`;
  return (
    <>
      <Preview picture={picture} />
      <fieldset className={styles['choice']} data-row>
        <legend>Look</legend>
        {isDark(shown) ? (
          <label>
            <input type="checkbox" checked={light} onChange={() => setLight(!light)} />
            light theme
          </label>
        ) : null}
        <label>
          <input
            type="checkbox"
            checked={transparent}
            onChange={() => setTransparent(!transparent)}
          />
          transparent background
        </label>
      </fieldset>
      <div className={styles['buttons']}>
        {SCALES.map((scale) => (
          <Button
            key={scale}
            icon={Download}
            onClick={() => void savePng(picture, scale, name(`${scale}x.png`), page)}
          >
            PNG {scale}×
          </Button>
        ))}
        <Button
          icon={Download}
          onClick={() => downloadText(name('svg'), picture.svg(), 'image/svg+xml')}
        >
          SVG
        </Button>
      </div>
      <p className={styles['note']}>
        With caption, simulated time, legend and link. The whole link is also inside the file, among
        what it says about itself.
      </p>
    </>
  );
}

type Page = ReturnType<typeof usePage>;

async function savePng(
  picture: Picture,
  scale: number,
  name: string,
  { store }: Page,
): Promise<void> {
  try {
    download(name, await picture.png(scale));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    store.getState().toast(`${why} SVG has no size.`, { tone: 'problem' });
  }
}

/** What the file will look like. */
function Preview({ picture }: { readonly picture: Picture }) {
  const [source, setSource] = useState<string | null>(null);
  // A new object with every render: what it draws is told by its text.
  const drawn = picture.svg();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture changes when what is drawn does.
  useEffect(() => {
    let address = '';
    let gone = false;
    picture.png(1).then(
      (blob) => {
        if (gone) return;
        address = URL.createObjectURL(blob);
        setSource(address);
      },
      () => setSource(null),
    );
    return () => {
      gone = true;
      URL.revokeObjectURL(address);
    };
  }, [drawn]);
  return (
    <div className={styles['preview']}>
      {source ? <img src={source} alt={picture.title} /> : null}
    </div>
  );
}
