import { Console } from '../console/console.tsx';
import { useApp, usePage } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';
import { Tab, TabList } from '../kit/tabs.tsx';
import styles from './column.module.css';

const Story = later(async () => (await import('../story/story.tsx')).Story);

const TABS = [
  ['story', 'Story'],
  ['console', 'Console'],
] as const;

/** The first column: the story, or the console. */
export function Column() {
  const { store } = usePage();
  const column = useApp((state) => state.column);
  return (
    <div className={styles['column']}>
      <TabList label="First column">
        {TABS.map(([id, words]) => (
          <Tab
            key={id}
            id={id}
            group="column"
            selected={id === column}
            onSelect={() => store.getState().setColumn(id)}
          >
            {words}
          </Tab>
        ))}
      </TabList>
      <div
        className={styles['panel']}
        role="tabpanel"
        id={`column-${column}-panel`}
        aria-labelledby={`column-${column}-tab`}
      >
        {column === 'story' ? <Story /> : <Console />}
      </div>
    </div>
  );
}
