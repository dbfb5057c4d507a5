import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Camera, Transform } from '../../render/camera.ts';
import { createSurface, type Surface } from '../../render/surface.ts';
import type { Measure } from '../../scene/display.ts';
import type { Theme } from '../../scene/palettes.ts';
import { type Sketch, type Spot, spotAt } from '../../scene/sketch.ts';
import type { Selection } from '../../store/app-store.ts';
import { useShowing } from '../export/showing.ts';
import { usePage } from '../hooks/page.ts';
import { type Size, useElementSize } from '../hooks/use-element-size.ts';
import { useTheme } from '../hooks/use-theme.ts';
import styles from './sketch-canvas.module.css';

interface SketchCanvasProps<S extends Sketch> {
  /** What the picture is, for those who do not see it. */
  readonly label: string;
  /** What the picture reads where nothing is pointed at. */
  readonly reading: string;
  /**
   * The picture of the present moment in this much room, seen through the camera when there is one. On paper
   * and in files it may have another theme and other room than on the screen.
   */
  draw(room: Size, measure: Measure, sight: Transform, theme: Theme): S;
  /** Whether what it draws has come to the present moment; without it, it always has. */
  isReady?(): boolean;
  /** What changes whenever the picture does, beside what `draw` closes over. */
  stamp(): unknown;
  /** A key pressed on the picture; true when it meant something. */
  onKey(event: KeyboardEvent, sketch: S): boolean;
  /** With it the picture can be moved and enlarged, so many times at most in that much room. */
  mostZoom?(room: Size): number;
  /** Where the camera is to be had, once it is there. */
  readonly camera?: React.RefObject<Camera | null>;
  /** Something was pressed; true when that was not meant to select it. */
  onPress?(spot: Spot): boolean;
  /** What is pointed at now; null for nothing. */
  onPoint?(spot: Spot | null): void;
  /** The picture was dragged or wheeled so far; pictures without it stay where they are. */
  onPan?(dyPx: number, sketch: S): void;
  /** The wheel was turned with Control: 1 asks for more of less, −1 for less of more. */
  onZoom?(direction: 1 | -1): void;
}

const STILL: Transform = { k: 1, x: 0, y: 0 };
/** A pointer that went further than this has dragged the picture. */
const CLICK_PX = 4;

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
  const sight = useRef(STILL);
  const paint = usePaint(canvases, size, latest, drawn, sight);
  useCamera(host, size, latest, sight, paint);
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
  const pan = (dyPx: number): void => {
    if (drawn.current) latest.current.onPan?.(dyPx, drawn.current);
  };
  const drag = useDrag(props.onPan ? pan : null);
  useWheel(
    host,
    { pan, zoom: (direction) => latest.current.onZoom?.(direction) },
    props.onPan !== undefined,
  );
  const point = (spot: Spot | null): void => {
    setPointed((old) => (old?.id === spot?.id ? old : spot));
    if (spot?.id !== pointed?.id) props.onPoint?.(spot);
    store.getState().setHover(asSelection(spot));
  };
  const at = (event: PointerEvent<HTMLElement>): Spot | null => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return drawn.current && spotAt(drawn.current, event.clientX - left, event.clientY - top);
  };
  return (
    <>
      <div
        ref={host}
        className={styles['host']}
        data-pans={props.onPan !== undefined}
        role="group"
        aria-label={props.label}
        aria-describedby="view-reading"
        data-keys="stage"
        tabIndex={0}
        onKeyDown={(event) => {
          if (!drawn.current || !latest.current.onKey(event, drawn.current)) return;
          event.preventDefault();
        }}
        onPointerDown={drag.begin}
        onPointerMove={(event) => {
          if (!drag.move(event)) point(at(event));
        }}
        onPointerLeave={() => point(null)}
        onPointerCancel={drag.cancel}
        onPointerUp={(event) => {
          if (drag.end(event)) return;
          const pressed = at(event);
          if (pressed && latest.current.onPress?.(pressed)) return;
          const stands = asSelection(pressed);
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

/** Zoom and pan: the picture is drawn anew through the camera, once a frame. */
function useCamera<S extends Sketch>(
  host: React.RefObject<HTMLElement | null>,
  size: Size | null,
  latest: React.RefObject<SketchCanvasProps<S>>,
  sight: React.RefObject<Transform>,
  paint: () => void,
): void {
  const painting = useRef(paint);
  painting.current = paint;
  const most = (size && latest.current.mostZoom?.(size)) ?? null;
  useEffect(() => {
    const element = host.current;
    if (!element || most === null) return;
    let frame = 0;
    let camera: Camera | null = null;
    let gone = false;
    const { camera: handle } = latest.current;
    void import('../../render/camera.ts').then(({ createCamera }) => {
      if (gone) return;
      camera = createCamera(
        element,
        (transform) => {
          sight.current = transform;
          cancelAnimationFrame(frame);
          frame = requestAnimationFrame(() => painting.current());
        },
        most,
      );
      camera.fit();
      if (handle) handle.current = camera;
    });
    return () => {
      gone = true;
      cancelAnimationFrame(frame);
      camera?.destroy();
      sight.current = STILL;
      if (handle) handle.current = null;
    };
  }, [host, most, latest, sight]);
}

interface Grip {
  readonly x: number;
  readonly y: number;
  /** Up to where the picture has followed; null before it is pulled. */
  pulledTo: number | null;
}

/**
 * What a pressed pointer does. `end` tells whether it was a drag, whoever moved the picture: then it was no
 * press. With `pan` the picture is pulled along, and `move` tells whether it is.
 */
function useDrag(pan: ((dyPx: number) => void) | null) {
  const grip = useRef<Grip | null>(null);
  const isFar = ({ x, y }: Grip, { clientX, clientY }: PointerEvent<HTMLElement>): boolean =>
    Math.hypot(clientX - x, clientY - y) > CLICK_PX;
  return {
    begin: ({ button, clientX: x, clientY: y }: PointerEvent<HTMLElement>): void => {
      if (button === 0) grip.current = { x, y, pulledTo: null };
    },
    move: (event: PointerEvent<HTMLElement>): boolean => {
      const held = grip.current;
      if (!pan || held === null || (held.pulledTo === null && !isFar(held, event))) return false;
      if (held.pulledTo === null) event.currentTarget.setPointerCapture(event.pointerId);
      pan((held.pulledTo ?? held.y) - event.clientY);
      held.pulledTo = event.clientY;
      return true;
    },
    end: (event: PointerEvent<HTMLElement>): boolean => {
      const held = grip.current;
      grip.current = null;
      return held !== null && (held.pulledTo !== null || isFar(held, event));
    },
    cancel: (): void => {
      grip.current = null;
    },
  };
}

interface Wheel {
  pan(dyPx: number): void;
  zoom(direction: 1 | -1): void;
}

/** A wheel turned over the picture. */
function useWheel(host: React.RefObject<HTMLElement | null>, wheel: Wheel, on: boolean): void {
  const latest = useRef(wheel);
  latest.current = wheel;
  useEffect(() => {
    const element = host.current;
    if (!element || !on) return;
    const turn = (event: WheelEvent): void => turned(event, latest.current);
    // React's own listener is passive and could not keep the page where it is.
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [host, on]);
}

const LINE_PX = 16;

function turned(event: WheelEvent, { pan, zoom }: Wheel): void {
  event.preventDefault();
  const { deltaY, deltaMode } = event;
  if (event.ctrlKey || event.metaKey) zoom(deltaY < 0 ? 1 : -1);
  else pan(deltaMode === WheelEvent.DOM_DELTA_LINE ? deltaY * LINE_PX : deltaY);
}

/** What paints the picture now. An exception in it reaches the boundary of the view. */
function usePaint<S extends Sketch>(
  canvases: React.RefObject<HTMLElement | null>,
  size: Size | null,
  latest: React.RefObject<SketchCanvasProps<S>>,
  drawn: React.RefObject<S | null>,
  sight: React.RefObject<Transform>,
): () => void {
  const surface = useRef<Surface | null>(null);
  const theme = useTheme();
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
  const paint = (): void => {
    if (!surface.current || !size || size.width < 1 || size.height < 1) return;
    try {
      drawn.current = latest.current.draw(size, surface.current.measure, sight.current, theme);
      surface.current.paint(drawn.current.scene, ALL);
    } catch (error) {
      setFault(error);
    }
  };
  useShowing(
    (how) => {
      if (!surface.current || !size) return null;
      const seen = how.room ? STILL : sight.current;
      const { scene } = latest.current.draw(
        how.room ?? size,
        surface.current.measure,
        seen,
        how.theme,
      );
      // What views remember of their last drawing is what is on the screen again.
      paint();
      return scene;
    },
    () => latest.current.isReady?.() ?? true,
  );
  return paint;
}
