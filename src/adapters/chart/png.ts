import { promisify } from "node:util";
import { crc32, deflate } from "node:zlib";

const compress = promisify(deflate);

/** An image; each pixel is four bytes: red, green and blue, multiplied by alpha as renderers have it, and alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
/** Eight bits a channel, four channels, and no choice in the rest. */
const FORMAT = [8, 6, 0, 0, 0];

/**
 * An image as PNG, compressed in a thread of its own: the renderer would do it in ours. Rows are not filtered, which
 * suits plain areas and lines best. One at a time: all share the memory of their rows.
 * Source: W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", sections 5 and 11.
 */
export async function encodePng({ width, height, pixels }: Pixels): Promise<Uint8Array> {
  const bytes = 4 * width;
  // Before each row stands its filter: 0, none.
  const rows = scratch(height * (bytes + 1));
  for (let y = 0; y < height; y++) {
    const begin = y * (bytes + 1);
    rows[begin] = 0;
    const row = rows.subarray(begin + 1, begin + 1 + bytes);
    row.set(pixels.subarray(y * bytes, (y + 1) * bytes));
    divideByAlpha(row);
  }
  const header = Buffer.alloc(8 + FORMAT.length);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(FORMAT, 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", await compress(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Megabytes an image: were each its own, dozens would wait for the next collection of garbage. */
let kept = Buffer.alloc(0);

function scratch(length: number): Buffer {
  if (kept.length < length) kept = Buffer.alloc(length);
  return kept.subarray(0, length);
}

/** PNG holds colors that are not multiplied. Only the few pixels of a round corner are neither opaque nor clear. */
function divideByAlpha(row: Uint8Array): void {
  for (let i = 3; i < row.length; i += 4) {
    const alpha = row[i]!;
    if (alpha === 255 || alpha === 0) continue;
    for (let c = i - 3; c < i; c++) row[c] = Math.round((row[c]! * 255) / alpha);
  }
}

/** A part of the file: its length, name, data, and a checksum of name and data. */
function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(4 + named.length + 4);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), 4 + named.length);
  return framed;
}
