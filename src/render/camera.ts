import { select, type ZoomBehavior, zoom, zoomIdentity } from 'd3';

/** Scene to screen: `screen = k · scene + (x, y)`, in CSS pixels. */
export interface Transform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Camera {
  readonly transform: Transform;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  /** Brings an area of the scene to the middle, as large as the limit allows. */
  show(area: Area): void;
  resize(widthPx: number, heightPx: number): void;
  destroy(): void;
}

const MOST = 4;
const STEP = 1.5;
/** Room left around an area that is brought close. */
const BREATH = 0.8;

export const toScreen = ({ k, x, y }: Transform, px: number, py: number): [number, number] => [
  k * px + x,
  k * py + y,
];
export const toScene = ({ k, x, y }: Transform, sx: number, sy: number): [number, number] => [
  (sx - x) / k,
  (sy - y) / k,
];

/**
 * Which gestures move the camera. At fit none does but those that ask for zoom: a bare wheel and one
 * finger belong to the page.
 */
export function isZoomGesture(event: Event, zoomed: boolean): boolean {
  if (event.type === 'wheel') {
    const wheel = event as WheelEvent;
    return wheel.ctrlKey || wheel.metaKey;
  }
  if (event.type.startsWith('touch')) {
    return (event as TouchEvent).touches.length > 1 || zoomed;
  }
  return event.type !== 'dblclick' && zoomed && (event as MouseEvent).button === 0;
}

/** A camera over an element. `changed` is told of every move; it comes `most` times closer at most. */
export function createCamera(
  element: HTMLElement,
  changed: (transform: Transform) => void,
  most = MOST,
): Camera {
  let transform: Transform = { k: 1, x: 0, y: 0 };
  let width = element.clientWidth;
  let height = element.clientHeight;
  const behaviour: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
    .scaleExtent([1, most])
    .filter((event: Event) => isZoomGesture(event, transform.k > 1))
    .on('zoom', ({ transform: { k, x, y } }: { readonly transform: Transform }) => {
      transform = { k, x, y };
      // A browser decides who scrolls when the finger lands, so it has to know beforehand.
      element.style.touchAction = k > 1 ? 'none' : 'pan-x pan-y';
      changed(transform);
    });
  const selection = select(element);
  const bound = (): void => {
    const extent: [[number, number], [number, number]] = [
      [0, 0],
      [width, height],
    ];
    behaviour.extent(extent).translateExtent(extent);
  };
  bound();
  selection.call(behaviour);
  element.style.touchAction = 'pan-x pan-y';

  return {
    get transform() {
      return transform;
    },
    zoomIn: () => behaviour.scaleBy(selection, STEP),
    zoomOut: () => behaviour.scaleBy(selection, 1 / STEP),
    fit: () => behaviour.transform(selection, zoomIdentity),
    show({ x, y, w, h }) {
      const k = Math.max(1, Math.min(most, (BREATH * width) / w, (BREATH * height) / h));
      behaviour.scaleTo(selection, k);
      behaviour.translateTo(selection, x + w / 2, y + h / 2);
    },
    resize(widthPx, heightPx) {
      width = widthPx;
      height = heightPx;
      bound();
      behaviour.transform(selection, zoomIdentity);
    },
    destroy() {
      selection.on('.zoom', null);
    },
  };
}
