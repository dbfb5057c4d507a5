import type { ClusterView, ZoneView } from '../protocol/view.ts';
import { drawEndpoints } from './endpoints.ts';
import { faces } from './fonts.ts';
import { rect, right } from './geometry.ts';
import { drawIcon } from './icons.ts';
import type { ClusterLayout, ZonePlace } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { drawWires } from './wires.ts';

const STATE_WORDS = { up: '', down: 'down', 'partly down': 'partly down' } as const;

/** The name in full, or short when its state would not fit beside it. */
function titleOf(pen: Pen, state: ZoneView['state'], room: number, narrow: boolean): string {
  const { font } = faces[narrow ? 'caption' : 'dense'];
  const tail = state === 'up' ? 0 : pen.measure(STATE_WORDS[state], font) + 40;
  const full = 'Availability Zone ';
  return narrow || pen.measure(full, font) + tail > room ? 'Zone ' : full;
}

function drawTitle(
  pen: Pen,
  place: ZonePlace,
  state: ZoneView['state'],
  end: number,
  narrow: boolean,
): void {
  const { ink } = pen;
  const { header, band, racks } = place;
  const x = band.x + (narrow ? 6 : 14);
  const y = narrow ? racks.y - 7 : header.y + header.h / 2 + 5;
  const face = narrow ? 'caption' : 'dense';
  // On a phone wires pass behind the name.
  if (narrow)
    pen.rect('title-ground', 'band', rect(x - 2, y - 11, 44, 14), 3, { fill: ink.band }, 0.8);
  const took = pen.text('title', titleOf(pen, state, end - x, narrow), x, y, {
    face,
    fill: ink.faint,
  });
  const wide = pen.text('letter', place.az, x + took, y, {
    face: narrow ? 'caption' : 'name',
    fill: state === 'down' ? ink.failText : ink.text,
  });
  if (state === 'up') return;
  const next = x + took + wide + 14;
  drawIcon(pen, 'cross', next, y - 4.5, 12, ink.failText);
  pen.text('state', STATE_WORDS[state], next + 10, y, {
    face: 'caption',
    fill: ink.failText,
    room: end - next - 10,
  });
}

/** A zone: a tall quiet band. One that is gone is sunk and hatched, with a bar along its top. */
function drawBand(pen: Pen, place: ZonePlace, zone: ZoneView, narrow: boolean): void {
  const { ink } = pen;
  const { band } = place;
  const r = narrow ? 6 : 10;
  const down = zone.state === 'down';
  pen.for(zone.az, 1, () => {
    pen.rect('band', 'band', band, r, { fill: down ? ink.bandDown : ink.band });
    if (down) {
      pen.hatch('hatch', band, r, ink.failStroke, ink.dark ? 0.13 : 0.12, 9);
      const bar = rect(band.x + r, band.y, band.w - 2 * r, 3);
      pen.rect('bar', 'state', bar, 1.5, { fill: ink.failStroke });
    }
  });
}

/** A title ends before the endpoint's line that comes down through the header. */
function titleEnd(layout: ClusterLayout, { az, band, consoles }: ZonePlace): number {
  if (layout.narrow) return right(band) - 6;
  const lines = [...layout.instances.values()].filter(
    (place) => place.az === az && place.rect.y === consoles.y,
  );
  return Math.min(right(band) - 40, ...lines.map(({ inlet }) => inlet.x - 8));
}

const togglesOf = (layout: ClusterLayout, az: string) =>
  layout.targets.find(({ kind, id }) => kind === 'zone' && id === az)?.power ?? null;

function drawPower(pen: Pen, layout: ClusterLayout, zone: ZoneView): void {
  const power = togglesOf(layout, zone.az);
  if (!power) return;
  const stroke = zone.state === 'up' ? pen.ink.faint : pen.ink.muted;
  drawIcon(pen, 'power', power.x + power.w / 2, power.y + power.h / 2, 14, stroke);
}

/** The ground: bands, wires and names. It changes with the state of zones and hosts, not with time. */
export function drawGround(pen: Pen, view: ClusterView, layout: ClusterLayout, look: Look): void {
  const placed = view.zones.flatMap((zone) => {
    const place = layout.zones.find(({ az }) => az === zone.az);
    return place ? [{ zone, place }] : [];
  });
  for (const { zone, place } of placed) drawBand(pen, place, zone, layout.narrow);
  drawWires(pen, view, layout, look);
  for (const { zone, place } of placed) {
    pen.for(zone.az, 1, () => {
      drawTitle(pen, place, zone.state, titleEnd(layout, place), layout.narrow);
      drawPower(pen, layout, zone);
    });
  }
  drawEndpoints(pen, view, layout);
}
