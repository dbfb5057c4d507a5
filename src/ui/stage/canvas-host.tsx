import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Camera } from '../../render/camera.ts';
import { type ClusterLayout, layoutCluster, topologyOf } from '../../scene/layout.ts';
import { useShowing } from '../export/showing.ts';
import { useApp, usePage, useView } from '../hooks/page.ts';
import { type Size, useElementSize } from '../hooks/use-element-size.ts';
import { useMedia } from '../hooks/use-media.ts';
import { useReducedMotion } from '../hooks/use-reduced-motion.ts';
import { useTheme } from '../hooks/use-theme.ts';
import { useZoomable } from '../hooks/use-zoomable.ts';
import { later } from '../kit/later.tsx';
import styles from './canvas-host.module.css';
import { StagePainter } from './painter.ts';
import { useFirstRun } from './use-first-run.ts';
import { type Sight, useMessagePick } from './use-message-pick.ts';

const OverlayGrid = later(async () => (await import('../panels.tsx')).OverlayGrid);

/** A panel pulled up over the stage leaves a strip of it: in less than this nothing can be told. */
const LEAST_PX = 96;

/** The drawing and the buttons over it. The painter paints; React only says where and how. */
export function CanvasHost() {
  const { api } = usePage();
  const host = useRef<HTMLDivElement>(null);
  const canvases = useRef<HTMLDivElement>(null);
  const size = useElementSize(host);
  const layoutIn = useClusterLayout();
  const layout = useLayoutOf(size, layoutIn);
  const painter = usePainter(canvases);
  const sight = useRef<Sight>({ k: 1, x: 0, y: 0 });
  const camera = useRef<Camera | null>(null);
  const transform = useCamera(host, painter, size, sight, camera);
  useZoomable({
    zoomIn: () => camera.current?.zoomIn(),
    zoomOut: () => camera.current?.zoomOut(),
    fit: () => camera.current?.fit(),
    show: ({ id }) => {
      const target = layout?.targets.find((each) => each.id === id);
      if (!target) return false;
      if (sight.current.k > 1) camera.current?.fit();
      else camera.current?.show(target.rect);
      return true;
    },
  });
  useMessagePick(host, painter, sight);
  const lost = useLostContext(canvases);
  useShowing(({ theme, room }) => painter?.snapshot(theme, room ? layoutIn(room) : layout) ?? null);
  const killMode = useApp((state) => state.killMode);
  const invites = useFirstRun() === 'before';
  useLook(painter);
  useEffect(() => {
    if (!painter || !layout) return;
    painter.place(layout);
    api.setDisplayList(() => painter.displayList());
    api.setReady();
  }, [painter, layout, api]);
  return (
    <div
      ref={host}
      className={styles['host']}
      data-slim={(size && size.height < LEAST_PX) || undefined}
      data-kill={killMode ? (invites ? 'invites' : 'goes on') : undefined}
    >
      <div ref={canvases} className={styles['canvases']} aria-hidden="true" />
      {layout ? <OverlayGrid targets={layout.targets} transform={transform} /> : null}
      {lost ? (
        <p role="alert" className={styles['lost']}>
          The browser took the drawing away for a moment. It comes back by itself; the buttons under
          it still work.
        </p>
      ) : null}
    </div>
  );
}

type LayoutIn = (room: Size) => ClusterLayout | null;

/** Where everything stands in some room, for this cluster; the same function as long as nothing about that changes. */
function useClusterLayout(): LayoutIn {
  const view = useView();
  const coarse = useMedia('(pointer: coarse)');
  const focusGroup = useApp((state) => state.focusGroup);
  const latest = useRef(view);
  latest.current = view;
  // A view is new at every event; what decides about places hardly ever changes.
  const fleet = view && JSON.stringify(topologyOf(view));
  return useCallback(
    ({ width: widthPx, height: heightPx }) => {
      if (!latest.current || !fleet || widthPx < 1 || heightPx < 1) return null;
      const viewport = { widthPx, heightPx };
      return layoutCluster(topologyOf(latest.current), viewport, { coarse, focusGroup });
    },
    [fleet, coarse, focusGroup],
  );
}

const useLayoutOf = (size: Size | null, layoutIn: LayoutIn): ClusterLayout | null =>
  useMemo(() => size && layoutIn(size), [size, layoutIn]);

function usePainter(canvases: React.RefObject<HTMLElement | null>): StagePainter | null {
  const { picture, player } = usePage();
  const [painter, setPainter] = useState<StagePainter | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  // Thrown from here, it reaches the boundary of the stage.
  if (fault !== null) throw fault;
  // Before the browser paints: what is already drawn must not be gone for a frame.
  useLayoutEffect(() => {
    const container = canvases.current;
    if (!container) return;
    const made = picture.take() ?? new StagePainter(container, player);
    made.moveTo(container, setFault);
    setPainter(made);
    return () => made.destroy();
  }, [canvases, picture, player]);
  return painter;
}

/** Zoom and pan; the buttons move with the picture. */
function useCamera(
  host: React.RefObject<HTMLElement | null>,
  painter: StagePainter | null,
  size: Size | null,
  sight: React.RefObject<Sight>,
  handle: React.RefObject<Camera | null>,
): string {
  const [transform, setTransform] = useState('none');
  useEffect(() => {
    const element = host.current;
    if (!element || !painter || !size) return;
    let destroy = (): void => {};
    let gone = false;
    // Nobody zooms before the first picture is there.
    void import('../../render/camera.ts').then(({ createCamera }) => {
      if (gone) return;
      const camera = createCamera(element, ({ k, x, y }) => {
        sight.current = { k, x, y };
        painter.surface.look(sight.current);
        setTransform(k === 1 ? 'none' : `translate(${x}px, ${y}px) scale(${k})`);
      });
      camera.fit();
      handle.current = camera;
      destroy = () => {
        camera.destroy();
        handle.current = null;
      };
    });
    return () => {
      gone = true;
      destroy();
    };
  }, [host, painter, size, sight, handle]);
  return transform;
}

function useLook(painter: StagePainter | null): void {
  const theme = useTheme();
  const reducedMotion = useReducedMotion();
  const moreContrast = useMedia('(prefers-contrast: more)');
  const labels = useApp((state) => state.settings.labels);
  const selection = useApp((state) => state.selection);
  const hover = useApp((state) => state.hover);
  const focusGroup = useApp((state) => state.focusGroup);
  const followedTxn = useApp((state) => state.followedTxn);
  useEffect(() => {
    const chosen = {
      theme,
      selection,
      hover,
      focusGroup,
      followedTxn,
    } as const;
    painter?.look({ ...chosen, reducedMotion, moreContrast, labels });
  }, [
    painter,
    theme,
    selection,
    hover,
    focusGroup,
    followedTxn,
    reducedMotion,
    moreContrast,
    labels,
  ]);
}

/** A browser short of memory may take a canvas away; it tells when, and when it is back. */
function useLostContext(canvases: React.RefObject<HTMLElement | null>): boolean {
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const element = canvases.current;
    const away = (): void => setLost(true);
    const back = (): void => setLost(false);
    // These events do not bubble, but they can be caught on their way down.
    element?.addEventListener('contextlost', away, true);
    element?.addEventListener('contextrestored', back, true);
    return () => {
      element?.removeEventListener('contextlost', away, true);
      element?.removeEventListener('contextrestored', back, true);
    };
  }, [canvases]);
  return lost;
}
