import type { Bootstrap } from '../database/volume.ts';
import { below, redraw } from '../engine/chance.ts';
import type { ActorId } from '../engine/effect.ts';
import { LATENCY_TABLES, type TableName } from '../engine/latency-tables.ts';
import type { Envelope, Transmission } from '../engine/model.ts';
import { quantileAt } from '../engine/quantiles.ts';
import type { Micros } from '../engine/time.ts';
import type { BaselineConfig } from './config.ts';
import { type Place, placeOf } from './places.ts';

/** What never changes during a run: the choices made, and the volumes' first content. */
export interface Cast {
  readonly config: BaselineConfig;
  readonly boot: Bootstrap;
}

/** The cast, and what is wrong right now. */
export interface BaselineNetwork {
  readonly cast: Cast;
  readonly slow: readonly ActorId[];
}

/** A slow machine or volume takes this many times as long for everything. */
const SLOWNESS = 10;
const TAIL = 21;

/** What travels to a block volume; its answers are part of the same hop and take no time of their own. */
const BLOCK_REQUESTS: readonly string[] = ['WRITE_BLOCK', 'MIRROR_BLOCK', 'READ_VOLUME'];

/**
 * How long a message takes. A request to a volume takes one EBS hop, storing included; nothing is ever
 * lost on the way, only with the machine it was for.
 */
export function transmit(
  network: BaselineNetwork,
  { from, to, message, delayLuck }: Envelope,
): Transmission<BaselineNetwork> {
  const table = tableFor(placeOf(from), placeOf(to), message.type);
  if (table === null) return { network, delayUs: 0, lost: null, againUs: null };
  const drawn = quantileAt(LATENCY_TABLES[table], delayLuck);
  const scaled = isSlow(network, from) || isSlow(network, to) ? drawn * SLOWNESS : drawn;
  const delayUs = table === 'ebs' ? scaled + tailUs(network, delayLuck) : scaled;
  return { network, delayUs, lost: null, againUs: null };
}

function tableFor(from: Place, to: Place, type: string): TableName | null {
  if (to.role === 'volume' || from.role === 'volume')
    return BLOCK_REQUESTS.includes(type) ? 'ebs' : null;
  if (from.role === 'client' && to.role === 'client') return null;
  if (from.role === 'client' || to.role === 'client') return 'client';
  return 'crossAz';
}

/** Now and then any volume takes longer, as any disk does. */
function tailUs({ cast }: BaselineNetwork, luck: number): Micros {
  const { tailPpm, tailUs: longer } = cast.config;
  return tailPpm > 0 && below(redraw(luck, TAIL), 1_000_000) < tailPpm ? longer : 0;
}

const isSlow = ({ slow }: BaselineNetwork, id: ActorId): boolean =>
  slow.length > 0 && slow.includes(id);

/** How long an actor's own work takes. */
export function workUs(
  network: BaselineNetwork,
  table: string,
  actor: ActorId,
  luck: number,
): Micros {
  const drawn = quantileAt(LATENCY_TABLES[table as TableName] ?? [], luck);
  return isSlow(network, actor) ? drawn * SLOWNESS : drawn;
}
