import { type Instant, MINUTE } from "../../../src/time/time.ts";
import type { SlackMessage } from "../message.ts";

const USES = 5;
const LIFE = 30 * MINUTE;

/** Where an answer over a `response_url` goes, and what became of it. */
export interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  /** The message in which the person did something. */
  readonly source?: { readonly ts: string; readonly isEphemeral: boolean; readonly threadTs?: string };
  readonly until: Instant;
  left: number;
  /** What was said over it, oldest first. */
  readonly responses: SlackMessage[];
}

export type ResponseUrls = ReturnType<typeof createResponseUrls>;

/** Addresses under which the app may answer an interaction: five times within half an hour. */
export function createResponseUrls(clock: () => Instant) {
  const minted = new Map<string, ResponseUrl>();
  return {
    mint(place: Pick<ResponseUrl, "channel" | "user" | "source">): { path: string; url: ResponseUrl } {
      const id = `${minted.size + 1}`.padStart(12, "0");
      const url = { ...place, until: clock() + LIFE, left: USES, responses: [] };
      minted.set(id, url);
      return { path: `/hooks/${id}`, url };
    },
    /** Uses it once more, or says why not in Slack's word. */
    take(id: string): ResponseUrl | "no_such_url" | "expired_url" | "used_url" {
      const url = minted.get(id);
      if (!url) return "no_such_url";
      if (clock() >= url.until) return "expired_url";
      if (url.left === 0) return "used_url";
      url.left -= 1;
      return url;
    },
  };
}
