import { ConsoleBar } from '../console/console-bar.tsx';
import { useApp } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';

const StoryBar = later(async () => (await import('../story/story-bar.tsx')).StoryBar);

/** The first column where there is no room for one: a row above the stage. */
export function ColumnBar() {
  const column = useApp((state) => state.column);
  return column === 'story' ? <StoryBar /> : <ConsoleBar />;
}
