import type { Flight, Happening } from '../engine/happening.ts';
import { isRecord } from './plain.ts';
import { ENGINE_VERSION, type Run } from './run.ts';

/** What a trace file calls itself, and its version: see docs/trace.md. */
const TRACE_FORMAT = 'redoscope-trace';
const TRACE_VERSION = 1;

/** The first line of a trace: everything that decides what follows. */
export function traceHeader({ scenario, seed, interventions }: Run): string {
  const header = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    engine: ENGINE_VERSION,
    scenario,
    seed,
    interventions,
  };
  return JSON.stringify(header);
}

/** One event as one line of JSON, complete enough to check every decision without our code. */
export function traceLine(happening: Happening): string {
  const { count, timeUs, n, flight, accepted, notes, sent } = happening;
  const line = {
    i: count,
    t: timeUs,
    n,
    id: flight.order,
    type: flight.type,
    from: flight.from,
    to: flight.to,
    sentAt: flight.sentUs,
    ...(flight.timer === null ? {} : { timer: flight.timer }),
    ...(flight.lost === null ? {} : { lost: flight.lost }),
    accepted,
    carries: carriedBy(flight),
    notes,
    sent: sent.map(sentLine),
  };
  return JSON.stringify(line);
}

/** A message on its way, told where it is sent; its arrival is an event of its own with the same id. */
const sentLine = (flight: Flight): object => ({
  id: flight.order,
  type: flight.type,
  to: flight.to,
  at: flight.atUs,
  ...(flight.lost === null ? {} : { lost: flight.lost }),
  carries: carriedBy(flight),
});

/**
 * A message without what the notes tell in full: its plain fields, and of records their LSNs only.
 * Every record stands once in the trace, in the `mtr-closed` note that issued it.
 */
function carriedBy({ message }: Flight): object {
  const fields: Readonly<Record<string, unknown>> = { ...message };
  const carried = Object.entries(fields).flatMap(([name, value]) => {
    if (name === 'type') return [];
    const told = Array.isArray(value) ? LISTS[name] : undefined;
    if (told !== undefined && Array.isArray(value))
      return [[told.as, value.map((each) => (isRecord(each) ? each[told.field] : null))] as const];
    if (WHOLE.includes(name)) return [[name, value] as const];
    return isRecord(value) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(carried);
}

/** What is told as it is: no note has all of it. */
const WHOLE: readonly string[] = ['intervention', 'epochs', 'membership'];

/** What is told of the things in a list: of records their LSNs, of page images the pages' numbers. */
const LISTS: Readonly<Record<string, { readonly as: string; readonly field: string }>> = {
  records: { as: 'lsns', field: 'lsn' },
  blocks: { as: 'pages', field: 'no' },
  groups: { as: 'groups', field: 'group' },
};
