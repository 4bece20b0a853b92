import type { IncomingMessage } from "node:http";

export interface BodyLimits {
  /** How many bytes one body may have. */
  readonly longest: number;
  /** How many bytes all bodies in progress may hold, beyond the first `free` ones of each. */
  readonly total: number;
  readonly free: number;
}

/** Why a body is not read: it is too long, or too many are read at once. */
export type Unread = "too long" | "too many";

/**
 * Reads bodies with a limit for each and for all together, so that nobody can fill the memory before a request is
 * checked. Short bodies are always read.
 */
export function bodyReader({ longest, total, free }: BodyLimits) {
  let held = 0;
  return async function read(request: IncomingMessage): Promise<Buffer | Unread> {
    if (Number(request.headers["content-length"] ?? 0) > longest) return "too long";
    const chunks: Buffer[] = [];
    let length = 0;
    let counted = 0;
    try {
      // A refused request still gets an answer.
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
