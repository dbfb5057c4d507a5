import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { afterAll, type Micros } from '../../engine/time.ts';
import { palette } from '../../scene/tokens.ts';
import { clockText, spokenClock } from '../../store/clock-text.ts';
import { durationText } from '../format.ts';
import { usePage, useSummary } from '../hooks/page.ts';
import { useElementSize } from '../hooks/use-element-size.ts';
import { useDarkTheme } from '../hooks/use-theme.ts';
import { Flags } from './flags.tsx';
import { TrackMarks } from './marks.ts';
import { paintTrack } from './paint-track.ts';
import styles from './timeline.module.css';
import { tickTimes, trackEnd } from './timeline-scale.ts';

/** The whole run on one line: drag it, or use the arrows. Touching it pauses. */
export function Timeline() {
  const track = useRef<HTMLDivElement>(null);
  const shownUs = useSummary((summary) => summary.shownUs);
  const edgeUs = useSummary((summary) => summary.edge.timeUs);
  const sentence = useSummary((summary) => summary.sentence);
  const endUs = trackEnd(edgeUs);
  const [pointedUs, setPointedUs] = useState<Micros | null>(null);
  const scrub = useScrub(track, endUs, edgeUs);
  const share = (us: Micros): string => `${(100 * us) / endUs}%`;

  const onPointerMove = (event: PointerEvent): void => {
    setPointedUs(Math.min(edgeUs, scrub.timeAt(event.clientX)));
    scrub.onPointerMove(event);
  };

  return (
    <div className={styles['timeline']}>
      <Flags endUs={endUs} />
      <div
        ref={track}
        role="slider"
        tabIndex={0}
        aria-label="Time"
        aria-valuemin={0}
        aria-valuemax={edgeUs}
        aria-valuenow={Math.round(shownUs)}
        aria-valuetext={sentence ? `${spokenClock(shownUs)}, ${sentence}` : spokenClock(shownUs)}
        data-keys="timeline"
        className={styles['track']}
        onPointerDown={scrub.onPointerDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointedUs(null)}
      >
        <Paint track={track} endUs={endUs} edgeUs={edgeUs} shownUs={shownUs} />
        <span className={styles['thumb']} style={{ insetInlineStart: share(shownUs) }} />
        {pointedUs === null ? null : (
          <span className={styles['tip']} style={{ '--at': share(pointedUs) }}>
            <Tip us={pointedUs} />
          </span>
        )}
      </div>
      <div className={styles['ticks']} aria-hidden="true">
        {tickTimes(endUs).map((us) => (
          <span key={us}>{us === 0 ? '0' : durationText(us)}</span>
        ))}
      </div>
    </div>
  );
}

/** The time pointed at, and the last thing told up to then, as far as it is at hand. */
function Tip({ us }: { readonly us: Micros }) {
  const told = useSummary((summary) => summary.told);
  const last = told.findLast(({ position }) => position.timeUs <= us);
  return (
    <>
      <span className={styles['when']}>{clockText(us)}</span>
      {last ? <span className={styles['what']}>{last.sentence}</span> : null}
    </>
  );
}

interface PaintProps {
  readonly track: React.RefObject<HTMLElement | null>;
  readonly endUs: Micros;
  readonly edgeUs: Micros;
  readonly shownUs: Micros;
}

/** The painted part, redrawn when the summary changes: ten times a second at most. */
function Paint({ track, endUs, edgeUs, shownUs }: PaintProps) {
  const { player } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [marks] = useState(() => new TrackMarks());
  const size = useElementSize(track);
  const dark = useDarkTheme();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current || !size) return;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    // Setting a size clears the canvas and throws its memory away: only when it changed.
    if (canvas.current.width !== width) canvas.current.width = width;
    if (canvas.current.height !== height) canvas.current.height = height;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const colours = palette(dark ? 'dark' : 'light');
    paintTrack(context, size, { endUs, edgeUs, nowUs: shownUs }, marks.of(player), colours);
  }, [player, marks, size, dark, endUs, edgeUs, shownUs]);
  return <canvas ref={canvas} className={styles['paint']} />;
}

/** Seeking with the pointer; keys are the registry's. A finger moved away from the track by 60 px scrubs half as fast. */
function useScrub(track: React.RefObject<HTMLElement | null>, endUs: Micros, edgeUs: Micros) {
  const { player } = usePage();
  const last = useRef({ x: 0, us: 0 });
  const box = (): DOMRect => track.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
  const clamp = (us: Micros): Micros => Math.round(Math.min(edgeUs, Math.max(0, us)));
  const timeAt = (x: number): Micros => clamp(((x - box().left) / box().width) * endUs);
  const seek = (us: Micros): void => player.seek(us >= edgeUs ? player.edge() : afterAll(us));

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = { x: event.clientX, us: timeAt(event.clientX) };
    player.pause();
    seek(last.current.us);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { top, bottom, width } = box();
    const away = Math.max(top - event.clientY, event.clientY - bottom);
    const rate = away >= 60 ? 0.5 : 1;
    const us = clamp(last.current.us + ((event.clientX - last.current.x) / width) * endUs * rate);
    last.current = { x: event.clientX, us };
    seek(us);
  };
  return { timeAt, onPointerDown, onPointerMove };
}
