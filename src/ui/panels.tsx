/** What surrounds the drawing: one piece of code that comes right after the first picture. */
export { Console } from './console/console.tsx';
export { Events } from './events/events.tsx';
export { Inspector } from './inspector/inspector.tsx';
export { Column } from './layout/column.tsx';
export { ColumnBar } from './layout/column-bar.tsx';
export { LinkProblem } from './notices/link-problem.tsx';
export { Toast } from './notices/toast.tsx';
export { Playback } from './playback/playback.tsx';
export { OverlayGrid } from './stage/overlay-grid.tsx';
export { Readout } from './stage/readout.tsx';
export { StageBar } from './stage/stage-bar.tsx';
