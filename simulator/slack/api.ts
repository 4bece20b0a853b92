import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault, Faults } from "./faults.ts";
import { answerTo, methods } from "./methods.ts";
import type { RateLimits } from "./rate-limits.ts";
import { Refusal } from "./refusal.ts";
import { readRequest } from "./request.ts";
import type { Workspace } from "./workspace.ts";

/** A call that reached the simulator, whatever became of it. */
export interface ApiCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface Api {
  readonly workspace: Workspace;
  readonly faults: Faults;
  /** The bot's token, and the app's for Socket Mode. */
  readonly tokens: { readonly bot: string; readonly app: string };
  /** The code with which a call is refused, whatever it says. */
  readonly refusal: (call: ApiCall) => string | undefined;
  /** Why no token is taken any more. */
  readonly revoked: () => string | undefined;
  readonly rateLimits: RateLimits;
  readonly connect: () => string;
  readonly scopes: Set<string>;
  readonly calls: ApiCall[];
  readonly url: string;
}

/** Answers one call of the Web API, or fails as planned. */
export async function serveApi(
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
  api: Api,
): Promise<void> {
  const fault = api.faults.take(method);
  if (fault && !("stored" in fault && fault.stored)) {
    api.calls.push({ method, args: {} });
    request.resume();
    return fail(fault, response);
  }
  const answer = await answerFor(method, request, api);
  if (typeof answer === "number") return fail({ kind: "rate-limit", retryAfter: answer }, response);
  if (fault) return fail(fault, response);
  const scopes = { "x-oauth-scopes": [...api.scopes].join(",") };
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", ...scopes });
  response.end(JSON.stringify(answer));
}

/** The answer; or, where the method was called too often, the seconds to wait. */
async function answerFor(
  method: string,
  request: IncomingMessage,
  api: Api,
): Promise<Record<string, unknown> | number> {
  try {
    const { args, token } = await readRequest(request);
    api.calls.push({ method, args });
    if (!token) throw new Refusal("not_authed");
    const { workspace, scopes, url, connect, tokens } = api;
    if (token !== tokens[methods[method]?.token ?? "bot"]) {
      throw new Refusal(Object.values(tokens).includes(token) ? "not_allowed_token_type" : "invalid_auth");
    }
    const revoked = api.revoked();
    if (revoked) throw new Refusal(revoked);
    const refusal = api.refusal({ method, args });
    if (refusal) throw new Refusal(refusal);
    const wait = api.rateLimits.wait(method, args);
    if (wait > 0) return wait;
    return { ok: true, ...answerTo(method, { args, workspace, scopes, url, connect }) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.code, ...error.details };
    throw error;
  }
}

function fail(fault: Fault, response: ServerResponse): void {
  switch (fault.kind) {
    case "rate-limit":
      response.writeHead(429, {
        "retry-after": String(fault.retryAfter),
        "content-type": "application/json",
      });
      response.end(JSON.stringify({ ok: false, error: "ratelimited" }));
      return;
    case "status":
      response
        .writeHead(fault.status, { "content-type": "text/html" })
        .end("<h1>Slack is having a moment</h1>");
      return;
    case "error":
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ ok: false, error: fault.error }));
      return;
    case "garbled":
      response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true,"channel":"C0');
      return;
    case "drop":
      response.destroy();
      return;
    case "stall":
  }
}
