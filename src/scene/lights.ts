import type { ClusterView } from '../protocol/view.ts';
import { meteredGroup } from './console.ts';
import { consoleParts } from './console-parts.ts';
import { inset, right } from './geometry.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { wireOf } from './routes.ts';
import type { Micros } from './view-types.ts';
import { durableEnd } from './volume-ruler.ts';

const PAPER = 0.55;

/** How much of the light of the last event is left: it fades in simulated time, and stays while that stands. */
export const breath = (view: ClusterView, shownUs: Micros, breathUs: Micros): number =>
  Math.max(0, 1 - Math.max(0, shownUs - view.timeUs) / Math.max(1, breathUs));

function lightSegment(pen: Pen, layout: ClusterLayout, id: string, strength: number): void {
  const chip = [...layout.segments.values()].find((place) => place.id === id);
  if (!chip) return;
  const { ink } = pen;
  pen.rect(
    'lit',
    'light',
    inset(chip.rect, 0.5),
    4,
    { stroke: ink.redoStroke, width: 1.25 },
    strength,
  );
}

/** The way an acknowledgement came stays lit after it has landed. */
function lightAck(
  pen: Pen,
  view: ClusterView,
  layout: ClusterLayout,
  id: string,
  strength: number,
): void {
  const writer = view.instances.find(({ role }) => role === 'writer');
  const segment = view.groups.flatMap(({ segments }) => segments).find((s) => s.id === id);
  if (!writer || !segment || !layout.segments.has(segment.id)) return;
  const { samples } = wireOf(layout, writer.id, segment.id, segment.host);
  pen.for(id, strength * 0.6, () => {
    pen.poly('lit-wire', 'light', samples, { stroke: pen.ink.ackStroke, width: 1.5 });
  });
}

/** The durable line has stepped: the brightest thing on the stage. */
function lightDurable(pen: Pen, view: ClusterView, layout: ClusterLayout, strength: number): void {
  const { ink } = pen;
  for (const place of layout.instances.values()) {
    if (!place.writer) continue;
    const { ruler } = consoleParts(place);
    if (ruler) {
      const [x, y] = durableEnd(view.volume, ruler);
      pen.glow('durable', x, y, 44, ink.ack, strength * 0.9);
      pen.lines(
        'durable-edge',
        'light',
        [x, ruler.y, x, ruler.y + ruler.h],
        {
          stroke: ink.ackText,
          width: 3,
        },
        strength,
      );
    }
    if (place.dial) {
      const { x, y, r } = place.dial;
      pen.glow('sealed', x, y, r * 1.7, ink.ack, strength * 0.4);
    }
  }
}

function lightActor(pen: Pen, layout: ClusterLayout, id: string, strength: number): void {
  const place = layout.instances.get(id) ?? layout.hosts.get(id);
  if (!place) return;
  pen.rect(
    'lit',
    'light',
    inset(place.rect, -1.5),
    8,
    { stroke: pen.ink.text, width: 1.25 },
    strength * 0.7,
  );
}

function lightOne(
  pen: Pen,
  view: ClusterView,
  layout: ClusterLayout,
  id: string,
  strength: number,
): void {
  if (id === 'vdl') lightDurable(pen, view, layout, strength);
  else if (id === 'commits') {
    const { clients } = layout;
    pen.glow('commits', right(clients) - 78, clients.y + 12, 40, pen.ink.ack, strength * 0.5);
  } else if (id.startsWith('acked:')) lightAck(pen, view, layout, id.slice(6), strength);
  else if (id.includes('/') && !id.startsWith('step:')) {
    pen.for(id, 1, () => lightSegment(pen, layout, id, strength));
  } else pen.for(id, 1, () => lightActor(pen, layout, id, strength));
}

/** What the last event changed, lit for a breath. */
export function drawLights(
  pen: Pen,
  view: ClusterView,
  shownUs: Micros,
  layout: ClusterLayout,
  look: Look,
): void {
  // On paper light is a tint.
  const most = pen.ink.dark ? 1 : PAPER;
  const strength = breath(view, shownUs, look.breathUs) * most;
  if (strength === 0) return;
  for (const id of look.changed) lightOne(pen, view, layout, id, strength);
}

/** A sealed record keeps a faint light until the next one takes the dial. */
export function drawSealedGlow(
  pen: Pen,
  view: ClusterView,
  layout: ClusterLayout,
  look: Look,
): void {
  if (look.followedRead) return;
  const group = meteredGroup(view, look.focusGroup);
  if (!group?.meter || group.meter.acked < group.meter.needed) return;
  for (const { dial } of layout.instances.values()) {
    if (dial) pen.glow('dial', dial.x, dial.y, dial.r * 1.35, pen.ink.ack, 0.16);
  }
}
