import type { IncomingMessage } from "node:http";

export interface BodyLimits {
  /** How many bytes one body may have. */
  readonly longest: number;
  /** How many bytes of all bodies that are being read may be held, beyond the first `free` ones of each. */
  readonly total: number;
  readonly free: number;
}

/** Why a body is not read: it is longer than any may be, or there are too many at once. */
export type Unread = "too long" | "too many";

/**
 * Reads bodies of which each, and all together, are bounded, so that nobody fills the memory with what is not looked at
 * yet; short ones are read whatever the others do.
 */
export function bodyReader({ longest, total, free }: BodyLimits) {
  let held = 0;
  return async function read(request: IncomingMessage): Promise<Buffer | Unread> {
    if (Number(request.headers["content-length"] ?? 0) > longest) return "too long";
    const chunks: Buffer[] = [];
    let length = 0;
    let counted = 0;
    try {
      // Whoever is refused is still to be answered.
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        length += chunk.length;
        const more = Math.max(0, length - free) - counted;
        counted += more;
        held += more;
        if (length > longest) return "too long";
        if (held > total) return "too many";
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } finally {
      held -= counted;
    }
  };
}
