import { type KeyboardEvent, useRef, useState } from 'react';
import type { Column } from '../../../scene/log/columns.ts';
import { type Ladder, ladderOf } from '../../../scene/log/ladder.ts';
import { type LadderLook, LEAST_COLUMN_PX, MOST_COLUMN_PX } from '../../../scene/log/plan.ts';
import { cursorWords } from '../../../scene/log/words.ts';
import type { Selection } from '../../../store/app-store.ts';
import { useApp, usePage } from '../../hooks/page.ts';
import { useZoomable } from '../../hooks/use-zoomable.ts';
import { SketchCanvas } from '../sketch-canvas.tsx';
import { useLog } from './use-log.ts';

const ZOOM = 1.25;
const PAGE_COLUMNS = 10;

type Cursor = NonNullable<LadderLook['cursor']>;

const lsnOf = (selection: Selection | null): number | null =>
  selection?.kind === 'record' ? Number(selection.id) : null;

const HINT = 'Arrow keys read cell by cell; Enter selects a record; + and − change the width.';

/** The log as a ladder. Follows the newest record until somebody reads further back. */
export function LogView() {
  const { player, store } = usePage();
  const log = useLog();
  const group = useApp((state) => state.focusGroup);
  const selected = useApp((state) => lsnOf(state.selection));
  const hovered = useApp((state) => lsnOf(state.hover));
  const [chosenPx, setColumnPx] = useState<number | null>(null);
  const shownPx = useRef(0);
  const [back, setBack] = useState(0);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [reading, setReading] = useState(HINT);
  const look = { group, selected, hovered, columnPx: chosenPx, back, cursor } as const;

  const moveTo = (ladder: Ladder, to: Cursor): void => {
    const column = Math.max(0, Math.min(ladder.columns.length - 1, to.column));
    const row = Math.max(0, Math.min(ladder.rows.length - 1, to.row));
    setCursor({ row, column });
    setReading(cursorWords(ladder, row, column));
    const fit = ladder.to - ladder.from;
    if (column < ladder.from) setBack(Math.max(0, ladder.columns.length - column - fit));
    if (column >= ladder.to) setBack(Math.max(0, ladder.columns.length - column - 1));
  };
  const select = (column: Column | undefined): void => {
    if (column?.kind !== 'record') return;
    store.getState().select({ kind: 'record', id: String(column.entry.lsn) });
  };
  const onKey = (event: KeyboardEvent, ladder: Ladder): boolean => {
    const { row, column } = cursor ?? { row: 0, column: ladder.to - 1 };
    const to = MOVES[event.key]?.(row, column, ladder);
    if (to) moveTo(ladder, cursor ? to : { row, column });
    if (event.key === 'Enter') select(ladder.columns[column]);
    return to !== undefined || event.key === 'Enter';
  };
  const widen = (by: number): void =>
    setColumnPx(Math.max(LEAST_COLUMN_PX, Math.min(MOST_COLUMN_PX, shownPx.current * by)));
  useZoomable({
    zoomIn: () => widen(ZOOM),
    zoomOut: () => widen(1 / ZOOM),
    fit: () => setColumnPx(null),
  });
  return (
    <SketchCanvas
      label="Log: records across, copies down"
      reading={reading}
      stamp={() => player.count()}
      onKey={onKey}
      draw={({ width: widthPx, height: heightPx }, measure, _sight, theme) => {
        const room = { widthPx, heightPx };
        const ladder = ladderOf(player.view(), log().entries, { ...look, theme }, room, measure);
        shownPx.current = ladder.columnPx;
        return ladder;
      }}
    />
  );
}

const MOVES: Readonly<Record<string, (row: number, column: number, ladder: Ladder) => Cursor>> = {
  ArrowLeft: (row, column) => ({ row, column: column - 1 }),
  ArrowRight: (row, column) => ({ row, column: column + 1 }),
  ArrowUp: (row, column) => ({ row: row - 1, column }),
  ArrowDown: (row, column) => ({ row: row + 1, column }),
  PageUp: (row, column) => ({ row, column: column - PAGE_COLUMNS }),
  PageDown: (row, column) => ({ row, column: column + PAGE_COLUMNS }),
  Home: (row) => ({ row, column: 0 }),
  End: (row, _, { columns }) => ({ row, column: columns.length - 1 }),
};
