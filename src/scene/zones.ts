import type { ClusterView, ZoneView } from '../protocol/view.ts';
import { drawEndpoints } from './endpoints.ts';
import { inset, right } from './geometry.ts';
import { drawIcon } from './icons.ts';
import type { ClusterLayout, ZonePlace } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { wireOf } from './routes.ts';

function drawTitle(pen: Pen, place: ZonePlace, state: ZoneView['state'], narrow: boolean): void {
  const { ink } = pen;
  const down = state === 'down';
  const { header, band, racks } = place;
  const x = band.x + (narrow ? 6 : 14);
  const y = narrow ? racks.y - 7 : header.y + header.h / 2 + 5;
  const words = narrow ? 'Zone ' : 'Availability Zone ';
  const face = narrow ? 'caption' : 'dense';
  const took = pen.text('title', words, x, y, { face, fill: ink.faint });
  const wide = pen.text('letter', place.az, x + took, y, {
    face: narrow ? 'caption' : 'name',
    fill: down ? ink.failText : ink.text,
  });
  if (state === 'up') return;
  const next = x + took + wide + 14;
  drawIcon(pen, 'cross', next, y - 4.5, 12, ink.failText);
  const text = down ? 'down' : 'partly down';
  const room = right(band) - (narrow ? 6 : 40) - next - 9;
  pen.text('state', text, next + 10, y, { face: 'caption', fill: ink.failText, room });
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
      pen.hatch('hatch', band, r, ink.failStroke, ink.theme === 'dark' ? 0.13 : 0.12, 9);
      pen.rect('edge', 'state', inset(band, 1), r, {
        stroke: ink.failStroke,
        width: 1.5,
        dash: [6, 5],
      });
    }
    drawTitle(pen, place, zone.state, narrow);
  });
}

const togglesOf = (layout: ClusterLayout, az: string) =>
  layout.targets.find(({ kind, id }) => kind === 'zone' && id === az)?.power ?? null;

/** Hairlines from the writer to the copies of the group in focus: where its records will fly. */
function drawWires(pen: Pen, view: ClusterView, layout: ClusterLayout, look: Look): void {
  const writer = view.instances.find(({ role }) => role === 'writer');
  if (!writer) return;
  const focus = look.focusGroup;
  const groups = focus === 'all' ? view.groups : view.groups.filter(({ id }) => id === focus);
  const hosts = new Map(view.hosts.map((host) => [host.id, host]));
  for (const segment of groups.flatMap((group) => group.segments)) {
    if (!layout.segments.has(segment.id)) continue;
    const { samples } = wireOf(layout, writer.id, segment.id, segment.host);
    const dead = hosts.get(segment.host)?.state === 'down' || writer.state === 'down';
    pen.for(segment.id, focus === 'all' ? 0.5 : 1, () => {
      pen.poly('wire', 'edge', samples, {
        stroke: pen.ink.wire,
        width: 1,
        ...(dead ? { dash: [2, 5] } : {}),
      });
    });
  }
}

/** The ground: bands, names and wires. It changes with the state of zones and hosts, not with time. */
export function drawGround(pen: Pen, view: ClusterView, layout: ClusterLayout, look: Look): void {
  for (const zone of view.zones) {
    const place = layout.zones.find(({ az }) => az === zone.az);
    if (!place) continue;
    drawBand(pen, place, zone, layout.narrow);
    const power = togglesOf(layout, zone.az);
    if (!power) continue;
    pen.for(zone.az, 1, () => {
      const stroke = zone.state === 'up' ? pen.ink.faint : pen.ink.failText;
      drawIcon(pen, 'power', power.x + power.w / 2, power.y + power.h / 2, 14, stroke);
    });
  }
  drawWires(pen, view, layout, look);
  drawEndpoints(pen, view, layout);
}
