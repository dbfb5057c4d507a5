import { type ComponentType, useEffect, useState } from 'react';
import { usePage } from '../hooks/page.ts';
import { Tab, TabList } from '../kit/tabs.tsx';
import { Dialog } from './dialog.tsx';
import styles from './share.module.css';
import { ShareData } from './share-data.tsx';
import { ShareImage } from './share-image.tsx';
import { ShareLink } from './share-link.tsx';

const TABS = [
  ['link', 'Link', ShareLink],
  ['image', 'Image', ShareImage],
  ['data', 'Data', ShareData],
] as const satisfies readonly (readonly [string, string, ComponentType])[];

type TabName = (typeof TABS)[number][0];

/** The run to take away: as a link that is the whole of it, as a picture, or as data. */
export function Share() {
  const { player } = usePage();
  const [tab, setTab] = useState<TabName>('link');
  const [seen, setSeen] = useState<ReadonlySet<TabName>>(new Set(['link']));
  // "This moment" must not run away while the dialog is open.
  useEffect(() => player.pause(), [player]);
  const select = (name: TabName): void => {
    setTab(name);
    setSeen(new Set([...seen, name]));
  };
  return (
    <Dialog title="Share">
      <TabList label="What to share">
        {TABS.map(([id, words]) => (
          <Tab key={id} id={id} group="share" selected={tab === id} onSelect={() => select(id)}>
            {words}
          </Tab>
        ))}
      </TabList>
      {TABS.map(([id, , Panel]) => (
        // What was chosen in a tab is there again when one comes back to it.
        <div
          key={id}
          role="tabpanel"
          id={`share-${id}-panel`}
          aria-labelledby={`share-${id}-tab`}
          hidden={tab !== id}
          className={styles['panel']}
        >
          {seen.has(id) ? <Panel /> : null}
        </div>
      ))}
    </Dialog>
  );
}
