import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import type { Fleet } from '../../../history/fleet.ts';
import { SEGMENTS_A_HOST, unscalable } from '../../../history/fleet-at-scale.ts';
import { SCALES } from '../../../history/fleet-scales.ts';
import { AZS, partsOf, type SegmentId } from '../../../protocol/topology.ts';
import type { Camera } from '../../../render/camera.ts';
import { cellOf } from '../../../scene/fleet/comb.ts';
import {
  cursorOf,
  type FleetSketch,
  fleetSketch,
  standsFor,
} from '../../../scene/fleet/fleet-sketch.ts';
import { MATRIX_GROUPS } from '../../../scene/fleet/matrix.ts';
import { combFor, type FleetCursor, type FleetPlan, mostZoom } from '../../../scene/fleet/plan.ts';
import { copyWords, groupWords } from '../../../scene/fleet/words.ts';
import { numberText } from '../../../scene/words.ts';
import type { FleetForm, FleetScale, Selection } from '../../../store/app-store.ts';
import { useApp, usePage, useView } from '../../hooks/page.ts';
import type { Size } from '../../hooks/use-element-size.ts';
import { useZoomable } from '../../hooks/use-zoomable.ts';
import { SketchCanvas } from '../sketch-canvas.tsx';
import styles from './fleet.module.css';
import { FleetBar } from './fleet-bar.tsx';
import { FleetSide } from './fleet-side.tsx';
import { movedCursor } from './moves.ts';
import { hostTarget, soughtIn, type Target, targetWords } from './targets.ts';
import { useFleet } from './use-fleet.ts';
import { VolumeStrip } from './volume-strip.tsx';

const HINT = 'Arrow keys go from group to group, with Shift around its six copies; Enter selects.';

const wordsFor = (fleet: Fleet, { group, place }: FleetCursor): string => {
  const copy = place === null ? null : fleet.copy(group, place);
  return copy ? copyWords(fleet, group, copy) : groupWords(fleet, group);
};

/** The whole volume: a honeycomb of groups, or nodes against groups, with what losses would leave of it. */
export function FleetView() {
  const { store } = usePage();
  const view = useView();
  const wanted = useApp((state) => state.fleet);
  const { setFleet } = store.getState();
  const scale = view && unscalable(view) ? 'live' : wanted.scale;
  const [cursor, setCursor] = useState<FleetCursor | null>(null);
  const [under, setUnder] = useState<FleetCursor | null>(null);
  const camera = useRef<Camera | null>(null);
  const drawn = useRef<FleetSketch | null>(null);
  const fleetNow = useFleet(scale);
  const fleet = fleetNow();
  const form = fleet.size > MATRIX_GROUPS ? 'comb' : wanted.form;
  const target = useTarget(fleet);
  const selected = useApp((state) => state.selection);
  const { shown } = target;
  const reading = shown ? targetWords(fleet, shown) : cursor ? wordsFor(fleet, cursor) : HINT;

  const toScale = (next: FleetScale): void => {
    setFleet({ scale: next });
    setCursor(null);
    target.choose(null);
  };
  const seek = (text: string): boolean => {
    const found = soughtIn(fleet, text);
    if (found === null) return false;
    const { group } = found;
    target.choose(group === null ? hostTarget(found.host) : null);
    if (group === null) return true;
    setCursor({ group, place: null });
    if (drawn.current && form === 'comb') camera.current?.show(areaOf(drawn.current.plan, group));
    return true;
  };
  useCloser(camera, drawn, form);
  const onKey = (event: KeyboardEvent, { plan }: FleetSketch): boolean => {
    const moved = movedCursor(event, plan, cursor);
    if (moved) {
      setCursor(moved);
      target.choose(null);
    }
    const enters = event.key === 'Enter' && cursor !== null;
    const stands = enters ? standsFor(fleet, cursor) : null;
    if (stands) store.getState().select(stands as Selection);
    return moved !== null || enters;
  };
  return (
    <>
      <FleetBar
        {...{ scale, form, camera }}
        size={fleet.size}
        onScale={toScale}
        onForm={(next) => setFleet({ form: next })}
        onSeek={seek}
      />
      <ScaleNote fleet={fleet} />
      <div className={styles['body']}>
        <div className={styles['picture']}>
          <SketchCanvas
            key={`${scale} ${form}`}
            label={form === 'comb' ? 'Fleet: one hexagon a group' : 'Fleet: nodes and groups'}
            reading={reading}
            stamp={fleetNow}
            onKey={onKey}
            camera={camera}
            onPoint={(spot) => setUnder(spot ? cursorOf(spot.id) : null)}
            mostZoom={(room) => (form === 'matrix' ? 1 : mostZoom(fleet.size, inPx(room)))}
            draw={(room, measure, sight, theme) => {
              const hosts = shown?.hosts ?? hostsAt(fleetNow(), under ?? cursor);
              const look = { theme, form, camera: sight, cursor, hosts, selected } as const;
              drawn.current = fleetSketch(fleetNow(), look, inPx(room), measure);
              return drawn.current;
            }}
          />
        </div>
        <FleetSide
          {...{ fleet, shown }}
          listed={(view?.hosts.length ?? 0) / AZS.length}
          onPoint={target.point}
          onChoose={target.toggle}
        />
      </div>
      <VolumeStrip />
    </>
  );
}

const NONE: ReadonlySet<string> = new Set();

/** The node that carries a sector, if it is one that is meant. */
function hostsAt(fleet: Fleet, at: FleetCursor | null): ReadonlySet<string> {
  const copy = at === null || at.place === null ? null : fleet.copy(at.group, at.place);
  return copy ? new Set([copy.host.id]) : NONE;
}

const inPx = ({ width: widthPx, height: heightPx }: Size) => ({ widthPx, heightPx });

/** Looks closer through the camera, which the honeycomb has. */
function useCloser(
  camera: RefObject<Camera | null>,
  drawn: RefObject<FleetSketch | null>,
  form: FleetForm,
): void {
  useZoomable({
    zoomIn: () => camera.current?.zoomIn(),
    zoomOut: () => camera.current?.zoomOut(),
    fit: () => camera.current?.fit(),
    show: ({ kind, id }) => {
      const group = groupOf(kind, id);
      if (group === null || !drawn.current || form !== 'comb') return false;
      if (sightIsClose(camera.current)) camera.current?.fit();
      else camera.current?.show(areaOf(drawn.current.plan, group));
      return true;
    },
  });
}

/** The group that a selection is or belongs to. */
function groupOf(kind: Selection['kind'], id: string): number | null {
  if (kind === 'group') return Number(id);
  return kind === 'segment' ? partsOf(id as SegmentId).group : null;
}

const sightIsClose = (camera: Camera | null): boolean => (camera?.transform.k ?? 1) > 1;

/** A group and those around it, before any camera. */
function areaOf({ fleet, room }: FleetPlan, group: number) {
  const comb = combFor(fleet.size, room);
  const { x, y } = cellOf(comb, group);
  const r = comb.r * 1.7;
  return { x: x - r, y: y - r, w: 2 * r, h: 2 * r };
}

/** The nodes whose segments are outlined: those pointed at, else chosen, else pointed at elsewhere on the page. */
function useTarget(fleet: Fleet) {
  const { store } = usePage();
  const view = useView();
  const [pointed, point] = useState<Target | null>(null);
  const [chosen, choose] = useState<Target | null>(null);
  const shared = useApp(({ hover, selection }) =>
    hover?.kind === 'node' ? hover.id : selection?.kind === 'node' ? selection.id : null,
  );
  const host = fleet.hosts.find(({ id }) => id === shared);
  const toggle = (target: Target): void => {
    const again = chosen?.name === target.name;
    choose(again ? null : target);
    const [only] = target.hosts;
    const isNode = target.hosts.size === 1 && view?.hosts.some(({ id }) => id === only);
    if (only && isNode) store.getState().select(again ? null : { kind: 'node', id: only });
  };
  return { shown: pointed ?? chosen ?? (host ? hostTarget(host) : null), point, choose, toggle };
}

/** What is true of a volume that was laid out instead of simulated, before anybody reads a number off it. */
function ScaleNote({ fleet }: { readonly fleet: Fleet }) {
  if (!fleet.extrapolated) return null;
  const scale = SCALES.find(({ groups }) => groups === fleet.size);
  const waiting = fleet.writesOk.reduce((count, ok) => count + (ok === 0 ? 1 : 0), 0);
  return (
    <p className={styles['note']}>
      <strong>Extrapolated, not simulated group by group.</strong>{' '}
      {`${numberText(fleet.size)} groups: ${scale?.size}, ${scale?.source}.`}{' '}
      <span className={styles['how']}>
        {`Placed by this run's rule on ${numberText(fleet.hosts.length)} nodes, at most ${SEGMENTS_A_HOST} segments each (our choice). Nodes down in the run are down here; its repairs are not carried over.`}
      </span>{' '}
      {waiting > 0
        ? `${numberText(waiting)} groups wait: one is enough to hold the VDL of the volume.`
        : null}
    </p>
  );
}
