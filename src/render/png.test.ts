import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { withTexts } from './png.ts';

/** The smallest PNG there is: one transparent pixel. */
const PIXEL = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

function chunksOf(png: Uint8Array): readonly { type: string; body: string; sound: boolean }[] {
  const bytes = Buffer.from(png);
  const chunks = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + 8 + length;
    // The platform's own check sum, where it has one.
    const sound = crc32(bytes.subarray(at + 4, end)) === bytes.readUInt32BE(end);
    const body = bytes.subarray(at + 8, end).toString('utf8');
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), body, sound });
    at = end + 4;
  }
  return chunks;
}

describe('a PNG with texts', () => {
  const png = withTexts(PIXEL, { Source: 'https://example.test/#v1', Title: 'Zwölf Kopien' });
  it('has them after its header, each with a sound check sum, and loses nothing', () => {
    const chunks = chunksOf(png);
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'tEXt', 'iTXt', 'IDAT', 'IEND']);
    expect(chunks.every(({ sound }) => sound)).toBe(true);
  });
  it('says plain letters plainly, and others as UTF-8', () => {
    const [, plain, other] = chunksOf(png);
    expect(plain?.body).toBe('Source\0https://example.test/#v1');
    expect(other?.body).toBe('Title\0\0\0\0\0Zwölf Kopien');
  });
});
