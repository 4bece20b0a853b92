import { emptyRateLimitHeaders } from "./rate-limit.ts";

/** An answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
  /** How it goes wrong on the wire, if it does. */
  readonly mishap?: "stall" | "stall-midway" | "cut-off" | "reset" | "endless";
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  body: JSON.stringify(body),
});

/** The bodies Braze was seen to send, or what comes nearest. */
export const replies = {
  wrongKey: (key: string) => json(401, { message: `Invalid API key: ${key}` }, emptyRateLimitHeaders),
  noPermission: (permission: string) =>
    json(403, { message: `The API key does not have the permission ${permission}` }),
  unknownId: (what: "app" | "segment" | "campaign" | "canvas") =>
    json(400, {
      message: `${what}_id must be a string of the ${what.replace(/^./, (letter) => letter.toUpperCase())} api identifier`,
    }),
  badParameter: (name: string, rule: string) =>
    json(400, { message: "Bad Request", errors: [`${name} ${rule}`, { parameter: name }] }),
  wrongUrl: () => json(404, { message: "Invalid URL" }),
  rateLimited: (headers: Record<string, string> = {}) =>
    json(429, { message: "You have exceeded your rate limit" }, headers),
  serverError: () => json(500, { message: "Internal Server Error" }),
  badGateway: (): Reply => ({
    status: 502,
    headers: { "content-type": "text/html" },
    body: "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
  }),
  queued: () => json(202, { message: "queued" }),
  noSuccess: () => json(200, { message: "partial failure", data: [] }),
  redirect: (location: string): Reply => ({ status: 301, headers: { location }, body: "" }),
};
