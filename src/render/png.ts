import type { Plate } from '../scene/plate.ts';
import { paintItems } from './canvas-painter.ts';
import { createSprites } from './sprites.ts';

/** Display lists, each at its place, as a PNG of so many pixels to one, with words in it about itself. */
export async function paintPng(
  { width, height, background, parts }: Plate,
  scale: number,
  about: Readonly<Record<string, string>>,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw on a canvas.');
  if (background) {
    context.fillStyle = background;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  const sprites = createSprites();
  for (const { x, y, w, h, items } of parts) {
    context.save();
    context.setTransform(scale, 0, 0, scale, x * scale, y * scale);
    context.beginPath();
    context.rect(0, 0, w, h);
    context.clip();
    paintItems(context, items, sprites);
    context.restore();
  }
  const plain = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!plain) throw new Error('This picture is larger than this browser can make.');
  const bytes = withTexts(new Uint8Array(await plain.arrayBuffer()), about);
  return new Blob([bytes], { type: 'image/png' });
}

/** Signature and the header chunk, whose length never differs: what comes next may be a text. */
const AFTER_HEADER = 8 + 25;

/** A PNG with texts about itself (`tEXt` chunks, or `iTXt` where letters ask for it). */
export function withTexts(
  png: Uint8Array<ArrayBuffer>,
  texts: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const chunks = Object.entries(texts).map(([keyword, text]) => chunkOf(keyword, text));
  const parts = [png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const encoder = new TextEncoder();

function chunkOf(keyword: string, text: string): Uint8Array {
  const isPlain = /^[\x20-\x7e]*$/.test(text);
  const body = isPlain
    ? encoder.encode(`tEXt${keyword}\0${text}`)
    : // Not compressed, of no language, with no other keyword.
      encoder.encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  return chunk;
}

/** The check sum of PNG (ISO 3309), bit by bit: texts are short. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
