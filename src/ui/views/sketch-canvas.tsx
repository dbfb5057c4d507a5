import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createSurface, type Surface } from '../../render/surface.ts';
import type { Measure } from '../../scene/display.ts';
import { type Sketch, type Spot, spotAt } from '../../scene/sketch.ts';
import type { Selection } from '../../store/app-store.ts';
import { usePage } from '../hooks/page.ts';
import { type Size, useElementSize } from '../hooks/use-element-size.ts';
import styles from './sketch-canvas.module.css';

interface SketchCanvasProps<S extends Sketch> {
  /** What the picture is, for those who do not see it. */
  readonly label: string;
  /** What the picture reads where nothing is pointed at. */
  readonly reading: string;
  /** The picture of the present moment in this much room. */
  draw(room: Size, measure: Measure): S;
  /** What changes whenever the picture does, beside what `draw` closes over. */
  stamp(): unknown;
  /** A key pressed on the picture; true when it meant something. */
  onKey(event: KeyboardEvent, sketch: S): boolean;
}

const ALL = { ground: true, actors: true, front: true } as const;

const asSelection = (spot: Spot | null): Selection | null =>
  (spot?.stands ?? null) as Selection | null;

/**
 * A picture made anew from the run whenever its stamp changes, on canvases that fill the room. Pointing at
 * something reads it out under the picture; pressing selects it.
 */
export function SketchCanvas<S extends Sketch>(props: SketchCanvasProps<S>) {
  const { player, store } = usePage();
  const host = useRef<HTMLDivElement>(null);
  const canvases = useRef<HTMLDivElement>(null);
  const size = useElementSize(host);
  const latest = useRef(props);
  latest.current = props;
  const drawn = useRef<S | null>(null);
  const paint = usePaint(canvases, size, latest, drawn);
  const [pointed, setPointed] = useState<Spot | null>(null);
  useEffect(() => {
    let stamp = latest.current.stamp();
    paint();
    return player.subscribe(() => {
      const now = latest.current.stamp();
      if (now === stamp) return;
      stamp = now;
      paint();
    });
  });
  const at = (event: PointerEvent<HTMLElement>): Spot | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return drawn.current && spotAt(drawn.current, event.clientX - left, event.clientY - top);
  };
  return (
    <>
      <div
        ref={host}
        className={styles['host']}
        role="group"
        aria-label={props.label}
        aria-describedby="view-reading"
        data-keys="stage"
        tabIndex={0}
        onKeyDown={(event) => {
          if (!drawn.current || !latest.current.onKey(event, drawn.current)) return;
          event.preventDefault();
        }}
        onPointerMove={(event) => {
          const spot = at(event);
          setPointed(spot);
          store.getState().setHover(asSelection(spot));
        }}
        onPointerLeave={() => {
          setPointed(null);
          store.getState().setHover(null);
        }}
        onPointerUp={(event) => {
          const stands = asSelection(at(event));
          if (stands) store.getState().select(stands);
        }}
      >
        <div ref={canvases} className={styles['canvases']} aria-hidden="true" />
      </div>
      <p className={styles['reading']} id="view-reading">
        {pointed?.name ?? props.reading}
      </p>
    </>
  );
}

/** What paints the picture now. An exception in it reaches the boundary of the view. */
function usePaint<S extends Sketch>(
  canvases: React.RefObject<HTMLElement | null>,
  size: Size | null,
  latest: React.RefObject<SketchCanvasProps<S>>,
  drawn: React.RefObject<S | null>,
): () => void {
  const surface = useRef<Surface | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  if (fault !== null) throw fault;
  useLayoutEffect(() => {
    if (!canvases.current) return;
    const made = createSurface(canvases.current);
    surface.current = made;
    const fonts = (): void => made.fontsChanged();
    document.fonts.addEventListener('loadingdone', fonts);
    return () => {
      document.fonts.removeEventListener('loadingdone', fonts);
      made.destroy();
      surface.current = null;
    };
  }, [canvases]);
  useLayoutEffect(() => {
    if (size) surface.current?.resize(size.width, size.height);
  }, [size]);
  return () => {
    if (!surface.current || !size || size.width < 1 || size.height < 1) return;
    try {
      drawn.current = latest.current.draw(size, surface.current.measure);
      surface.current.paint(drawn.current.scene, ALL);
    } catch (error) {
      setFault(error);
    }
  };
}
