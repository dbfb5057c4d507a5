import type { Micros } from '../engine/time.ts';
import type { Stream } from './messages.ts';
import { recordBytes } from './record-bytes.ts';

const RATE_WINDOW_US = 1_000_000;
const KIB = 1_024;

/** How fast the stream came: bytes of the window that is open, and the rate of the one before. */
export interface StreamRate {
  readonly sinceUs: Micros;
  readonly bytes: number;
  readonly kibPerSecond: number;
}

export const NO_STREAM: StreamRate = { sinceUs: 0, bytes: 0, kibPerSecond: 0 };

/** The rate with one more part of the stream. */
export function withPart(rate: StreamRate, stream: Stream, atUs: Micros): StreamRate {
  const bytes = bytesOf(stream);
  const elapsedUs = atUs - rate.sinceUs;
  if (elapsedUs < RATE_WINDOW_US)
    return { sinceUs: rate.sinceUs, bytes: rate.bytes + bytes, kibPerSecond: rate.kibPerSecond };
  const kibPerSecond = Math.round((rate.bytes * 1_000_000) / elapsedUs / KIB);
  return { sinceUs: atUs, bytes, kibPerSecond };
}

/** All replicas receive the same part: its bytes are added up once. */
const known = new WeakMap<Stream, number>();

function bytesOf(stream: Stream): number {
  let bytes = known.get(stream);
  if (bytes === undefined) {
    bytes = stream.records.reduce((sum, record) => sum + recordBytes(record), 0);
    known.set(stream, bytes);
  }
  return bytes;
}

/** The rate as of a moment: none when nothing has come for a while. */
export const rateAt = ({ sinceUs, kibPerSecond }: StreamRate, nowUs: Micros): number =>
  nowUs - sinceUs < 2 * RATE_WINDOW_US ? kibPerSecond : 0;
