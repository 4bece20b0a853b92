import type { IncomingMessage } from "node:http";
import { bodyReader } from "../../src/request-body.ts";
import { Refusal } from "./refusal.ts";

/** What a request to the Web API says: its arguments, and the token it came with. */
export interface ApiRequest {
  readonly args: Record<string, unknown>;
  readonly token?: string;
}

const LARGEST = 1_000_000;

/** Reads a call from the query, a form or a JSON body. */
export async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const query = new URL(request.url ?? "/", "http://localhost").searchParams;
  const args = {
    ...Object.fromEntries(query),
    ...bodyArgs(await bodyOf(request), request.headers["content-type"]),
  };
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? args.token;
  return typeof token === "string" ? { args, token } : { args };
}

const read = bodyReader({ longest: LARGEST, total: 64 * LARGEST, free: 64_000 });

/** A request's body as text, up to a megabyte. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const body = await read(request);
  if (typeof body === "string") throw new Refusal("invalid_form_data");
  return body.toString();
}

function bodyArgs(body: string, contentType = ""): Record<string, unknown> {
  if (!contentType.startsWith("application/json")) return Object.fromEntries(new URLSearchParams(body));
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Refusal("invalid_json");
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Refusal("json_not_object");
  return json as Record<string, unknown>;
}
