import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { TransientError } from "../../../errors.ts";
import { redact } from "../../../redact.ts";
import type { Headers } from "./retry-after.ts";

/** A hundred rows take 6 kB; a larger body, in bytes, is not from Braze. */
export const MAX_BODY = 1_000_000;

const limit = { maxOutputLength: MAX_BODY };

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gunzipSync(bytes, limit),
  "x-gzip": (bytes) => gunzipSync(bytes, limit),
  // Some servers send it with its header, some without.
  deflate: (bytes) => ((bytes[0]! & 15) === 8 ? inflateSync(bytes, limit) : inflateRawSync(bytes, limit)),
  br: (bytes) => brotliDecompressSync(bytes, limit),
  zstd: (bytes) => zstdDecompressSync(bytes, limit),
};

/**
 * The text of an answer's body: unpacked as its headers say, or as its first bytes do if a proxy removed the header,
 * and decoded from its charset. Throws TransientError if that fails.
 */
export function textOf(body: Buffer, headers: Headers): string {
  const encodings = named(headers["content-encoding"]);
  const bytes = encodings.reduceRight(unpack, body);
  return decoded(isGzip(bytes) ? unpack(bytes, "gzip") : bytes, headers);
}

const named = (header: string | string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== "");

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function unpack(bytes: Buffer, encoding: string): Buffer {
  const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (!decode)
    throw unreadable(`packed as "${redact(encoding).slice(0, 40)}", which Tidewatch cannot unpack`);
  if (bytes.length === 0) return bytes;
  try {
    return decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLong();
    throw unreadable(`labeled as ${encoding}, but it is not valid ${encoding}, or incomplete`);
  }
}

/** A byte order mark decides the charset, else the headers do; the mark is no part of the text. */
function decoded(bytes: Buffer, headers: Headers): string {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : undefined;
  const charset = /charset="?([\w-]{1,40})/i.exec(String(headers["content-type"] ?? ""))?.[1];
  try {
    return new TextDecoder(marked ?? charset ?? "utf-8").decode(bytes);
  } catch {
    throw unreadable(`written in "${charset}", a charset that nobody knows`);
  }
}

/** The error for an answer longer than any of Braze's. */
export const tooLong = () =>
  new TransientError(`Braze answered with more than ${MAX_BODY} bytes`, {
    failure: "braze-bad-answer",
    advice:
      "Check that BRAZE_REST_ENDPOINT is a REST endpoint of Braze and that no proxy answers in its place.",
  });

const unreadable = (what: string) =>
  new TransientError(`Braze answered with a body that cannot be read: it is ${what}`, {
    failure: "braze-bad-answer",
    advice:
      "Nothing to do if it passes: Tidewatch asks again, and asks for plain text. If it stays, look at what stands between Tidewatch and Braze, such as a proxy.",
  });
