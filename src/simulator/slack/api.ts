import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault, Faults } from "./faults.ts";
import { answerTo } from "./methods.ts";
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
  readonly token: string;
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
  if (fault) return fail(fault, response);
  const scopes = { "x-oauth-scopes": [...api.scopes].join(",") };
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", ...scopes });
  response.end(JSON.stringify(answer));
}

async function answerFor(
  method: string,
  request: IncomingMessage,
  api: Api,
): Promise<Record<string, unknown>> {
  try {
    const { args, token } = await readRequest(request);
    api.calls.push({ method, args });
    if (!token) throw new Refusal("not_authed");
    if (token !== api.token) throw new Refusal("invalid_auth");
    const { workspace, scopes, url } = api;
    return { ok: true, ...answerTo(method, { args, workspace, scopes, url }) };
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
