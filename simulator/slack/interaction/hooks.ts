import type { IncomingMessage, ServerResponse } from "node:http";
import type { Api } from "../api.ts";
import { Refusal } from "../refusal.ts";
import { bodyOf } from "../request.ts";
import type { Workspace } from "../workspace.ts";
import { respond } from "./respond.ts";

/** Takes what the app says over a `response_url`. */
export async function serveHook(
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  workspace: Workspace,
  refusal: Api["refusal"],
): Promise<void> {
  const refuse = (status: number, error: string) =>
    void response
      .writeHead(status, { "content-type": "application/json" })
      .end(JSON.stringify({ ok: false, error }));
  try {
    const text = await bodyOf(request);
    const url = workspace.responseUrls.take(id);
    if (typeof url === "string") return refuse(404, url);
    const args = JSON.parse(text);
    const refused = refusal({ method: "response_url", args });
    if (refused) throw new Refusal(refused);
    const message = respond(args, url, workspace);
    if (message) url.responses.push(message);
    response.writeHead(200, { "content-type": "text/plain" }).end("ok");
  } catch (error) {
    if (error instanceof Refusal) return refuse(400, error.code);
    if (error instanceof SyntaxError) return refuse(400, "invalid_payload");
    throw error;
  }
}
