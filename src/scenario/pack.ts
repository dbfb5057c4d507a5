import { deflateSync, FlateErrorCode, Inflate, strFromU8, strToU8 } from 'fflate';
import { bad, good, type Result } from '../engine/result.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { DICTIONARY } from './dictionary.ts';

/** How a link's text is packed: as it is, deflated, or deflated with the dictionary. */
type Codec = 'j' | 'z' | 'd';

interface Packing {
  readonly codec: Codec;
  pack(bytes: Uint8Array): Uint8Array;
  unpack(bytes: Uint8Array): Result<Uint8Array>;
}

export const MOST_CHARACTERS = 64 * 1024;
const MOST_BYTES = 256 * 1024;
/** Packed bytes taken at a time: none of them can make more than a thousand bytes. */
const BITE = 256;

export const DAMAGED =
  'This link is damaged: part of it was changed on the way. Copy it again from where it came from.';
export const CUT =
  'This link is cut off: its end is missing. Copy it again in full, or ask for a file instead.';
export const TOO_LARGE =
  'This link is too large to be one of ours. If it came from here, ask for a file instead.';

const dictionary = strToU8(DICTIONARY);

const PACKINGS: readonly Packing[] = [
  { codec: 'j', pack: (bytes) => bytes, unpack: good },
  {
    codec: 'z',
    pack: (bytes) => deflateSync(bytes, { level: 9 }),
    unpack: (bytes) => inflated(bytes, new Uint8Array(0)),
  },
  {
    codec: 'd',
    pack: (bytes) => deflateSync(bytes, { level: 9, dictionary }),
    unpack: (bytes) => inflated(bytes, dictionary),
  },
];

/** A text as "codec.characters", by whichever codec makes it shortest. */
export function pack(text: string): string {
  const bytes = strToU8(text);
  const packed = PACKINGS.map(({ codec, pack }) => `${codec}.${toBase64Url(pack(bytes))}`);
  return packed.reduce((best, each) => (each.length < best.length ? each : best));
}

/** The text that a codec's characters stand for. Never inflates further than the cap. */
export function unpack(codec: string, characters: string): Result<string> {
  const packing = PACKINGS.find((each) => each.codec === codec);
  if (packing === undefined) return bad(DAMAGED);
  if (characters.length > MOST_CHARACTERS) return bad(TOO_LARGE);
  const bytes = fromBase64Url(characters);
  // Its characters were checked before, so what does not come out even has lost its end.
  if (bytes === null) return bad(CUT);
  const unpacked = packing.unpack(bytes);
  return unpacked.ok ? good(strFromU8(unpacked.value)) : unpacked;
}

function inflated(bytes: Uint8Array, dictionary: Uint8Array): Result<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const inflate = new Inflate({ dictionary }, (part) => {
    parts.push(part);
    size += part.length;
  });
  try {
    for (let i = 0; i < bytes.length; i += BITE) {
      inflate.push(bytes.subarray(i, i + BITE), i + BITE >= bytes.length);
      if (size > MOST_BYTES) return bad(TOO_LARGE);
    }
  } catch (error) {
    return bad(isCut(error) ? CUT : DAMAGED);
  }
  return good(joined(parts, size));
}

const isCut = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === FlateErrorCode.UnexpectedEOF;

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
