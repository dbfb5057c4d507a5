import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { afterAll, type Micros } from '../../engine/time.ts';
import type { Track } from '../../history/track-history.ts';
import { palette } from '../../scene/palettes.ts';
import { clockText, spokenClock } from '../../store/clock-text.ts';
import { forkOf } from '../../store/track.ts';
import { useApp, usePage, useSummary } from '../hooks/page.ts';
import { useElementSize } from '../hooks/use-element-size.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { later } from '../kit/later.tsx';
import { Flags } from './flags.tsx';
import { type Ghost, paintTrack, type TrackPicture } from './paint-track.ts';
import styles from './timeline.module.css';
import { beatScale, LABELLED, linearScale, type TimeScale, trackEnd } from './timeline-scale.ts';
import { availabilityAt, bandWords, stretchWords } from './track-words.ts';

const LoopHandles = later(async () => (await import('./loop-handles.tsx')).LoopHandles);

/** The whole run on one line: drag it, or use the arrows. Touching it pauses. */
export function Timeline() {
  const { track: feed } = usePage();
  const track = useRef<HTMLDivElement>(null);
  const shownUs = useSummary((summary) => summary.shownUs);
  const edgeUs = useSummary((summary) => summary.edge.timeUs);
  const loop = useSummary((summary) => summary.loop);
  const ghosts = useGhosts();
  const known = feed.track();
  const scale = useScale(known, edgeUs, ghosts);
  const [pointed, setPointed] = useState<number | null>(null);
  const scrub = useScrub(track, scale, edgeUs);
  const picture = useMemo(
    () => ({ scale, edgeUs, nowUs: shownUs, track: known, ghosts, loop }),
    [scale, edgeUs, shownUs, known, ghosts, loop],
  );
  const share = (us: Micros): string => `${100 * Math.min(1, scale.toShare(us))}%`;

  const onPointerMove = (event: PointerEvent): void => {
    setPointed(scrub.shareAt(event.clientX));
    scrub.onPointerMove(event);
  };

  return (
    <div className={styles['timeline']}>
      <Flags scale={scale} epochs={known?.epochs ?? []} />
      <div className={styles['line']}>
        <div
          ref={track}
          role="slider"
          tabIndex={0}
          aria-label="Time"
          aria-valuemin={0}
          aria-valuemax={edgeUs}
          aria-valuenow={Math.round(shownUs)}
          aria-valuetext={useValueText(known, shownUs)}
          data-keys="timeline"
          className={styles['track']}
          onPointerDown={scrub.onPointerDown}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointed(null)}
        >
          <Paint of={track} picture={picture} />
          <span className={styles['thumb']} style={{ insetInlineStart: share(shownUs) }} />
          {pointed === null ? null : (
            <span className={styles['tip']} style={{ '--at': `${100 * pointed}%` }}>
              <Tip us={scale.toUs(pointed)} edgeUs={edgeUs} track={known} ghosts={ghosts} />
            </span>
          )}
        </div>
        {loop ? <LoopHandles loop={loop} scale={scale} edgeUs={edgeUs} track={track} /> : null}
      </div>
      <div className={styles['ticks']} aria-hidden="true">
        {LABELLED.map((at) => (
          <span key={at}>{scale.label(at)}</span>
        ))}
      </div>
    </div>
  );
}

/** Futures that were left, against the run as it is. */
function useGhosts(): readonly Ghost[] {
  const { player } = usePage();
  const branches = useSummary((summary) => summary.branches);
  const run = player.run();
  return useMemo(
    () =>
      branches.map(({ id, title, run: left, leftAt }) => ({
        ...{ id, title, toUs: leftAt.timeUs },
        fromUs: Math.min(leftAt.timeUs, forkOf(left, run)),
      })),
    [branches, run],
  );
}

function useScale(track: Track | null, edgeUs: Micros, ghosts: readonly Ghost[]): TimeScale {
  const inBeats = useApp((state) => state.settings.timeScale === 'beats');
  const farthestUs = Math.max(edgeUs, ...ghosts.map(({ toUs }) => toUs));
  const endUs = trackEnd(farthestUs);
  const beats = inBeats ? (track?.beats ?? null) : null;
  // The beats are a list that grows: how many there are tells whether it has.
  const count = beats?.count ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count stands for what is in the list.
  return useMemo(
    () => (beats ? beatScale(beats, edgeUs, farthestUs) : linearScale(endUs)),
    [beats, count, edgeUs, farthestUs, endUs],
  );
}

/** Where one is: the time, what happened last, and what cannot be done. */
function useValueText(track: Track | null, shownUs: number): string {
  const sentence = useSummary((summary) => summary.sentence);
  const level = track && availabilityAt(track, shownUs);
  const bands = level && (level.writes !== 'yes' || level.reads !== 'yes') ? bandWords(level) : '';
  return [spokenClock(shownUs), sentence, bands].filter((words) => words !== '').join(', ');
}

interface TipProps {
  readonly us: Micros;
  readonly edgeUs: Micros;
  readonly track: Track | null;
  readonly ghosts: readonly Ghost[];
}

/** The time pointed at, the last thing told up to then as far as it is at hand, and what the lanes mean there. */
function Tip({ us, edgeUs, track, ghosts }: TipProps) {
  const told = useSummary((summary) => summary.told);
  if (us > edgeUs) return <GhostTip us={us} ghosts={ghosts} />;
  const last = told.findLast(({ position }) => position.timeUs <= us);
  const level = track && availabilityAt(track, us);
  return (
    <>
      <span className={styles['when']}>{clockText(us)}</span>
      {last ? <span className={styles['what']}>{last.sentence}</span> : null}
      {track ? <Line words={level ? bandWords(level) || ALL_WELL : UNREAD} /> : null}
      {track ? <Line words={stretchWords(track, us)} /> : null}
    </>
  );
}

const ALL_WELL = 'All copies answer.';
const UNREAD = 'What happened here is no longer kept.';

/** Beyond what was computed of this run there are only futures that were left. */
function GhostTip({ us, ghosts }: Pick<TipProps, 'us' | 'ghosts'>) {
  const ghost = ghosts.find(({ fromUs, toUs }) => fromUs <= us && us <= toUs);
  if (!ghost) return <span className={styles['when']}>not computed yet</span>;
  return (
    <>
      <span className={styles['when']}>{clockText(us)}</span>
      <Line words={`Ghost branch: ${ghost.title}`} />
    </>
  );
}

const Line = ({ words }: { readonly words: string }) =>
  words === '' ? null : <span className={styles['what']}>{words}</span>;

interface PaintProps {
  readonly of: React.RefObject<HTMLElement | null>;
  readonly picture: TrackPicture;
}

/** The painted part, redrawn when the summary changes: ten times a second at most. */
function Paint({ of, picture }: PaintProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(of);
  const theme = useTheme();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current || !size) return;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    // Setting a size clears the canvas and throws its memory away: only when it changed.
    if (canvas.current.width !== width) canvas.current.width = width;
    if (canvas.current.height !== height) canvas.current.height = height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintTrack(context, size, picture, palette(theme));
  }, [size, theme, picture]);
  return <canvas ref={canvas} className={styles['paint']} />;
}

/** Seeking with the pointer; keys are the registry's. A finger moved away from the track by 60 px scrubs half as fast. */
function useScrub(track: React.RefObject<HTMLElement | null>, scale: TimeScale, edgeUs: Micros) {
  const { player } = usePage();
  // A share and not a time: where several beats fall into one moment, a time would not move.
  const last = useRef({ x: 0, share: 0 });
  const box = (): DOMRect => track.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
  const inside = (share: number): number => Math.min(1, Math.max(0, share));
  const shareAt = (x: number): number => inside((x - box().left) / box().width);
  const seek = (share: number): void => {
    const us = Math.round(Math.min(edgeUs, scale.toUs(share)));
    player.seek(us >= edgeUs ? player.edge() : afterAll(us));
  };

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = { x: event.clientX, share: shareAt(event.clientX) };
    player.pause();
    seek(last.current.share);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { top, bottom, width } = box();
    const away = Math.max(top - event.clientY, event.clientY - bottom);
    const rate = away >= 60 ? 0.5 : 1;
    const moved = ((event.clientX - last.current.x) / width) * rate;
    last.current = { x: event.clientX, share: inside(last.current.share + moved) };
    seek(last.current.share);
  };
  return { shareAt, onPointerDown, onPointerMove };
}
