import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isDark, type Theme, themeOf } from '../../scene/palettes.ts';
import { plural } from '../../scene/words.ts';
import { clockText } from '../../store/clock-text.ts';
import { VIEWS } from '../../store/views.ts';
import { download, downloadText, fileName } from '../export/download.ts';
import { type Picture, pictureNow } from '../export/picture.ts';
import { type Page, useApp, usePage } from '../hooks/page.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { Button } from '../kit/button.tsx';
import styles from './share.module.css';

const SCALES = [1, 2, 3] as const;

/** The view on screen as a picture, or all of them, with everything they need to stand alone. */
export function ShareImage() {
  const page = usePage();
  const shown = useTheme();
  const palette = useApp((state) => state.settings.palette);
  const [light, setLight] = useState(false);
  const [transparent, setTransparent] = useState(false);
  const [all, setAll] = useState(false);
  const wanted = { theme: light ? themeOf('light', palette) : shown, transparent } as const;
  return (
    <>
      <fieldset className={styles['choice']} data-row>
        <legend>Picture</legend>
        <label>
          <input type="radio" name="picture" checked={!all} onChange={() => setAll(false)} />
          this view
        </label>
        <label>
          <input type="radio" name="picture" checked={all} onChange={() => setAll(true)} />
          all {VIEWS.length} views
        </label>
      </fieldset>
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
      {all ? <ShareAll page={page} wanted={wanted} /> : <ShareOne page={page} wanted={wanted} />}
    </>
  );
}

interface ShareProps {
  readonly page: Page;
  readonly wanted: { readonly theme: Theme; readonly transparent: boolean };
}

/** What the files of this moment are called. */
const nameOf = ({ player }: Page, what: string, ending: string): string => {
  const moment = clockText(player.position().timeUs);
  return `${fileName(player.run().scenario.id, what, moment)}.${ending}`;
};

function ShareOne({ page, wanted }: ShareProps) {
  const tab = useApp((state) => state.tab);
  const picture = pictureNow(page, { ...wanted, link: page.links.linkHere() });
  if (!picture) {
    return (
      <p>
        There is no picture to take now: the view is a table, or nothing has happened that it could
        show. Tables are in Data.
      </p>
    );
  }
  const name = (ending: string): string => nameOf(page, tab, ending);
  return (
    <>
      <Preview picture={picture} />
      <Formats
        onPng={(scale) => void savePng(picture, scale, name(`${scale}x.png`), page)}
        onSvg={() => downloadText(name('svg'), picture.svg(), 'image/svg+xml')}
      />
      <p className={styles['note']}>
        With caption, simulated time, legend and link. The whole link is also inside the file, among
        what it says about itself.
      </p>
    </>
  );
}

interface FormatsProps {
  readonly isBusy?: boolean;
  onPng(scale: number): void;
  onSvg(): void;
}

/** One button for each kind of file. */
function Formats({ isBusy = false, onPng, onSvg }: FormatsProps) {
  return (
    <div className={styles['buttons']}>
      {SCALES.map((scale) => (
        <Button key={scale} icon={Download} aria-disabled={isBusy} onClick={() => onPng(scale)}>
          PNG {scale}×
        </Button>
      ))}
      <Button icon={Download} aria-disabled={isBusy} onClick={onSvg}>
        SVG
      </Button>
    </div>
  );
}

/** Every view at this moment, in one file. */
function ShareAll({ page, wanted }: ShareProps) {
  const [says, setSays] = useState<string | null>(null);
  const isBusy = says !== null;
  const save = async (what: string, ending: string, make: (picture: Picture) => Promise<Blob>) => {
    if (isBusy) return;
    const { toast } = page.store.getState();
    try {
      const { allViews } = await import('../export/all-views.ts');
      const { zip, missing } = await allViews(page, wanted, {
        ending,
        make: async (picture) => new Uint8Array(await (await make(picture)).arrayBuffer()),
        tell: (title, n) => setSays(`Drawing ${title}, ${n} of ${VIEWS.length} …`),
      });
      download(nameOf(page, `all-views-${what}`, 'zip'), zip);
      const left = missing.length > 0 ? ` Nothing to show yet: ${missing.join(', ')}.` : '';
      toast(`${plural(VIEWS.length - missing.length, 'picture')} saved in one ZIP file.${left}`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      toast(`The pictures could not be saved. ${why}`, { tone: 'problem' });
    } finally {
      setSays(null);
    }
  };
  return (
    <>
      <Formats
        isBusy={isBusy}
        onPng={(scale) => void save(`${scale}x`, 'png', (picture) => picture.png(scale))}
        onSvg={() => void save('svg', 'svg', async (picture) => new Blob([picture.svg()]))}
      />
      <p role="status" className={styles['note']}>
        {says ??
          `${VIEWS.map(({ title }) => title).join(', ')}: each in a file of its own, in one ZIP file, with caption, simulated time, legend and link.`}
      </p>
    </>
  );
}

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
