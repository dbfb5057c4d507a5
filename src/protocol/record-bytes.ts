import { deltaBytes } from '../database/describe-delta.ts';
import type { LogRecord } from './record.ts';

/** Nominal size of a redo record on the wire, its header included. */
export const recordBytes = (record: LogRecord): number => deltaBytes(record.delta);
